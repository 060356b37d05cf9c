public import Intents

/// What a delivery came to.
public struct Answer: Sendable, Hashable {
    /// The session's name.
    public var session: String
    /// The position of the event that the delivery brought.
    public var position: Int
    /// What the bot said since, in order.
    public var messages: [StoredMessage]
    /// What the session waits for.
    public var rest: SessionRest
    /// Whether the delivery had been taken before, so that this is its first answer again.
    public var isRepeated: Bool
    /// How the reply was understood; `nil` where the event was none.
    public var understanding: Understanding?
}
