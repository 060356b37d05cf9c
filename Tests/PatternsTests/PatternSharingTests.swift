import Patterns
import Testing

struct PatternSharingTests {
    @Test func `many tasks match with one pattern at once`() async throws {
        let pattern = try Pattern("(?<word>\\w+)-(?<number>\\d+)")
        let correct = await withTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    let scratch = MatchScratch()
                    var correct = 0
                    for round in 0..<200 {
                        let text = "task é\(task)-\(round) end"
                        let match = try? pattern.firstMatch(in: text, scratch: scratch)
                        let expected = 5..<(5 + "é\(task)-\(round)".utf8.count)
                        if match?.range == expected, match?.range(named: "word")?.lowerBound == 5 { correct += 1 }
                    }
                    return correct
                }
            }
            return await group.reduce(0, +)
        }
        #expect(correct == 16 * 200)
    }

    @Test func `patterns come and go without disturbing each other`() async throws {
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<50 {
                        let pattern = try? Pattern("(\(task))(\(round))")
                        #expect((try? pattern?.matches("\(task)\(round)")) == true)
                    }
                }
            }
        }
    }
}
