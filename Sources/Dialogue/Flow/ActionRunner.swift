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
