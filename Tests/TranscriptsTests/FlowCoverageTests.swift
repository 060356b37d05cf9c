import Actions
import BundledPrompts
import Dialogue
import Foundation
import Intents
import Testing
import Transcripts

/// Which steps the golden transcripts come to, and which branches they take.
@Suite("The golden transcripts come past every step and take every branch")
struct FlowCoverageTests {
    /// What happened at a step: it was asked or done, and how it ended.
    private struct Visit: Hashable {
        var step: String
        var outcome: String?
    }

    @Test("No step and no branch is left out")
    func everything() async throws {
        var visits: Set<Visit> = []
        for file in GoldenTranscriptTests.files {
            let transcript = try GoldenTranscriptTests.load(file)
            let flow = try BundledFlow.compiled(entry: transcript.field("entry"))
            visits.formUnion(try await Self.visits(of: transcript, flow))
        }
        let flow = try BundledFlow.compiled()
        for step in flow.steps {
            if !visits.contains(where: { $0.step == step.id }) { Issue.record("no transcript comes to '\(step.id)'") }
            for branch in Self.branches(of: step)
            where !branch.contains(where: { visits.contains(Visit(step: step.id, outcome: $0)) }) {
                Issue.record("no transcript leaves '\(step.id)' by \(branch.sorted().joined(separator: " or "))")
            }
        }
    }

    /// The outcomes of a step, those with the same branch together.
    private static func branches(of step: Step) -> [Set<String>] {
        func grouped(_ branches: [String: Branch]) -> [Set<String>] {
            Dictionary(grouping: branches.keys) { outcome in
                branches[outcome].map { "\($0.say ?? "") \($0.set) \($0.clear) \($0.next)" } ?? ""
            }.values.map(Set.init)
        }
        switch step.kind {
        case .action(let action): return grouped(action.branches)
        case .call(_, let branches): return grouped(branches)
        case .confirm(let confirm):
            return [["affirm"]] + (confirm.deny == nil ? [] : [["deny"]]) + (confirm.unsure == nil ? [] : [["unsure"]])
        case .gate: return [["open"]]
        case .collect, .say, .set, .end: return []
        }
    }

    private static func visits(of transcript: Transcript, _ flow: Flow) async throws -> Set<Visit> {
        let stage = try BundledFlow.world(of: transcript)
        let result = try await TranscriptRunner(flow: flow).run(
            transcript,
            on: TranscriptStage(runner: ActionRegistry.all.runner(in: stage.world), file: stage.file)
        )
        return Set(result.trace.map { Visit(step: $0.step, outcome: $0.outcome) })
    }
}
