public import Dialogue
public import Intents

/// An effect on the world that a flow may run by name.
///
/// An action never fails without a name: whatever can happen is one of the outcomes of its signature. It throws only
/// `CancellationError`; anything else that escapes is a defect, and the runner reports it as such.
public protocol Action: Sendable {
    /// Its name, inputs, outputs and outcomes.
    static var signature: ActionSignature { get }

    /// Runs once.
    ///
    /// - Parameters:
    ///   - input: Values as the signature names them; required ones are there and have the shape it says.
    ///   - world: All that the action may touch. It uses nothing else: no clock, environment or file of its own.
    ///   - progress: Takes a short sentence to show while it runs; never part of a transcript.
    /// - Returns: An outcome of the signature and its values.
    /// - Throws: `CancellationError` where the task was cancelled.
    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult
}
