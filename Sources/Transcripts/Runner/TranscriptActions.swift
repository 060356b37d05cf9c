public import Dialogue
internal import Synchronization

/// Answers actions as a transcript does, for a conversation that need not go as the transcript.
///
/// An action ends as the first `do:` line of its name says that was not used yet, where that holds the results; else the
/// transcript's stage runs it.
public final class TranscriptActions: ActionRunner {
    private let stage: TranscriptStage
    private let written: Mutex<[Transcript.Kind]>

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - transcript: What holds the results.
    ///   - stage: What runs the actions whose results it does not hold.
    public init(_ transcript: Transcript, on stage: TranscriptStage) {
        self.stage = stage
        let actions = transcript.entries.map(\.kind).filter { if case .action = $0 { true } else { false } }
        written = Mutex(actions)
    }

    /// Ends an action as it is written, or runs it.
    public func run(
        _ call: ActionCall,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let line = written.withLock { written -> Transcript.Kind? in
            let index = written.firstIndex { if case .action(call.name, _, _) = $0 { true } else { false } }
            return index.map { written.remove(at: $0) }
        }
        if case .action(_, let outcome, let values) = line, values != nil || stage.runner == nil {
            return ActionResult(outcome: outcome, values: values ?? [:])
        }
        guard let runner = stage.runner else { return ActionResult(outcome: "not recorded") }
        return try await runner.run(call, progress: progress)
    }
}
