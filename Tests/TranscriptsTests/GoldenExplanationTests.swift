import Actions
import Dialogue
import Foundation
import Intents
import Synchronization
import Testing
import Transcripts

/// Keeps what actions bring, so that a replay can be followed event by event.
private final class KeepingRunner: ActionRunner {
    private let runner: any ActionRunner
    private let results = Mutex<[ActionCall: ActionResult]>([:])

    init(_ runner: any ActionRunner) { self.runner = runner }

    func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
        let result = try await runner.run(call, progress: progress)
        results.withLock { $0[call] = result }
        return result
    }

    func result(of call: ActionCall) -> ActionResult? { results.withLock { $0[call] } }
}

@Suite("Explanations of golden transcripts")
struct GoldenExplanationTests {
    @Test(
        "Each reply is explained as it was understood, and whatever is offered instead would be understood so",
        arguments: Set(GoldenTranscriptTests.files.map { $0.split(separator: "/").dropLast().joined(separator: "/") })
            .sorted()
    )
    func agrees(folder: String) async throws {
        let files = GoldenTranscriptTests.files.filter { $0.dropFirst().hasPrefix(folder + "/") }
        #expect(!files.isEmpty)
        var seen: Set<String> = []
        for file in files { try await follow(file, seen: &seen) }
        #expect(!seen.isEmpty)
    }

    private func follow(_ file: String, seen: inout Set<String>) async throws {
        let transcript = try GoldenTranscriptTests.load(file)
        let flow = try BundledFlow.compiled(entry: transcript.field("entry"))
        let stage = try BundledFlow.world(of: transcript)
        let runner = KeepingRunner(ActionRegistry.all.runner(in: stage.world))
        let result = try await TranscriptRunner(flow: flow).run(
            transcript,
            on: TranscriptStage(runner: runner, file: stage.file)
        )
        var replies = transcript.entries.compactMap { entry in
            if case .user(let reply) = entry.kind { reply } else { nil }
        }[...]
        var state = flow.initialState
        var event: Event? = .started(hints: [:])
        for turn in result.turns {
            if turn.number > 0, let reply = replies.popFirst() {
                event = flow.admit(reply.length > 4_096 ? [] : reply.sent, length: reply.length, in: state)
            }
            guard let first = event else { continue }
            if case .reply(let text) = first.kind, seen.insert("\(state.situation.pending) \(text)").inserted {
                try check(text, in: state, of: flow)
            }
            state = flow.advance(state, on: first).state
            for case .ran(let call, let outcome, let values) in turn.happenings {
                let kept = values.map { ActionResult(outcome: outcome, values: $0) } ?? runner.result(of: call)
                state = flow.advance(state, on: .actionFinished(id: call.id, result: try #require(kept))).state
            }
            #expect(flow.stepID(of: state) == turn.step, "\(file), turn \(turn.number)")
            event = nil
        }
    }

    private func check(_ text: String, in state: State, of flow: Flow) throws {
        guard let explained = flow.explain(text, in: state) else { return }
        let understood = flow.advance(state, on: .reply(text)).understanding
        let place: Comment = "\(text) at \(flow.stepID(of: state) ?? "the end")"
        #expect(explained.explanation.decision == understood?.decision, place)
        let deciding = explained.explanation.findings.filter { $0.outcome == .decided }
        #expect(deciding.count <= 1, place)
        for near in explained.explanation.nearest {
            guard let instead = near.instead else { continue }
            #expect(flow.advance(state, on: .reply(instead)).understanding?.decision == near.decision, place)
        }
        guard case .record(let fields) = explained.record else {
            Issue.record(place)
            return
        }
        #expect(fields["understood"] == .flag(explained.explanation.isUnderstood), place)
    }
}
