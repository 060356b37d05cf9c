import Intents
import Testing

/// What was understood before is found again only where understanding it anew would give the same.
@Suite("Heard replies")
struct HeardRepliesTests {
    private static let colours = ["red", "blue"].map { ChoiceOption(id: $0, name: $0) }
    private static let sizes = ["small", "large"].map { ChoiceOption(id: $0, name: $0) }

    private let resolver = Resolver(
        rules: CommonRules.load("common/corrections.yaml", slotNames: "size"),
        vocabulary: [SlotVocabulary(index: 7, type: .choice, names: ["size"])]
    )
    private let heard = HeardReplies()

    private func understand(_ text: String, _ question: Question, _ options: [ChoiceOption] = []) -> Understanding {
        heard.understanding(of: Utterance(text), answering: question, optionsOf: { _ in options }, by: resolver)
    }

    @Test(
        "gives what the resolver gives, however often it is asked",
        arguments: ["red", "BLUE", "2", "green", "", " red "]
    )
    func sameAsResolver(text: String) {
        let question = Question(form: .value(.choice), slot: 1, options: Self.colours)
        let expected = resolver.understand(Utterance(text), answering: question)
        for _ in 0..<4 { #expect(understand(text, question) == expected) }
    }

    @Test("keeps what is said a second time, and not what is said once")
    func keepsTheSecondTime() {
        let question = Question(form: .value(.choice), slot: 1, options: Self.colours)
        _ = understand("red", question)
        #expect(heard.count == 0)
        _ = understand("red", question)
        #expect(heard.count == 1)
        _ = understand("blue", question)
        #expect(heard.count == 1)
    }

    @Test("tells questions apart that differ in anything")
    func questionsApart() {
        let colour = Question(form: .value(.choice), slot: 1, options: Self.colours)
        var other = colour
        other.options = Self.sizes
        for _ in 0..<3 {
            #expect(understand("red", colour).decision == .value(.text("red")))
            #expect(understand("red", other).decision != .value(.text("red")))
            #expect(understand("red", Question(form: .confirmation)).decision != .value(.text("red")))
        }
    }

    @Test("looks again at the options of other slots, which may be others by now")
    func optionsOfOtherSlots() {
        let question = Question(form: .value(.choice), slot: 1, options: Self.colours)
        for options in [Self.sizes, [], Self.sizes, Self.colours, Self.sizes] {
            for _ in 0..<3 {
                let anew = resolver.understand(Utterance("change the size to large"), answering: question) { _ in
                    options
                }
                #expect(understand("change the size to large", question, options) == anew)
            }
        }
        let known = resolver.understand(Utterance("change the size to large"), answering: question) { _ in Self.sizes }
        let unknown = resolver.understand(Utterance("change the size to large"), answering: question)
        #expect(known != unknown)
    }

    @Test("tells texts apart that are equal and written with other bytes", arguments: [["caf\u{E9}", "cafe\u{301}"]])
    func bytesApart(texts: [String]) {
        let question = Question(form: .value(.text(limit: 100)), slot: 1)
        for _ in 0..<3 {
            for text in texts {
                guard case .value(.text(let found)) = understand(text, question).decision else {
                    Issue.record("'\(text)' was not taken")
                    continue
                }
                #expect(Array(found.utf8) == Array(text.utf8))
            }
        }
        for id in texts + texts + texts {
            let options = [ChoiceOption(id: id, name: "coffee")]
            let chosen = understand("coffee", Question(form: .value(.choice), slot: 2, options: options)).decision
            guard case .value(.text(let found)) = chosen else {
                Issue.record("no option was chosen")
                continue
            }
            #expect(Array(found.utf8) == Array(id.utf8))
        }
    }

    @Test("keeps two generations of short replies and nothing longer")
    func isBounded() {
        let question = Question(form: .nothing)
        let long = String(repeating: "x", count: HeardReplies.longest + 1)
        for text in [long, long, long] { _ = understand(text, question) }
        #expect(heard.count == 0)
        for number in 0..<(3 * HeardReplies.generation) {
            for _ in 0..<2 { _ = understand("reply \(number)", question) }
        }
        #expect((HeardReplies.generation...2 * HeardReplies.generation).contains(heard.count))
    }
}
