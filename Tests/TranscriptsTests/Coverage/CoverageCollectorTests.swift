import Dialogue
import Testing

@testable import Transcripts

/// What conversations cover.
@Suite("A conversation covers what it comes to, and nothing else")
struct CoverageCollectorTests {
    @Test(
        "Ways out of steps",
        arguments: [
            ([], []),
            (["dog"], ["animal -> value"]),
            (["maybe dog", "yes"], ["animal -> value"]),
            (["no idea"], ["animal -> unsure", "name -> if fails"]),
            (["skip"], ["animal -> skip"]),
            (["dog", "Rex"], ["animal -> value", "name -> if holds", "name -> value"]),
            (["cat", "yes"], ["animal -> value", "name -> if fails", "insured -> yes", "check -> good, fair"]),
            (
                ["cat", "no", "no"],
                ["animal -> value", "name -> if fails", "insured -> no", "check -> good, fair", "sure -> deny"]
            ),
            (
                ["cat", "no", "yes", "maybe", "no", "yes"],
                [
                    "animal -> value", "name -> if fails", "insured -> no", "check -> good, fair", "sure -> affirm",
                    "agree -> doubt", "agree -> deny", "agree -> open",
                ]
            ),
            (
                ["cat", "no", "yes", "yes but why"],
                [
                    "animal -> value", "name -> if fails", "insured -> no", "check -> good, fair", "sure -> affirm",
                    "agree -> doubt",
                ]
            ),
        ] as [([String], [String])]
    )
    func transitions(_ replies: [String], _ expected: [String]) async throws {
        let covered = try await PetShop.covered(.transitions, by: replies)
        // A step that waits has come past its condition.
        let waits: Set = replies == ["dog"] || replies == ["maybe dog", "yes"] ? ["name -> if holds"] : []
        #expect(covered == Set(expected).union(waits))
    }

    @Test("Outcomes that a file writes together are one way out")
    func grouped() async throws {
        let fair = try await PetShop.covered(.transitions, by: ["cat", "yes"], outcomes: ["fair"])
        #expect(fair.contains("check -> good, fair"))
        let bad = try await PetShop.covered(.transitions, by: ["cat", "yes"], outcomes: ["bad"])
        #expect(bad.contains("check -> bad"))
        #expect(!bad.contains("check -> good, fair"))
    }

    @Test("A row of a table of phrasings is an example of what it is understood by, where it means what it should")
    func phrasings() throws {
        let flow = try PetShop.compiled()
        var collector = CoverageCollector(flow, PetShop.source)
        func examples() -> [String: Int] {
            let items = CoverageReport([collector]).flows[0].items.filter { $0.axis == .alternatives }
            return Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.examples) })
        }
        let before = examples()
        let table = try PhrasingTable("intent\ttext\naffirm\toui\ndeny\tnope\naffirm\tnope nope\n", file: "t")
        let listener = try PhrasingListener(table, in: flow)
        for row in listener.rows.indices { collector.add(listener.verdict(on: row)) }
        let gained = examples().filter { before[$0.key] != $0.value }
        #expect(Set(gained.keys) == ["affirm-yes: oui", "deny-no: nope"])
        #expect(gained["deny-no: nope"] == (before["deny-no: nope"] ?? 0) + 1)
        var merged = CoverageCollector(flow, PetShop.source)
        merged.merge(collector)
        collector = merged
        #expect(examples()["affirm-yes: oui"] == gained["affirm-yes: oui"])
    }

    @Test("A step counts when it is come to")
    func steps() async throws {
        #expect(try await PetShop.covered(.steps, by: []) == ["animal"])
        #expect(try await PetShop.covered(.steps, by: ["cat"]) == ["animal", "insured"])
        let all = try await PetShop.covered(.steps, by: ["dog", "Rex", "yes", "yes", "yes"])
        #expect(all == ["animal", "name", "insured", "check", "sure", "agree", "finished"])
    }

    @Test("A rule counts where it had a part in a decision, and an alternative where the match took it")
    func alternatives() async throws {
        let replies = ["cat", "yes", "yes my cat"]
        #expect(try await PetShop.covered(.rules, by: replies).contains("filler-animals"))
        let covered = try await PetShop.covered(.alternatives, by: replies)
        #expect(covered.contains("filler-animals: my"))
        #expect(covered.contains("pets/rules/r.yaml fragment what: cats?"))
        #expect(!covered.contains("filler-animals: our"))
        #expect(!covered.contains("pets/rules/r.yaml fragment what: dogs?"))
        // At a question for text, nothing was weighed.
        let typed = try await PetShop.covered(.alternatives, by: ["dog", "my cat"])
        #expect(!typed.contains("filler-animals: my"))
    }

    @Test("A topic that is asked about covers the sign of the question")
    func question() async throws {
        let flow = try BundledFlow.compiled()
        var collector = CoverageCollector(flow, BundledFlow.source)
        let transcript = Transcript(
            file: "t",
            header: [],
            entries: [
                Transcript.Entry(.action(name: "read_prior_context", outcome: "none", values: [:])),
                Transcript.Entry(.user(.text("how long would all of that take here"))),
            ]
        )
        collector.add(try await TranscriptRunner(flow: flow).run(transcript, on: TranscriptStage()), of: flow)
        let items = CoverageReport([collector]).flows.flatMap(\.items).filter(\.isCoveredByTranscripts).map(\.id)
        #expect(items.contains("topic-durations"))
        #expect(items.contains { $0.hasPrefix("question-form: ") })
        #expect(!items.contains { $0.hasPrefix("question-form: why") })
    }

    @Test("Collectors that worked side by side come to the same report, whatever the order")
    func merging() async throws {
        let flow = try PetShop.compiled()
        let conversations = [["dog", "Rex"], ["cat", "yes"], ["no idea", "no", "no"]]
        var one = CoverageCollector(flow, PetShop.source)
        var parts: [CoverageCollector] = []
        for (index, replies) in conversations.enumerated() {
            let result = try await PetShop.replay(replies, file: "t\(index)", of: flow)
            one.add(result, of: flow)
            var part = CoverageCollector(flow, PetShop.source)
            part.add(result, of: flow)
            parts.append(part)
        }
        var merged = CoverageCollector(flow, PetShop.source)
        for part in parts.reversed() { merged.merge(part) }
        #expect(try CoverageReport([merged]).json() == CoverageReport([one]).json())
        #expect(CoverageReport([merged]).lcov() == CoverageReport([one]).lcov())
        #expect(CoverageReport([one]).figure(.steps).byTranscripts == 5)
    }
}
