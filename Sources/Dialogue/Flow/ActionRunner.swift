/// Runs the actions that transitions ask for.
///
/// The world stands behind it: real, recorded or played.
public protocol ActionRunner: Sendable {
    /// Runs one action to its end.
    ///
    /// - Parameters:
    ///   - call: What to run.
    ///   - progress: Takes short sentences to show meanwhile; they are no part of the conversation.
    /// - Returns: One of the outcomes that the action declares, with what it found.
    /// - Throws: `CancellationError` where the task was cancelled; other errors are defects of the action.
    func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult
}

extension ActionRunner {
    /// Runs one action to its end, whatever it gets wrong.
    ///
    /// A defect of an action must not end a session or a process. What the action throws is handed to `defect` for the
    /// log, and the result is ``ActionResult/defect``, at which the flow tells the user and offers the ways out.
    ///
    /// - Parameters:
    ///   - call: What to run.
    ///   - progress: Takes short sentences to show meanwhile.
    ///   - defect: Takes what the action threw.
    /// - Returns: What the action came back with, or ``ActionResult/defect``.
    /// - Throws: Only `CancellationError`, where the task was cancelled.
    public func result(
        of call: ActionCall,
        progress: @escaping @Sendable (String) -> Void = { _ in },
        defect: (any Error) -> Void
    ) async throws -> ActionResult {
        do {
            return try await run(call, progress: progress)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try Task.checkCancellation()
            defect(error)
            return .defect
        }
    }
}

extension ActionResult {
    /// The result of an action that threw: an outcome that no action may declare.
    public static let defect = ActionResult(outcome: "broken")
}
