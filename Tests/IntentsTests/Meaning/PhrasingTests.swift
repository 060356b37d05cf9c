import Foundation
import Intents
import Testing

@Suite("What people say is understood")
struct PhrasingTests {
    private static let intents =
        Evaluation.measuredIntents + ["quit", "back", "restart", "status", "why", "skip", "correct", "other"]

    private func understand(_ text: String, _ form: Question.Form, options: [ChoiceOption] = []) -> Decision {
        CommonRules.resolver.understand(Utterance(text), answering: Question(form: form, options: options)).decision
    }

    @Test("At a question for yes or no", arguments: intents)
    func global(intent: String) throws {
        let rows = try Phrasings.read("questions").filter { $0.intent == intent }
        #expect(rows.count >= 10)
        for row in rows {
            let found = understand(row.text, .value(.flag)).intent(in: .yesNo) ?? "other"
            #expect(found == intent, "\(row.location): \(row.text)")
        }
    }

    @Test(
        "A command is one at every question, and a near miss at none",
        arguments: ["help", "repeat", "thanks", "other"]
    )
    func everywhere(intent: String) throws {
        for row in try Phrasings.read("questions") where row.intent == intent {
            for form in [Question.Form.confirmation, .gate, .change, .value(.region), .value(.text(limit: 500))] {
                let decision = understand(row.text, form)
                if case .command(let name) = decision {
                    #expect(name == intent, "\(row.text)")
                } else {
                    #expect(intent == "other", "\(row.text): \(decision)")
                }
            }
        }
    }

    @Test("A gate opens by a plain yes alone")
    func gate() throws {
        for row in try Phrasings.read("gate") {
            let decision = understand(row.text, .gate)
            #expect((decision == .affirm(isPlain: true)) == (row.intent == "affirm"), "\(row.location): \(row.text)")
            if row.intent == "deny" { #expect(decision == .deny, "\(row.location): \(row.text)") }
        }
    }

    @Test("Nothing that means anything but yes opens a gate")
    func nothingElseOpens() throws {
        let rows = try Phrasings.read("questions")
        let evaluation = Evaluation(of: rows, in: .yesNo, by: CommonRules.resolver)
        #expect(evaluation.gateFalseAccepts.isEmpty)
    }

    @Test(
        "All and none are chosen in many words",
        arguments: [
            ("all of them", true), ("everything", true), ("I'll take all of them", true), ("the whole lot", true),
            ("every single one", true), ("give me all of those please", true), ("all four of them", true),
            ("go with everything", true), ("the whole list", true), ("select all of these", true),
            ("none of them", false), ("neither", false), ("I want none of those", false),
            ("nothing on that list", false), ("not a single one", false), ("no one of these", false),
        ]
    )
    func choosing(text: String, isAll: Bool) {
        let options = ["Green", "Black", "Mint", "Rooibos"].map { ChoiceOption(id: $0, name: $0) }
        switch understand(text, .value(.choices), options: options) {
        case .value(.list(let chosen)): #expect(isAll && chosen.count == 4)
        case .deny, .problem: #expect(!isAll)
        case let other: Issue.record("\(other)")
        }
    }

    @Test(
        "Utterances that many people wrote are understood, and none of them opens a gate by mistake",
        .enabled(
            if: FileManager.default.fileExists(atPath: Phrasings.collected),
            "the table of collected utterances is not on this machine"
        )
    )
    func collected() async throws {
        let rows = try Phrasings.read(path: Phrasings.collected)
        let evaluation = await Evaluation.inParallel(of: rows, in: .yesNo, by: CommonRules.resolver)
        #expect(evaluation.macroF1 >= 0.95)
        #expect(evaluation.gateFalseAccepts.isEmpty)
    }
}
