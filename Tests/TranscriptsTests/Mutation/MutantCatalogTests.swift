import Diagnostics
import Dialogue
import Testing

@testable import Transcripts

/// Which mistakes are made.
@Suite("Mutants")
struct MutantCatalogTests {
    private static func mutants() throws -> [Mutant] {
        let flow = try PetShop.compiled()
        return MutantCatalog(flow, CoveragePlan(flow, PetShop.source)).mutants
    }

    @Test("A pattern loses an alternative, a word boundary, an assertion; nothing else of it changes")
    func patterns() throws {
        let changed = try Self.mutants().compactMap { mutant -> String? in
            guard mutant.location.file == "pets/rules/r.yaml", case .pattern(_, let text) = mutant.effect else {
                return nil
            }
            return "\(mutant.id) => \(text)"
        }
        #expect(
            Set(changed) == [
                #"drop alternative filler-animals: my => \b(?:our) (?&what)\b"#,
                #"drop alternative filler-animals: our => \b(?:my) (?&what)\b"#,
                #"drop anchor filler-animals: \b => (?:my|our) (?&what)\b"#,
                #"drop anchor filler-animals: \b #2 => \b(?:my|our) (?&what)"#,
                "drop alternative pets/rules/r.yaml fragment what: cats? => (?:dogs?)",
                "drop alternative pets/rules/r.yaml fragment what: dogs? => (?:cats?)",
            ]
        )
    }

    @Test("A step's condition is negated, its ways out lose what they do or are swapped")
    func steps() throws {
        let ids = try Self.mutants().filter { $0.location.file == "pets/flow.yaml" && $0.kind != .resolver }.map(\.id)
        #expect(
            ids == [
                "drop set of animal -> unsure", "swap branches of animal: unsure and skip",
                "drop next of animal -> skip", "negate condition of name",
                "swap branches of check: good, fair and bad", "drop clear of check -> bad", "drop say of check -> bad",
                "swap branches of sure: affirm and deny", "drop clear of sure -> deny", "drop say of agree -> deny",
                "drop next of agree -> deny",
            ]
        )
    }

    @Test("An announced action loses its announcement, which a transcript says before the action")
    func announcement() async throws {
        let flow = try TeaFlow.compile(replacing: "action: brew\n", with: "action: brew\n    meanwhile: brewed\n")
        let source = FlowSource("tea", files: TeaFlow.files.map { FlowSource.File(path: $0, text: $1) })
        let mutant = try #require(
            MutantCatalog(flow, CoveragePlan(flow, source)).mutants.first { $0.id == "drop say of brew" }
        )
        #expect(mutant.change == "no longer says brewed" && mutant.items?.count == 1)
        guard case .step(let index, let step) = mutant.effect else {
            Issue.record("no step is changed: \(mutant.effect)")
            return
        }
        let told = TeaFlow.transcript.replacing("do: brew", with: "bot: Your tea is ready.\ndo: brew")
        let transcript = try TranscriptParser.parse(told, file: "t")
        for (flow, passes) in [(flow, true), (flow.variant(changedSteps: [index: step]), false)] {
            let stage = TranscriptStage(runner: TeaFlow.Kitchen())
            #expect(try await TranscriptRunner(flow: flow).run(transcript, on: stage).isPassed == passes)
        }
    }

    @Test("Every mutant has a name of its own, and a place")
    func names() throws {
        let flow = try BundledFlow.compiled()
        let mutants = MutantCatalog(flow, CoveragePlan(flow, BundledFlow.source)).mutants
        #expect(Set(mutants.map(\.id)).count == mutants.count)
        #expect(mutants.allSatisfy { $0.location.line > 0 })
        #expect(mutants.count > 1_000)
    }

    @Test("A seed draws the same mutants every time, in their order, and another seed others")
    func sampling() throws {
        let all = try Self.mutants()
        let drawn = MutantCatalog.sample(all, count: 20, seed: 7).map(\.id)
        #expect(drawn.count == 20)
        #expect(drawn == MutantCatalog.sample(all, count: 20, seed: 7).map(\.id))
        #expect(drawn != MutantCatalog.sample(all, count: 20, seed: 8).map(\.id))
        let order = all.map(\.id)
        #expect(drawn.map { order.firstIndex(of: $0) ?? -1 } == drawn.map { order.firstIndex(of: $0) ?? -1 }.sorted())
        #expect(MutantCatalog.sample(all, count: 1_000_000, seed: 1).count == all.count)
    }
}
