import Foundation
import Intents
import Testing

@Suite("docs/understanding.md says what is so")
struct UnderstandingPageTests {
    private static let page: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "docs/understanding.md"), encoding: .utf8)) ?? ""
    }()

    /// The rows of the table whose first cell is this, without its head: cells with their Markdown.
    private static func table(_ head: String) -> [[String]] {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("| \(head) |") }) else { return [] }
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            let escaped = line.replacing("\\|", with: "\u{1}")
            return escaped.split(separator: "|").map {
                $0.replacing("\u{1}", with: "|").trimmingCharacters(in: .whitespaces)
            }
        }
    }

    /// What stands in backticks in a cell.
    private static func quoted(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap {
            $0.offset.isMultiple(of: 2) ? nil : String($0.element)
        }
    }

    private func decide(_ text: String, _ question: Question) -> Decision {
        CommonRules.resolver.understand(Utterance(text), answering: question).decision
    }

    @Test("Each command is understood in all the ways that the table gives")
    func commands() {
        let rows = Self.table("command")
        #expect(rows.count == 17)
        let options = ["alpha", "beta"].map { ChoiceOption(id: $0, name: $0) }
        for row in rows {
            let name = Self.quoted(row[0]).first ?? ""
            let all = row[1].replacing("`", with: "").split(separator: ", ").map(String.init)
            for said in all {
                switch name {
                case "choose_all":
                    let decision = decide(said, Question(form: .value(.choices), options: options))
                    #expect(decision == .value(["alpha", "beta"]), "\(said)")
                case "choose_none":
                    #expect(decide(said, Question(form: .value(.choice), options: options)) == .deny, "\(said)")
                default: #expect(decide(said, Question(form: .value(.region))) == .command(name), "\(said)")
                }
            }
            #expect(!all.isEmpty)
        }
    }

    @Test("Each reply comes to what the table of yes and no says, at a confirmation and at a gate")
    func yesAndNo() {
        let rows = Self.table("reply")
        #expect(rows.count == 13)
        for row in rows {
            for reply in Self.quoted(row[0]) {
                check(reply, row[1], .confirmation)
                check(reply, row[2], .gate)
            }
        }
    }

    private func check(_ reply: String, _ cell: String, _ form: Question.Form) {
        let decision = decide(reply, Question(form: form))
        let isRight: Bool
        switch cell.split(separator: ":").first.map(String.init) {
        case "yes", "opens": isRight = decision == .affirm(isPlain: true)
        case "the step's `deny`": isRight = decision == .deny
        case "the step's `unsure`": isRight = decision == .unsure || decision == .doubtful(.hedge)
        case "a command": isRight = decision == .command("repeat")
        case let asked? where asked.hasPrefix("asked again"):
            switch decision {
            case .affirm(isPlain: true), .deny, .command, .value: isRight = false
            default: isRight = true
            }
        default: isRight = false
        }
        #expect(isRight, "\(reply) at \(form): \(decision), not \(cell)")
        if cell.contains("a `boolean` takes it as yes") {
            guard case .affirm = decide(reply, Question(form: .value(.flag))) else {
                Issue.record("\(reply)")
                return
            }
        }
    }

    @Test("Each sign is found in its examples")
    func signs() {
        let rows = Self.table("sign")
        #expect(rows.count == Polarity.Sign.allCases.count)
        for row in rows {
            let name = Self.quoted(row[0]).first ?? ""
            for example in row[2].replacing(" `", with: " ").split(separator: ", ").map(String.init) {
                // What is told in words is no reply.
                if example.hasPrefix("a ") || example.hasSuffix("do") || example.hasSuffix("statement") { continue }
                let text = example.replacing("\"…", with: "it works").trimmingCharacters(
                    in: CharacterSet(charactersIn: "\"`")
                )
                let signs = CommonRules.resolver.explain(Utterance(text), answering: Question(form: .gate)).signs
                    .entries
                #expect(signs.contains { $0.sign.rawValue == name && $0.coveredBy == nil }, "\(name): \(text)")
            }
        }
    }

    @Test("Choices are read as the table says")
    func choices() {
        let options = ["Amazon Nova Pro", "Claude 3.5 Sonnet", "Claude 3 Haiku", "Claude 3.5 Haiku", "Mistral Large"]
            .map {
                ChoiceOption(id: $0, name: $0)
            }
        let rows = Self.table("reply to a list of five models")
        #expect(rows.count == 6)
        for row in rows {
            for reply in Self.quoted(row[0]) {
                let decision = decide(reply, Question(form: .value(.choice), options: options))
                switch row[1] {
                case "the second": #expect(decision == .value("Claude 3.5 Sonnet"), "\(reply)")
                case "the third": #expect(decision == .value("Claude 3 Haiku"), "\(reply)")
                case "\"Do you mean Claude 3.5 Sonnet?\"": #expect(decision == .suggestions([options[1]]), "\(reply)")
                case "which of them?":
                    if case .suggestions(let several) = decision {
                        #expect(several.count == 2)
                    } else {
                        Issue.record("\(reply)")
                    }
                case "there is no number 7":
                    if case .problem(let message, nil) = decision {
                        #expect(message.hasPrefix("There is no number 7"))
                    } else {
                        Issue.record("\(reply)")
                    }
                case "nothing":
                    switch decision {
                    case .value, .suggestions, .problem: Issue.record("\(reply): \(decision)")
                    default: break
                    }
                case let other: Issue.record("\(other)")
                }
            }
        }
    }

    @Test("What is typed is normalised as the table says")
    func normalisation() {
        let rows = Self.table("typed")
        #expect(rows.count == 8)
        for row in rows {
            let typed = Self.quoted(row[0])
            let seen = Self.quoted(row[1])
            guard typed.count == seen.count, !row[0].contains("curly") else { continue }
            for (typed, seen) in zip(typed, seen) { #expect(Utterance(typed, of: EntityTypes.all).text == seen) }
        }
        #expect(Utterance("“a” — b…\u{3000}c").text == "\"a\" - b... c")
        #expect(Utterance("a\u{200B}b\u{202E}c\u{7}").text == "abc")
        #expect(Utterance("`us-west-2`").text == "us-west-2")
        #expect(Utterance("s3://my-\nbucket/a.jsonl", of: EntityTypes.all).text == "s3://my-bucket/a.jsonl")
    }

    @Test(
        "The examples of corrections are corrections",
        arguments: [
            "actually, change the dataset to s3://my-bucket/a.jsonl", "the region is wrong, use oregon",
            "use eu-west-1 for the region", "change the dataset", "wrong region", "go back to the dataset",
            "wrong bucket, use s3://my-bucket/a.jsonl",
        ]
    )
    func corrections(text: String) {
        switch decide(text, Question(form: .confirmation)) {
        case .correction, .reopening, .stray(_, slots: [2], isReplacement: true): break
        case let decision: Issue.record("\(decision)")
        }
    }

    @Test("Near misses are offered as the table says")
    func nearMisses() {
        let lines = Self.page.split(separator: "\n").drop { $0 != "## Near misses" }
        let rows = lines.filter { $0.hasPrefix("| `") }.prefix(10).map {
            $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(rows.count == 10)
        for row in rows {
            let offered = Self.quoted(row[1]).first
            for reply in Self.quoted(row[0]) {
                let kind: AnyEntityType =
                    reply.contains("model-package") || reply.hasPrefix("support")
                    ? .modelPackage : offered?.hasPrefix("s3:") == true ? .s3URI(.object) : .region
                guard case .problem(_, let suggestion) = decide(reply, Question(form: .value(kind))) else {
                    Issue.record("\(reply)")
                    continue
                }
                #expect(suggestion == offered.map(Value.text), "\(reply)")
            }
        }
        for reply in ["not us-east-1 but us-west-2", "us-west-2 instead of us-east-1"] {
            #expect(Self.page.contains("`\(reply)`"))
            #expect(decide(reply, Question(form: .value(.region))) == .value("us-west-2"))
        }
    }

    @Test("The examples of the order come to what it says")
    func order() {
        let region = Question(form: .value(.region))
        let task = Question(form: .value(.text(limit: 500)), slot: 0)
        let examples: [(String, Question, Decision)] = [
            ("help", region, .command("help")), ("please help me!", region, .command("help")),
            ("help the children", task, .value("help the children")),
            ("the region should be us-west-2", task, .correction(slot: 1, value: "us-west-2")),
            ("change the dataset", task, .reopening(slot: 2)), ("which region did I choose?", task, .recall(slot: 1)),
            ("it's in Frankfurt", region, .value("eu-central-1")),
            ("who will read this?", task, .questioning("who will read this?")),
            ("what customers ask about their orders", task, .value("what customers ask about their orders")),
        ]
        for (reply, question, decision) in examples {
            #expect(Self.page.contains(reply), "\(reply)")
            #expect(decide(reply, question) == decision, "\(reply)")
        }
        guard case .problem(_, nil) = decide("oregon or ohio", region) else {
            Issue.record("oregon or ohio")
            return
        }
        #expect(
            decide("S3://my-bucket/Data.jsonl", Question(form: .value(.s3URI(.object))))
                == .problem(
                    message: "An S3 URI begins with s3:// in lower case.",
                    suggestion: "s3://my-bucket/Data.jsonl"
                )
        )
    }
}
