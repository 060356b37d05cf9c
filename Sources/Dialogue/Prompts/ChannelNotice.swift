internal import Intents

/// What a channel says beside a conversation; no event, and nothing of it is kept.
public enum ChannelNotice: Sendable, Hashable {
    /// To somebody who writes in another user's conversation; the owner as the channel names people, where it is known.
    case othersConversation(owner: String?)
    /// To a press of a button of an earlier question.
    case questionClosed
    /// That the conversation takes place in direct messages.
    case continuedDirectly
}

extension Flow {
    /// The text of a notice, out of the flow's prompts.
    public func text(of notice: ChannelNotice) -> String {
        let turn = Turn(flow: self, state: initialState)
        return switch notice {
        case .othersConversation(let owner):
            turn.render(SystemPrompt.othersConversation.rawValue, owner.map { ["owner": .text($0)] } ?? [:])
        case .questionClosed: turn.render(SystemPrompt.questionClosed.rawValue, [:])
        case .continuedDirectly: turn.render(SystemPrompt.continuedDirectly.rawValue, [:])
        }
    }
}
