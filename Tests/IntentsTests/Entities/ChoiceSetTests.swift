import Intents
import Testing

struct ChoiceSetTests {
    static let metrics = ChoiceList(options: [
        .init(id: "Builtin.Correctness", name: "Correctness"),
        .init(id: "Builtin.Faithfulness", name: "Faithfulness"),
        .init(id: "Builtin.FollowingInstructions", name: "Following instructions"),
        .init(id: "Builtin.Harmfulness", name: "Harmfulness", aliases: ["safety"]),
        .init(id: "Builtin.Stereotyping", name: "Stereotyping", aliases: ["safety"]),
        .init(id: "Builtin.Refusal", name: "Refusal", aliases: ["safety"]),
    ])

    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var current: [Int]
        /// As users count; `nil` if nothing was chosen or changed.
        var selection: [Int]?
        /// `words` or `words?2` with suggestions as users count.
        var unknown: [String] = []
        var outOfRange: [Int] = []

        init(_ text: String, _ current: [Int] = [], _ selection: [Int]?, unknown: [String] = [], outOfRange: [Int] = [])
        {
            self.text = text
            self.current = current
            self.selection = selection
            self.unknown = unknown
            self.outOfRange = outOfRange
        }

        var testDescription: String { "\(text) [\(current)]" }
    }

    static let choosing: [Row] = [
        Row("1", [6], [1]), Row("1, 3 and 5", [6], [1, 3, 5]), Row("1 3 5", [6], [1, 3, 5]), Row("5,1,1", [6], [1, 5]),
        Row("one and three", [6], [1, 3]), Row("1-3", [6], [1, 2, 3]), Row("2 to 4", [6], [2, 3, 4]),
        Row("1-2, 6", [6], [1, 2, 6]),
        Row("the first two", [6], [1, 2]), Row("last 2", [6], [5, 6]), Row("the first and the last one", [6], [1, 6]),
        Row("all", [6], [1, 2, 3, 4, 5, 6]), Row("all of them please", [6], [1, 2, 3, 4, 5, 6]),
        Row("everything", [6], [1, 2, 3, 4, 5, 6]), Row("every one", [6], [1, 2, 3, 4, 5, 6]),
        Row("none", [6], []), Row("none of them", [6], []), Row("nothing", [6], []),
        Row("all but the last", [6], [1, 2, 3, 4, 5]), Row("everything except faithfulness", [6], [1, 3, 4, 5, 6]),
        Row("all but 2 and 3", [6], [1, 4, 5, 6]), Row("all of them, but not refusal", [6], [1, 2, 3, 4, 5]),
        Row("everything without safety", [6], [1, 2, 3]), Row("all except the last two", [6], [1, 2, 3, 4]),
        Row("correctness and faithfulness", [6], [1, 2]), Row("Builtin.Correctness, Builtin.Refusal", [6], [1, 6]),
        Row("following-instructions", [6], [3]), Row("FollowingInstructions", [6], [3]),
        Row("the safety metrics", [6], [4, 5, 6]), Row("all safety metrics", [6], [4, 5, 6]),
        Row("safety and 1", [6], [1, 4, 5, 6]), Row("1 and 3 but not 3", [6], [1]),
        Row("yes, 1 and 2 please", [6], [1, 2]), Row("no, 2 and 3", [6], [2, 3]), Row("only 2", [6], [2]),
        Row("just correctness", [6], [1]), Row("both 1 and 2", [6], [1, 2]), Row("option 2 and option 4", [6], [2, 4]),
        Row("#1 #2", [6], [1, 2]),
    ]

    static let changing: [Row] = [
        Row("add 4", [1], [1, 4]), Row("also 4", [1], [1, 4]), Row("4 too", [1], [1, 4]),
        Row("4 as well", [1], [1, 4]), Row("add safety metrics", [1], [1, 4, 5, 6]),
        Row("please add harmfulness and 2", [1], [1, 2, 4]), Row("plus the last one", [1], [1, 6]),
        Row("drop harmfulness", [1, 4], [1]), Row("without refusal", [1, 6], [1]), Row("remove 1", [1, 4], [4]),
        Row("not 4", [1, 4], [1]), Row("no harmfulness", [1, 4], [1]), Row("I don't want 4", [1, 4], [1]),
        Row("remove 1 and 4", [1, 4, 5], [5]), Row("remove 1 and add 5", [1, 4], [4, 5]),
        Row("replace 1 with 5", [1, 4], [4, 5]), Row("swap harmfulness for refusal", [1, 4], [1, 6]),
        Row("use 5 instead of 1", [1, 4], [4, 5]), Row("5 rather than 1", [1, 4], [4, 5]),
        Row("add all", [1], [1, 2, 3, 4, 5, 6]), Row("remove all", [1, 2], []),
        Row("remove all safety metrics", [1, 4, 6], [1]),
        Row("only 2", [1, 4], [2]), Row("all", [1], [1, 2, 3, 4, 5, 6]), Row("none", [1], []),
        Row("add 4, that's all", [1], [1, 4]), Row("add 1", [1], [1]), Row("remove 6", [1], [1]),
        Row("add 4", [99, -1], [4]), Row("correctness only", [1, 4], [1]), Row("these and refusal", [1], [1, 6]),
        Row("those plus 2", [1], [1, 2]), Row("take out 4", [1, 4], [1]), Row("leave out harmfulness", [1, 4], [1]),
        Row("get rid of 4 and 5", [1, 4, 5], [1]), Row("instead of 1 use 5", [1, 4], [4, 5]),
        Row("remove everything except 1", [1, 4], [1]), Row("keep all", [1, 4], [1, 4]),
        Row("keep them and add 5", [1, 4], [1, 4, 5]), Row("keep all but 4", [1, 4], [1]),
        Row("keep 1 and 2", [1, 4], [1, 2]), Row("don't remove 4", [1, 4], [1, 4]), Row("don't add 4", [1], [1]),
        Row("neither 4 nor 5", [1, 4, 5], [1]), Row("none of the safety metrics", [1, 4, 6], [1]),
        Row("nothing but 2", [1], [2]), Row("not only 1 but also 3", [4], [1, 3]),
        Row("remove only 4", [1, 4, 5], [1, 5]), Row("first add 4, then drop 1", [1], [4]),
        Row("can you add 4?", [1], [1, 4]), Row("the same but without 4", [1, 4], [1]),
        Row("looks good but drop 4", [1, 4], [1]), Row("everything other than 2", [1], [1, 3, 4, 5, 6]),
    ]

    static let undecided: [Row] = [
        Row("", [1], nil), Row("yes", [1], nil), Row("that's all", [1], nil), Row("nothing else", [1], nil),
        Row("all good", [1], nil), Row("no thanks", [1], nil), Row("add", [1], nil),
        Row("faithful", [1], nil, unknown: ["faithful?2"]),
        Row("add harmfullness", [1], nil, unknown: ["harmfullness?4"]),
        Row("1 and bananas", [], [1], unknown: ["bananas"]),
        Row("1 and purple bananas, 2", [], [1, 2], unknown: ["purple bananas"]),
        Row("1 and 9", [], [1], outOfRange: [9]), Row("0", [], nil, outOfRange: [0]),
        Row("the first 9", [], nil, outOfRange: [9]), Row("3-9", [], nil, outOfRange: [9]),
        Row("5-3", [], nil, unknown: ["5 3"]),
        Row("99999999999999999999", [], nil, outOfRange: [Int.max]),
        Row("what does faithfulness mean?", [1], [2], unknown: ["what does", "mean"]),
        Row("2.5", [], nil, unknown: ["2 5"]),
        Row("not all", [1], nil, unknown: ["all"]),
        Row("whatever you think", [1], nil, unknown: ["whatever"]),
        Row("all three", [1], nil, unknown: ["all three"]), Row("give me 3 metrics", [1], nil, unknown: ["3"]),
        Row("2 of them", [1], nil, unknown: ["2"]), Row("those two", [1], nil, unknown: ["two"]),
        Row("do I need refusal?", [1], [6]), Row("should I add 4?", [1], [1, 4], unknown: ["should"]),
        Row("add 4 maybe", [1], [1, 4], unknown: ["maybe"]), Row("both", [1], nil, unknown: ["both"]),
    ]

    /// Numbers as users count become positions.
    private func positions(_ numbers: [Int]) -> [Int] { numbers.map { $0 - 1 } }

    @Test(arguments: choosing)
    func `a reply chooses anew`(row: Row) {
        let outcome = Self.metrics.several(in: row.text, current: positions(row.current))
        #expect(outcome == ChoicesOutcome(selection: row.selection.map(positions)))
        #expect(outcome.isDecided)
    }

    @Test(arguments: changing)
    func `a reply changes what is chosen`(row: Row) {
        let outcome = Self.metrics.several(in: row.text, current: positions(row.current))
        #expect(outcome == ChoicesOutcome(selection: row.selection.map(positions)))
        #expect(outcome.isDecided)
    }

    @Test(arguments: undecided)
    func `a reply that is not understood to the last word decides nothing`(row: Row) {
        let outcome = Self.metrics.several(in: row.text, current: positions(row.current))
        #expect(outcome.selection == row.selection.map(positions))
        let unknown = outcome.unknown.map { unknown in
            unknown.text
                + (unknown.suggestions.isEmpty
                    ? "" : "?" + unknown.suggestions.map { "\($0 + 1)" }.joined(separator: ","))
        }
        #expect(unknown == row.unknown)
        #expect(outcome.outOfRange == row.outOfRange)
        #expect(!outcome.isDecided)
    }

    @Test func `both of two and all six are everything`() {
        let two = ChoiceList(options: [.init(id: "a", name: "Alpha"), .init(id: "b", name: "Beta")])
        #expect(two.several(in: "both").selection == [0, 1])
        #expect(two.several(in: "both of them, please").isDecided)
        #expect(Self.metrics.several(in: "all six").selection == [0, 1, 2, 3, 4, 5])
    }

    @Test func `unknown words say where they are`() {
        let outcome = Self.metrics.several(in: "é 1 und Größe")
        #expect(outcome.unknown.map(\.range) == [0..<2, 5..<16])
    }
}
