/// A mistake of a flow or an action that stopped a session at a step.
///
/// The user was told so in a prompt; this is for logs.
public struct FlowDefect: Sendable, Hashable, CustomStringConvertible {
    /// The kind of mistake.
    public enum Reason: Sendable, Hashable, Codable {
        /// The action ended with an outcome that its signature does not declare.
        case undeclaredOutcome(String)
        /// The action needs an input whose slot has no value.
        case missingInput(String)
        /// The flow forgets what it has just found out, and would go on so without end.
        case endlessLoop
    }

    /// The id of the step.
    public var step: String
    /// The name of the action; `nil` where the step runs none.
    public var action: String?
    /// The kind of mistake.
    public var reason: Reason

    /// A sentence for the log.
    public var description: String {
        let place = action.map { "the action '\($0)' at the step '\(step)'" } ?? "the step '\(step)'"
        return switch reason {
        case .undeclaredOutcome(let outcome): "\(place) ended with '\(outcome)', which it does not declare"
        case .missingInput(let input): "\(place) cannot begin: its input '\(input)' has no value"
        case .endlessLoop: "\(place) is come to again and again without a reply in between"
        }
    }
}
