public import Dialogue
internal import Intents

/// The actions there are, by name.
public struct ActionRegistry: Sendable {
    private let actions: [String: any Action]

    /// Makes a registry; of two actions of one name the later one counts.
    public init(_ actions: [any Action]) {
        self.actions = Dictionary(actions.map { (type(of: $0).signature.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The actions of the bundled flow.
    public static let all = ActionRegistry(
        RoleActions.all + ModelActions.all + NotebookActions.all + DatasetActions.all + MetricActions.all
            + ProjectActions.all
    )

    /// What flows may know of the actions, sorted by name.
    public var signatures: [ActionSignature] {
        actions.values.map { type(of: $0).signature }.sorted { $0.name < $1.name }
    }

    /// Runs the actions in a world.
    public func runner(in world: World) -> any ActionRunner { WorldRunner(actions: actions, world: world) }
}

/// Something that is wrong with an action or the call of it: a defect, not an outcome.
public struct ActionDefect: Error, Sendable, Hashable, CustomStringConvertible {
    /// The action.
    public var action: String
    /// What is wrong.
    public var message: String

    /// A sentence for people.
    public var description: String { "the action '\(action)' is defective: \(message)" }
}

private struct WorldRunner: ActionRunner {
    let actions: [String: any Action]
    let world: World

    func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
        guard let action = actions[call.name] else {
            throw ActionDefect(action: call.name, message: "there is no such action")
        }
        let signature = type(of: action).signature
        for input in signature.inputs where input.isRequired && call.input[input.name] == nil {
            throw ActionDefect(action: call.name, message: "its input '\(input.name)' has no value")
        }
        let result = try await action.run(call.input, in: world, progress: progress)
        guard signature.outcomes.contains(result.outcome) else {
            throw ActionDefect(
                action: call.name,
                message: "it ended with '\(result.outcome)', which it does not declare"
            )
        }
        return result
    }
}
