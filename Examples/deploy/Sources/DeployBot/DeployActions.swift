public import Dialogue

/// What the flow `deploy` does to the world.
public struct DeployActions: ActionRunner {
    /// What its compiler has to know.
    public static let signatures = [ListVersions.signature, RollOut.signature]

    private let fleet: Fleet
    private let settle: @Sendable () async throws -> Void

    /// Makes the actions.
    ///
    /// - Parameters:
    ///   - fleet: The machines.
    ///   - settle: Waits until a machine had time to show that it is well; tests do not wait.
    public init(fleet: Fleet, settle: @escaping @Sendable () async throws -> Void) {
        self.fleet = fleet
        self.settle = settle
    }

    /// Runs one of them.
    public func run(
        _ call: ActionCall,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        switch call.name {
        case ListVersions.signature.name: await ListVersions(fleet: fleet).run(call.input)
        case RollOut.signature.name:
            try await RollOut(fleet: fleet, settle: settle).run(call.input, progress: progress)
        case let name: throw UnknownAction(name: name)
        }
    }

    /// A flow was compiled with signatures that are not ours.
    struct UnknownAction: Error {
        var name: String
    }
}
