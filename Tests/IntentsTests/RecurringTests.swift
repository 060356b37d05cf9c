import Intents
import Testing

@Suite("What recurs is kept")
struct RecurringTests {
    /// Asks as its users do: what is worth keeping is kept.
    private func ask(_ recurring: Recurring<String, Int>, _ key: String, gives result: Int) -> Int? {
        switch recurring.recall(key) {
        case .kept(let result): return result
        case .again:
            recurring.keep(result, for: key)
            return nil
        case .new: return nil
        }
    }

    @Test("a result is kept when its key comes for the second time")
    func secondTime() {
        let recurring = Recurring<String, Int>(generation: 4)
        #expect(ask(recurring, "a", gives: 1) == nil)
        #expect(recurring.count == 0)
        #expect(ask(recurring, "a", gives: 2) == nil)
        #expect(ask(recurring, "a", gives: 3) == 2)
        #expect(ask(recurring, "b", gives: 4) == nil)
        #expect(recurring.count == 1)
    }

    @Test("two generations are kept, and what is asked for stays")
    func generations() {
        let recurring = Recurring<String, Int>(generation: 4)
        for _ in 0..<2 { _ = ask(recurring, "kept", gives: 0) }
        for number in 1...40 {
            for _ in 0..<2 { _ = ask(recurring, "\(number)", gives: number) }
            #expect(ask(recurring, "kept", gives: -1) == 0)
            #expect(recurring.count <= 8)
        }
        #expect(ask(recurring, "40", gives: -1) == 40)
        #expect(ask(recurring, "1", gives: -1) == nil)
    }

    @Test("what comes once only is forgotten in time")
    func onceOnly() {
        let recurring = Recurring<String, Int>(generation: 1)
        _ = ask(recurring, "a", gives: 1)
        for number in 0..<4 { _ = ask(recurring, "\(number)", gives: number) }
        _ = ask(recurring, "a", gives: 1)
        #expect(recurring.count == 0)
    }
}
