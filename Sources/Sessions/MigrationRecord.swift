public import Dialogue

/// What is stored together when a session is carried over into a flow that has changed since.
///
/// The events that the session had stay in the store, below those that are carried over; positions go on.
public struct MigrationRecord: Sendable, Hashable {
    /// The session's name.
    public var session: String
    /// The digest that the session has before.
    public var oldDigest: String
    /// The digest that it has from then on.
    public var digest: String
    /// When the session was made.
    public var made: Int64
    /// How many events it has before, those of earlier versions among them.
    public var position: Int
    /// The events that it consists of from then on, with what each answered; not empty.
    public var steps: [Migration.Step]
    /// What the bot says of it, in order.
    public var messages: [Message]
    /// What identifies the delivery that was answered so; `nil` where there was none.
    public var delivery: String?
    /// The action that the session waits for from then on.
    public var call: ActionCall?
    /// When it happened.
    public var time: Int64

    /// Makes a record of what became of a session.
    ///
    /// - Parameters:
    ///   - session: The session as it is in the store.
    ///   - digest: The digest of the flow as it is now.
    ///   - steps: The events that are carried over; not empty.
    ///   - messages: What is said of it.
    ///   - call: The action that the session waits for.
    ///   - delivery: What identifies the delivery that is answered so.
    ///   - time: When it happens.
    public init(
        of session: SessionRecord,
        digest: String,
        steps: [Migration.Step],
        messages: [Message],
        call: ActionCall? = nil,
        delivery: String? = nil,
        time: Int64
    ) {
        self.session = session.id
        oldDigest = session.digest
        self.digest = digest
        made = session.time
        position = session.position
        self.steps = steps
        self.messages = messages
        self.call = call
        self.delivery = delivery
        self.time = time
    }

    /// The position of the last event that is carried over, to which the messages belong.
    public var lastPosition: Int { position + steps.count - 1 }
}

/// When a version of a flow was run.
public struct FlowAnnouncement: Sendable, Hashable {
    /// When it was first announced, in milliseconds since 1970.
    public var first: Int64
    /// When it was last announced.
    public var last: Int64

    /// Makes an announcement.
    public init(first: Int64, last: Int64) {
        self.first = first
        self.last = last
    }
}
