public import Dialogue

/// The reason why a session does not move by itself.
public enum SessionRest: Sendable, Hashable {
    /// The user is to reply.
    case waiting
    /// An action runs; its messages come later.
    case working
    /// The conversation is over, or pauses.
    case ended(Ending)
}

extension SessionRest {
    /// Finds where a session rests after a transition.
    ///
    /// A message that comes while an action runs does not end the action.
    init(_ transition: Transition) {
        switch (transition.state.situation.pending, transition.next) {
        case (.action, _), (_, .action): self = .working
        case (_, .end(let ending)): self = .ended(ending)
        case (_, .reply): self = .waiting
        }
    }
}

extension Transition {
    /// The action that is to be run.
    var call: ActionCall? { if case .action(let call) = next { call } else { nil } }
}
