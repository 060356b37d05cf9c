public import Dialogue

/// What is stored together: an event with all that it brought about.
public struct TurnRecord: Sendable, Hashable {
    /// The session's name.
    public var session: String
    /// How many events the session has before this one.
    public var position: Int
    /// The event.
    public var event: Event
    /// What the event answers, in the words of `Flow.awaited(in:)`: needed only after a change of the flow.
    public var awaited: String?
    /// When the session was made, for a caller that may have an old copy of it; `nil` where that cannot be.
    ///
    /// A session that was made anew under the same name refuses the turn.
    public var made: Int64?
    /// What the bot said, in order.
    public var messages: [Message]
    /// What identifies the delivery that brought the event, unique in its session; `nil` where nothing can repeat it.
    public var delivery: String?
    /// The action that the session waits for from now on; `nil` where it waits for none.
    public var call: ActionCall?
    /// When it happened.
    public var time: Int64

    /// Makes a record.
    public init(
        session: String,
        position: Int,
        event: Event,
        awaited: String? = nil,
        made: Int64? = nil,
        messages: [Message] = [],
        delivery: String? = nil,
        call: ActionCall? = nil,
        time: Int64 = 0
    ) {
        self.session = session
        self.position = position
        self.event = event
        self.awaited = awaited
        self.made = made
        self.messages = messages
        self.delivery = delivery
        self.call = call
        self.time = time
    }
}

/// What became of a turn that was to be stored.
public enum CommitOutcome: Sendable, Hashable {
    /// It is stored; the session has this many messages now.
    case stored(messages: Int)
    /// Its delivery was stored before, with the event at this position; nothing has changed.
    case repeated(position: Int)
}

/// An event as it is kept.
public struct StoredEvent: Sendable, Hashable {
    /// Its position among all events of the session.
    public var position: Int
    /// The event.
    public var event: Event

    /// Makes a stored event.
    public init(position: Int, event: Event) {
        self.position = position
        self.event = event
    }
}

/// A message of the bot as it is kept.
public struct StoredMessage: Sendable, Hashable, Codable {
    /// Its number in the session, from 1, without gaps.
    public var number: Int
    /// The position of the event that brought it about.
    public var position: Int
    /// The message.
    public var message: Message

    /// Makes a stored message.
    public init(number: Int, position: Int, message: Message) {
        self.number = number
        self.position = position
        self.message = message
    }
}

extension [Message] {
    /// The messages as they are kept.
    ///
    /// - Parameters:
    ///   - count: How many messages the session has with them.
    ///   - position: The position of the event that brought them about.
    /// - Returns: The messages with their numbers, in order.
    func stored(asLastOf count: Int, at position: Int) -> [StoredMessage] {
        enumerated().map { offset, message in
            StoredMessage(number: count - self.count + 1 + offset, position: position, message: message)
        }
    }
}

/// A message that is to be delivered.
public struct OutboxEntry: Sendable, Hashable {
    /// The session's name.
    public var session: String
    /// The place in the channel.
    public var address: String
    /// The message.
    public var message: StoredMessage

    /// Makes an entry.
    public init(session: String, address: String, message: StoredMessage) {
        self.session = session
        self.address = address
        self.message = message
    }
}
