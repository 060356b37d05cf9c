import Intents
import Testing

struct ChoiceListTests {
    static let judges = ChoiceList(options: [
        .init(id: "anthropic.claude-3-haiku-20240307-v1:0", name: "Claude 3 Haiku"),
        .init(id: "anthropic.claude-3-5-sonnet-20240620-v1:0", name: "Claude 3.5 Sonnet"),
        .init(id: "anthropic.claude-3-5-haiku-20241022-v1:0", name: "Claude 3.5 Haiku"),
        .init(id: "amazon.nova-pro-v1:0", name: "Nova Pro"),
        .init(id: "meta.llama3-1-70b-instruct-v1:0", name: "Llama 3.1 70B Instruct"),
    ])

    static let sizes = ChoiceList(options: [
        .init(id: "10", name: "10"), .init(id: "5", name: "5"), .init(id: "all", name: "All rows"),
        .init(id: "accuracy", name: "Accuracy"),
    ])

    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var outcome: String
        init(_ text: String, _ outcome: String) {
            self.text = text
            self.outcome = outcome
        }
        var testDescription: String { text }
    }

    /// `3 «haiku»` for an exact choice (numbered as users count), else the name of the case and its numbers.
    static func summary(_ outcome: ChoiceOutcome, in text: String) -> String {
        switch outcome {
        case .exact(let index, let range):
            "\(index + 1) «\(String(decoding: Array(text.utf8)[range], as: UTF8.self))»"
        case .suggestion(let indices): "suggestion \(indices.map { $0 + 1 })"
        case .ambiguous(let indices): "ambiguous \(indices.map { $0 + 1 })"
        case .outOfRange(let number): "out of range \(number)"
        case .none: "none"
        }
    }

    @Test(arguments: [
        Row("2", "2 «2»"),
        Row(" 2. ", "2 «2»"),
        Row("#2", "2 «2»"),
        Row("number two", "2 «two»"),
        Row("No. 4", "4 «4»"),
        Row("option 2", "2 «2»"),
        Row("option2", "2 «option2»"),
        Row("two", "2 «two»"),
        Row("one", "1 «one»"),
        Row("I'd like 2 please", "2 «2»"),
        Row("let's go with the 3rd", "3 «3rd»"),
        Row("the second one", "2 «second»"),
        Row("second", "2 «second»"),
        Row("last", "5 «last»"),
        Row("the last one, please", "5 «last»"),
        Row("take option 4 because it is cheap", "4 «4»"),
        Row("Claude 3 Haiku", "1 «Claude 3 Haiku»"),
        Row("claude-3-haiku", "1 «claude-3-haiku»"),
        Row("\"Claude 3 Haiku\"", "1 «Claude 3 Haiku»"),
        Row("CLAUDE 3.5 HAIKU", "3 «CLAUDE 3.5 HAIKU»"),
        Row("`anthropic.claude-3-haiku-20240307-v1:0`", "1 «anthropic.claude-3-haiku-20240307-v1:0»"),
        Row("use Claude 3.5 Sonnet as it is strong", "2 «Claude 3.5 Sonnet»"),
        Row("nova pro!", "4 «nova pro»"),
        Row("2 (Claude 3.5 Sonnet)", "2 «Claude 3.5 Sonnet»"),
        Row("not 2 but 3", "3 «3»"),
        Row("no, 3", "3 «3»"),
        Row("Nova Pro instead of Claude 3 Haiku", "4 «Nova Pro»"),
        Row("haiku", "ambiguous [1, 3]"),
        Row("sonnet", "suggestion [2]"),
        Row("3.5 haiku", "suggestion [3]"),
        Row("nova", "suggestion [4]"),
        Row("the llama one", "suggestion [5]"),
        Row("sonett", "suggestion [2]"),
        Row("Claude 3 hiaku", "suggestion [1]"),
        Row("novapro", "4 «novapro»"),
        Row("novaproo", "suggestion [4]"),
        Row("maybe 2", "suggestion [2]"),
        Row("not sure, 2", "suggestion [2]"),
        Row("2?", "suggestion [2]"),
        Row("what is Nova Pro?", "suggestion [4]"),
        Row("1 or 2", "ambiguous [1, 2]"),
        Row("1-3", "ambiguous [1, 2, 3]"),
        Row("1 (Nova Pro)", "ambiguous [1, 4]"),
        Row("Nova Pro v2", "suggestion [4]"),
        Row("last but one", "4 «last but one»"),
        Row("the second to last", "4 «second to last»"),
        Row("the second last one", "4 «second last»"),
        Row("3.5", "ambiguous [2, 3]"),
        Row("change it to 4", "4 «4»"),
        Row("actually, make it 4", "4 «4»"),
        Row("hmm 4 I guess", "suggestion [4]"),
        Row("the first and last", "ambiguous [1, 5]"),
        Row("not the haiku, the sonnet", "suggestion [2]"),
        Row("2 options", "none"),
        Row("2 of them", "none"),
        Row("those two", "none"),
        Row("7", "out of range 7"),
        Row("0", "out of range 0"),
        Row("-2", "out of range -2"),
        Row("option 12", "out of range 12"),
        Row("99999999999999999999", "out of range \(Int.max)"),
        Row("the twelfth one", "out of range 12"),
        Row("not 2", "none"),
        Row("I don't want Nova Pro", "none"),
        Row("I have 2 questions", "none"),
        Row("2.5", "none"),
        Row("that one", "none"),
        Row("the one with the best quality", "none"),
        Row("first, tell me about cost", "none"),
        Row("", "none"),
        Row("?!", "none"),
        Row("I trust none of them since my data is special", "none"),
    ])
    func `one option is chosen only by what is clear`(row: Row) {
        #expect(Self.summary(Self.judges.one(in: row.text), in: row.text) == row.outcome)
    }

    @Test(arguments: [
        Row("5", "2 «5»"), Row("10", "1 «10»"), Row("2", "2 «2»"), Row("option 2", "2 «2»"),
        Row("accuracy", "4 «accuracy»"), Row("I care about the accuracy of medical answers", "suggestion [4]"),
    ])
    func `a name that is a number or a word of prose`(row: Row) {
        #expect(Self.summary(Self.sizes.one(in: row.text), in: row.text) == row.outcome)
    }

    static let makers = ChoiceList(options: [
        .init(id: "anthropic.claude-3-haiku-20240307-v1:0", name: "Anthropic Claude 3 Haiku"),
        .init(id: "anthropic.claude-3-5-haiku-20241022-v1:0", name: "Anthropic Claude 3.5 Haiku"),
        .init(id: "mistral.mistral-large-2402-v1:0", name: "Mistral Large"),
    ])

    @Test(arguments: [
        Row("Claude 3 Haiku", "suggestion [1]"), Row("Claude 3.5 Haiku", "suggestion [2]"),
        Row("claude-3-haiku please", "suggestion [1]"), Row("3.5 Haiku", "suggestion [2]"),
        Row("Claude Haiku", "ambiguous [1, 2]"), Row("Haiku", "ambiguous [1, 2]"), Row("5 Haiku", "suggestion [2]"),
        Row("large", "suggestion [3]"),
    ])
    func `words that stand together in one name alone mean that one`(row: Row) {
        #expect(Self.summary(Self.makers.one(in: row.text), in: row.text) == row.outcome)
    }

    @Test func `an empty list has no options to choose`() {
        let empty = ChoiceList(options: [])
        #expect(empty.one(in: "1") == .outOfRange(number: 1))
        #expect(empty.one(in: "last") == .outOfRange(number: 0))
        #expect(empty.several(in: "all") == ChoicesOutcome(selection: []))
        #expect(empty.several(in: "first two") == ChoicesOutcome(selection: nil, outOfRange: [2]))
    }
}
