import Foundation
import Testing
import Transcripts

@Suite("What differs is explained, the most significant first")
struct DifferenceTests {
    /// A change of the transcript or of the flow, and what it should come to: line and difference of what is no consequence.
    struct Case: Sendable {
        var name: String
        var transcript: (old: String, new: String) = ("", "")
        var flow: (old: String, new: String) = ("", "")
        var outcome = "done"
        var expected: [String]
    }

    @Test(
        "Each kind of difference has its code, its words and its place",
        arguments: [
            Case(name: "nothing", expected: []),
            Case(
                name: "words of the flow",
                flow: ("Which tea would you like?", "Which tea do you want?"),
                expected: ["4: wording: other words of 'ask_kind'"]
            ),
            Case(
                name: "words with values",
                flow: ("{{cups}} x {{kind}}. Is that right?", "So {{cups}} x {{kind}}. Is that right?"),
                expected: ["13: wording: other words of 'ask_summary'"]
            ),
            Case(
                name: "options",
                flow: ("black: Black tea", "black: Black tea, red: Red tea"),
                expected: ["4: options: other options of 'ask_kind'"]
            ),
            Case(
                name: "another prompt",
                transcript: ("bot: How many cups of it?\nexpect: step cups", "bot: I can go on only with a clear yes."),
                expected: ["9: prompt: other prompt: expected 'system_gate_doubt', but 'ask_cups' was said"]
            ),
            Case(
                name: "text of no prompt",
                transcript: ("bot: How many cups of it?", "bot: Qwertz!"),
                expected: ["9: prompt: other prompt: expected text of no known prompt, but 'ask_cups' was said"]
            ),
            Case(
                name: "another step",
                transcript: ("bot: How many cups of it?\nexpect: step cups", "bot: 2 x Green tea. Is that right?"),
                expected: [
                    "9: step: other step: expected 'summary', but it is 'cups'",
                    "9: prompt: other prompt: expected 'ask_summary', but 'ask_cups' was said",
                ]
            ),
            Case(
                name: "a broken expectation of a step",
                transcript: ("step cups", "step kind"),
                expected: ["10: step: other step: expected 'kind', but it is 'cups'"]
            ),
            Case(
                name: "a broken expectation of a slot",
                transcript: ("slot kind = green", "slot kind = black"),
                expected: ["15: slot: other value of the slot 'kind': expected 'black', but it has 'green'"]
            ),
            Case(
                name: "a broken expectation of an intent",
                transcript: ("slot kind = green", "intent affirm"),
                expected: ["15: intent: other intent: expected 'affirm', but it is 'value'"]
            ),
            Case(
                name: "a broken expectation of a rule",
                transcript: ("expect: end served", "expect: why affirm-sure"),
                expected: ["20: rule: other rule: expected 'affirm-sure', but it was 'affirm-yes'"]
            ),
            Case(
                name: "a broken expectation of a prompt",
                transcript: ("expect: end served", "expect: prompt no_tea"),
                expected: ["20: prompt: other prompt: expected 'no_tea', but 'brewed' was said"]
            ),
            Case(
                name: "a broken expectation of a file",
                transcript: ("expect: end served", "expect: file a\nexpect: no file b\nexpect: file c contains d"),
                expected: ["20: file: the file 'a' is not there", "22: file: the file 'c' is not there"]
            ),
            Case(
                name: "a broken expectation of an end",
                transcript: ("expect: end served", "expect: end none\nexpect: paused"),
                expected: [
                    "20: end: other end: expected 'none', but it ended with 'served'",
                    "21: pause: expected that it pauses, but it does not",
                ]
            ),
            Case(
                name: "another outcome, with all that comes of it in the turn",
                outcome: "empty",
                expected: [
                    "18: outcome: other outcome of 'brew': expected 'done', but it is 'empty'",
                    "20: end: other end: expected 'served', but it ended with 'none'",
                    "19: prompt: other prompt: expected 'brewed', but 'no_tea' was said",
                ]
            ),
            Case(
                name: "another action",
                transcript: ("do: brew -> done", "do: boil -> done"),
                expected: ["18: action: other action: expected 'boil -> done', but 'brew -> done' ran"]
            ),
            Case(
                name: "an action that is not written",
                transcript: ("do: brew -> done\n", ""),
                expected: ["17: action: other action: 'brew -> done' ran and is not written"]
            ),
            Case(
                name: "an action that does not run",
                transcript: ("expect: step cups", "do: boil -> done"),
                expected: ["10: action: other action: expected 'boil -> done', but it did not run"]
            ),
            Case(
                name: "a message that is missing",
                transcript: (
                    "bot: How many cups of it?\n", "bot: Your tea is ready.\nbot: How many cups of it?\n"
                ),
                expected: ["9: missing: a message went missing: 'brewed'"]
            ),
            Case(
                name: "a message that is not written",
                transcript: ("bot: Your tea is ready.\n", ""),
                expected: ["18: extra: a message came up that is not written: 'brewed'"]
            ),
        ]
    )
    func explains(example: Case) async throws {
        var text = TeaFlow.transcript
        if !example.transcript.old.isEmpty {
            text = text.replacing(example.transcript.old, with: example.transcript.new)
            #expect(text != TeaFlow.transcript)
        }
        let result = try await TeaFlow.play(
            text,
            replacing: example.flow.old,
            with: example.flow.new,
            outcome: example.outcome
        )
        let found = result.mismatches.filter { !$0.isConsequence }
        #expect(
            found.map { "\($0.line): \($0.difference.code): \($0.difference)" } == example.expected,
            "\(example.name)"
        )
        #expect(result.isPassed == example.expected.isEmpty)
        for mismatch in result.mismatches {
            let data = try JSONEncoder().encode(mismatch)
            #expect(try JSONDecoder().decode(Mismatch.self, from: data) == mismatch)
        }
    }

    @Test("What comes after a turn that went another way is told apart")
    func consequences() async throws {
        let text = TeaFlow.transcript.replacing("user: green", with: "user: back")
        let result = try await TeaFlow.play(text)
        #expect(result.mismatches.prefix { !$0.isConsequence }.allSatisfy { $0.turn == 1 })
        #expect(result.mismatches.contains { $0.isConsequence && $0.turn == 2 })
    }

    @Test("A mismatch says what led to it and where to look")
    func places() async throws {
        let text = TeaFlow.transcript.replacing("bot: Your tea is ready.", with: "bot: There is no Green tea left.")
        let mismatch = try #require(try await TeaFlow.play(text).mismatches.first)
        #expect(mismatch.reply == "yes")
        #expect(mismatch.intent == "affirm")
        #expect(mismatch.rules == ["affirm-yes"])
        #expect(mismatch.expectedText == "There is no Green tea left.")
        #expect(mismatch.actualText == "Your tea is ready.")
        #expect(
            mismatch.places.map { "\($0.kind) \($0.name) \($0.location)" } == [
                "prompt brewed tea/prompts/tea.yaml:7:1", "expectedPrompt no_tea tea/prompts/tea.yaml:8:1",
            ]
        )
    }

    @Test("The code of a difference is stable in JSON")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func json(_ difference: Difference) throws -> String {
            String(decoding: try encoder.encode(difference), as: UTF8.self)
        }
        #expect(try json(.step(expected: "a", actual: nil)) == #"{"code":"step","expected":"a"}"#)
        #expect(try json(.slot(name: "s", expected: nil, actual: "x")) == #"{"actual":"x","code":"slot","name":"s"}"#)
        #expect(
            try json(.file(path: "a/b", problem: .lacks("x")))
                == #"{"code":"file","expected":"x","name":"a/b","problem":"lacks"}"#
        )
        #expect(
            Difference.Code.allCases.map(\.rawValue) == [
                "action", "outcome", "end", "pause", "step", "intent", "rule", "slot", "file", "prompt", "missing",
                "extra", "options", "wording",
            ]
        )
    }

    @Test("A failure is told in words, with changed words marked")
    func words() async throws {
        let text = TeaFlow.transcript.replacing("How many cups of it?", with: "How many pots of it?")
        let lines = FailureText.lines(for: try await TeaFlow.play(text))
        #expect(
            lines.map { $0.map(\.text).joined() } == [
                "t:9: other words of 'ask_cups'", "  after 'green', understood as value by choice",
                "  prompt 'ask_cups' at tea/prompts/tea.yaml:3:1", "  step 'cups' at tea/flow.yaml:12:5",
                "  - How many pots of it?", "  + How many cups of it?",
            ]
        )
        #expect(lines[4].filter { $0.look == .removedWord }.map(\.text) == ["pots"])
        #expect(lines[5].filter { $0.look == .addedWord }.map(\.text) == ["cups"])
    }

    @Test("What is the same for all of a turn is told once, and each text once")
    func once() async throws {
        let written = "bot: How many cups of it?\nexpect: step cups"
        let text = TeaFlow.transcript.replacing(written, with: "bot: 2 x Green tea. Is that right?")
        let lines = FailureText.lines(for: try await TeaFlow.play(text)).map { $0.map(\.text).joined() }
        #expect(
            lines == [
                "t:9: other step: expected 'summary', but it is 'cups'",
                "  after 'green', understood as value by choice",
                "  step 'cups' at tea/flow.yaml:12:5", "  expected step 'summary' at tea/flow.yaml:13:5",
                "t:9: other prompt: expected 'ask_summary', but 'ask_cups' was said",
                "  prompt 'ask_cups' at tea/prompts/tea.yaml:3:1",
                "  expected prompt 'ask_summary' at tea/prompts/tea.yaml:5:1",
                "  - 2 x Green tea. Is that right?", "  + How many cups of it?",
            ]
        )
    }

    @Test("A unified difference has hunks with context")
    func unified() {
        let old = (1...20).map { "\($0)" }
        var new = old
        new[2] = "three"
        new.remove(at: 15)
        #expect(
            UnifiedDifference.between(old, new) == [
                "@@ -1,6 +1,6 @@", " 1", " 2", "-3", "+three", " 4", " 5", " 6", "@@ -13,7 +13,6 @@", " 13", " 14",
                " 15", "-16",
                " 17", " 18", " 19",
            ]
        )
        #expect(UnifiedDifference.between(old, old).isEmpty)
        #expect(UnifiedDifference.between([], ["a"]) == ["@@ -1,0 +1,1 @@", "+a"])
    }
}
