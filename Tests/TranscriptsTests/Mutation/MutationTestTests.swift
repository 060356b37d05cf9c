import Diagnostics
import Dialogue
import Foundation
import Intents
import Testing

@testable import Transcripts

/// Whether mistakes are noticed.
@Suite("Mutation testing")
struct MutationTestTests {
    /// Replays replies once and takes what happened as what should.
    private static func golden(_ replies: [String], file: String, of flow: Flow) async throws -> Transcript {
        let result = try await PetShop.replay(replies, file: file, of: flow)
        return try TranscriptParser.parse(result.actual.text, file: file)
    }

    private static func suite(_ conversations: [[String]], phrasings: String? = nil) async throws -> MutationSuite {
        let flow = try PetShop.compiled()
        var cases: [MutationSuite.Case] = []
        for (index, replies) in conversations.enumerated() {
            let transcript = try await golden(replies, file: "t\(index)", of: flow)
            let fingerprint = MutationSuite.digest([transcript.text])
            cases.append(MutationSuite.Case(transcript, flow: flow, fingerprint: fingerprint) { TranscriptStage() })
        }
        let tables = try phrasings.map { text in
            try MutationSuite.Table(PhrasingTable(text, file: "p.phrasings.tsv"), in: flow)
        }
        return try await MutationSuite(flow, source: PetShop.source, cases: cases, tables: tables.map { [$0] } ?? [])
    }

    private static func fates(
        _ conversations: [[String]],
        only: String,
        jobs: Int = 1
    ) async throws -> [String: MutationReport.Fate] {
        var test = MutationTest(try await suite(conversations))
        test.filter = only
        test.jobs = jobs
        var state = MutationState()
        let report = try await test.run(state: &state)
        return Dictionary(uniqueKeysWithValues: report.outcomes.map { ($0.mutant.id, $0.fate) })
    }

    @Test("A transcript notices what it depends on, and nothing else")
    func noticing() async throws {
        let fates = try await Self.fates([["dog", "Rex", "no"], ["no idea", "yes"]], only: " of ")
        #expect(fates["negate condition of name"] == .killedByTranscript("t1"))
        // An action needs to know the animal.
        #expect(fates["drop set of animal -> unsure"] == .killedByTranscript("t1"))
        #expect(fates["drop clear of sure -> deny"] == .survived)
        #expect(fates["drop next of animal -> skip"] == .survived)
    }

    @Test("A rule's own example notices an alternative that it needs; a transcript one that decides")
    func patterns() async throws {
        let conversation = ["cat", "yes", "yes our dogs"]
        let fates = try await Self.fates([conversation], only: "filler-animals")
        #expect(fates["drop alternative filler-animals: my"] == .killedByExample("filler-animals: my cat"))
        #expect(fates["drop alternative filler-animals: our"] == .killedByTranscript("t0"))
        #expect(fates[#"drop anchor filler-animals: \b #2"#] == .survived)
    }

    @Test("A row of a table notices what changes its meaning, at the question that it is said at")
    func phrasings() async throws {
        let header = "# Said at no step.\nintent\ttext\n"
        let table = header + "affirm\toui\nother\tmy cat, yes or no\naffirm\tyes my cats\n"
        var test = MutationTest(try await Self.suite([["cat"]], phrasings: table))
        test.filter = "drop alternative "
        var state = MutationState()
        let report = try await test.run(state: &state)
        let fates = Dictionary(uniqueKeysWithValues: report.outcomes.map { ($0.mutant.id, $0.fate) })
        #expect(fates["drop alternative affirm-yes: oui"] == .killedByPhrasing("p.phrasings.tsv:3"))
        #expect(fates["drop alternative affirm-yes: yes"] == .killedByExample("affirm-yes: yes"))
        #expect(fates["drop alternative deny-no: no"] == .killedByExample("deny-no: no"))
        #expect(fates["drop alternative deny-no: nope"] == .survived)
        #expect(try report.json().contains(#""by" : "p.phrasings.tsv:3""#))
        // It is known until the table changes.
        #expect(try await test.run(state: &state).outcomes.map(\.fate) == report.outcomes.map(\.fate))
        test = MutationTest(try await Self.suite([["cat"]], phrasings: header + "deny\tnope\n"))
        test.filter = "drop alternative "
        let other = try await test.run(state: &state)
        let now = Dictionary(uniqueKeysWithValues: other.outcomes.map { ($0.mutant.id, $0.fate) })
        #expect(now["drop alternative affirm-yes: oui"] == .survived)
        #expect(now["drop alternative deny-no: nope"] == .killedByPhrasing("p.phrasings.tsv:3"))
    }

    @Test("A suite in which a row is wrong as it is is refused")
    func brokenTable() async throws {
        let error = await #expect(throws: MutationSuite.Failure.self) {
            try await Self.suite([["cat"]], phrasings: "intent\ttext\ndeny\tyes\n")
        }
        #expect(error?.description.contains("p.phrasings.tsv:2 fails as it is") == true)
    }

    @Test("A gate that opens on what is no plain yes is noticed where someone says so")
    func gates() async throws {
        let without = try await Self.fates([["cat", "yes", "yes", "yes"]], only: "gate opens on consent")
        #expect(without.values.allSatisfy { $0 == .survived })
        let with = try await Self.fates(
            [["cat", "yes", "yes", "yes, but not now", "yes of the blue kind"]],
            only: "gate opens on"
        )
        #expect(with.count == 2)
        #expect(with.values.allSatisfy { $0 == .killedByTranscript("t0") })
    }

    @Test("The order in which mutants are tried side by side changes nothing")
    func jobs() async throws {
        let conversations = [["dog", "Rex", "no", "no"], ["no idea", "yes", "yes", "no", "yes"]]
        let one = try await Self.fates(conversations, only: "of ", jobs: 1)
        #expect(one == (try await Self.fates(conversations, only: "of ", jobs: 7)))
        #expect(Set(one.values.map(\.isKilled)) == [true, false])
    }

    @Test("What is known from an earlier run is not tried again; what changed is")
    func remembering() async throws {
        var state = MutationState()
        var test = MutationTest(try await Self.suite([["dog", "Rex", "no"]]))
        test.filter = " of "
        let first = try await test.run(state: &state)
        #expect(first.known == 0)
        let again = try await test.run(state: &state)
        #expect(again.known == again.outcomes.count)
        #expect(again.outcomes.map(\.fate) == first.outcomes.map(\.fate))
        // One more transcript: what survived is tried again, what was killed is not.
        test = MutationTest(try await Self.suite([["dog", "Rex", "no"], ["skip"]]))
        test.filter = " of "
        let more = try await test.run(state: &state)
        #expect(more.known == first.killed)
        #expect(
            more.outcomes.first { $0.mutant.id == "drop next of animal -> skip" }?.fate == .killedByTranscript("t1")
        )
        // Another build of Usher: everything is tried again.
        test.engine = "another"
        #expect(try await test.run(state: &state).known == 0)
        let file = FileManager.default.temporaryDirectory.appending(
            path: "usher-mutation-\(ProcessInfo.processInfo.processIdentifier)"
        )
        defer { try? FileManager.default.removeItem(at: file) }
        try state.write(to: file.path)
        var read = MutationState(contentsOf: file.path)
        #expect(try await test.run(state: &read).known == more.outcomes.count)
        #expect(MutationState(contentsOf: "/nowhere").entries.isEmpty)
    }

    @Test("A suite that fails as it is is refused")
    func broken() async throws {
        let flow = try PetShop.compiled()
        let transcript = try TranscriptParser.parse("bot: something else\n", file: "t")
        await #expect(throws: MutationSuite.Failure.self) {
            try await MutationSuite(
                flow,
                source: PetShop.source,
                cases: [MutationSuite.Case(transcript, flow: flow, fingerprint: "") { TranscriptStage() }]
            )
        }
    }

    @Test("A survivor comes with what is missing")
    func suggestions() async throws {
        var test = MutationTest(try await Self.suite([["cat"]]))
        test.filter = "affirm-yes: oui"
        var state = MutationState()
        let report = try await test.run(state: &state)
        #expect(report.survivors.first?.suggestion == "a reply at a question for yes or no (sure), such as 'oui'")
        #expect(report.score == 0)
        #expect(report.text(root: "p").contains("SURVIVED drop alternative affirm-yes: oui\n  p/common/polarity.yaml:"))
        #expect(!report.text(root: "p", namesSurvivors: false).contains("SURVIVED"))
        #expect(try report.json().contains(#""fate" : "survived""#))
    }

    @Test("An equivalent mutant does not count; an entry that names none, or one that is noticed, is an error")
    func equivalent() async throws {
        var test = MutationTest(try await Self.suite([["dog", "Rex", "no"]]))
        test.filter = "negate"
        test.equivalent = try EquivalentMutants(
            """
            equivalent:
              - mutant: "negate condition of *"
                reason: Nobody has a dog.
              - mutant: negate condition of nome
                reason: A slip.
              - mutant: "drop set of animal -> *"
                reason: Not tried in this run.
            """,
            file: "e.yaml"
        )
        var state = MutationState()
        let report = try await test.run(state: &state)
        #expect(
            report.stale.map(\.description) == [
                "e.yaml:2:5: error: this mutant is not equivalent: t0 notices it",
                "e.yaml:4:5: error: there is no such mutant; did you mean 'negate condition of name'?",
            ]
        )
        test.equivalent = try EquivalentMutants(
            "equivalent: [{mutant: \"drop say of agree -> deny\", reason: It says nothing else.}]",
            file: "e.yaml"
        )
        test.filter = "drop say of agree"
        let other = try await test.run(state: &state)
        #expect(other.outcomes.map(\.fate) == [.equivalent("It says nothing else.")])
        #expect(other.score == 100)
        #expect(other.stale.isEmpty)
    }

    @Test("A survivor that is accepted counts and says why it is left; an entry that is noticed is an error")
    func accepted() async throws {
        var test = MutationTest(try await Self.suite([["dog", "Rex", "no"]]))
        test.filter = " of "
        test.equivalent = try EquivalentMutants(
            """
            equivalent:
              - mutant: "drop say of agree -> deny"
                reason: It says nothing else.
            accepted:
              - mutant: "drop * of agree -> deny"
                reason: Nobody says no there.
              - mutant: "negate condition of name"
                reason: Nobody has a dog.
              - mutant: "drop set of animol -> unsure"
                reason: A slip.
            """,
            file: "e.yaml"
        )
        var state = MutationState()
        let report = try await test.run(state: &state)
        let fates = Dictionary(uniqueKeysWithValues: report.outcomes.map { ($0.mutant.id, $0.fate) })
        #expect(fates["drop say of agree -> deny"] == .equivalent("It says nothing else."))
        #expect(fates["drop next of agree -> deny"] == .survived)
        let explained = report.survivors.filter { $0.explanation == "Nobody says no there." }
        #expect(explained.map(\.mutant.id) == ["drop next of agree -> deny"])
        #expect(report.unexplained.count == report.survivors.count - 1)
        #expect(report.unexplained.contains { $0.mutant.id == "drop set of animal -> unsure" })
        #expect(
            report.stale.map(\.description) == [
                "e.yaml:7:5: error: this mutant does not survive: t0 notices it",
                "e.yaml:9:5: error: there is no such mutant; did you mean 'drop set of animal -> unsure'?",
            ]
        )
        let text = report.text(root: "p")
        #expect(text.contains("\n  survived, explained: Nobody says no there.\n"))
        #expect(
            text.hasSuffix("pets: \(report.unexplained.count) of \(report.survivors.count) survivors unexplained\n")
        )
        let json = try report.json()
        #expect(json.contains(#""by" : "Nobody says no there.""#))
        #expect(json.contains(#""unexplained" : \#(report.unexplained.count)"#))
    }

    @Test("A list of equivalent mutants says what is wrong with it, all at once")
    func badList() {
        let error = #expect(throws: DiagnosticsError.self) {
            try EquivalentMutants("equivalent:\n  - mutant: a\n  - reason: b\n    why: c\n", file: "e.yaml")
        }
        #expect(error?.diagnostics.map(\.location.line) == [2, 3, 4])
    }

    @Test(
        "A star stands for any characters",
        arguments: [
            ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "a", false), ("*", "", true), ("a*b*c", "a1b2b3c", true),
            ("ab*ba", "aba", false), ("a.c", "abc", false), ("a", "a", true),
        ]
    )
    func stars(_ pattern: String, _ text: String, _ isMatch: Bool) {
        #expect(EquivalentMutants.matches(pattern, text) == isMatch)
    }
}
