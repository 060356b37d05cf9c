public import Dialogue
public import Intents

/// What a delivery came to.
public struct Answer: Sendable, Hashable {
    /// What the session waits for after it.
    public enum Rest: Sendable, Hashable {
        /// The user is to reply.
        case waiting
        /// An action runs; what it brings comes later, as further messages.
        case working
        /// The conversation is over, or pauses.
        case ended(Ending)
    }

    /// The session's name.
    public var session: String
    /// The position of the event that the delivery brought.
    public var position: Int
    /// What the bot said since, in order.
    public var messages: [StoredMessage]
    /// What the session waits for.
    public var rest: Rest
    /// Whether the delivery had been taken before, so that this is its first answer again.
    public var isRepeated: Bool
    /// How the reply was understood; `nil` where the event was none.
    public var understanding: Understanding?
}

extension Answer.Rest {
    /// What a turn comes to: what was said while an action runs does not end the action.
    init(_ effects: [Effect], in state: State) {
        if case .action = state.situation.pending {
            self = .working
        } else {
            self.init(effects)
        }
    }

    /// What effects end in.
    init(_ effects: [Effect]) {
        self = .waiting
        for effect in effects {
            switch effect {
            case .say: break
            case .wait: self = .waiting
            case .run: self = .working
            case .end(let ending): self = .ended(ending)
            }
        }
    }
}

extension [Effect] {
    /// What is said.
    var messages: [Message] {
        compactMap { if case .say(let message) = $0 { message } else { nil } }
    }

    /// The action that is to be run.
    var call: ActionCall? {
        for case .run(let call) in self { return call }
        return nil
    }
}
