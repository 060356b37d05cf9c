public import Dialogue

/// A session as it is kept: its identity and its events.
///
/// Its state is a fold over them.
public struct SessionRecord: Sendable, Hashable {
    /// Its name, unique in the store.
    public var id: String
    /// The folder of the flow it goes through.
    public var flow: String
    /// The flow of the folder that it was started at.
    public var entry: String
    /// The digest of the flow at the time.
    public var digest: String
    /// Whose it is; empty where there is only one user.
    public var owner: String
    /// The channel that its messages are delivered to, such as `slack`; `nil` where they are asked for.
    public var channel: String?
    /// The place in the channel, in the channel's own form.
    public var address: String?
    /// When it was made, in milliseconds since 1970; 0 where nobody knows.
    public var time: Int64
    /// How many events it had in earlier versions of its flow; its state is not made of those, and they are not in
    /// ``events``.
    public var base: Int
    /// All its events so far, the oldest first.
    public var events: [Event]
    /// What each event answered, in the words of `Flow.awaited(in:)`; `nil`, or too short, where it is not known.
    public var awaited: [String?]

    /// Makes a record.
    public init(
        id: String,
        flow: String,
        entry: String,
        digest: String,
        owner: String = "",
        channel: String? = nil,
        address: String? = nil,
        time: Int64 = 0,
        base: Int = 0,
        events: [Event] = [],
        awaited: [String?] = []
    ) {
        self.id = id
        self.flow = flow
        self.entry = entry
        self.digest = digest
        self.owner = owner
        self.channel = channel
        self.address = address
        self.time = time
        self.base = base
        self.events = events
        self.awaited = awaited
    }

    /// How many events it has, those of earlier versions among them: the position of the next one.
    public var position: Int { base + events.count }

    /// The events with what each answered.
    public var steps: [Migration.Step] {
        events.enumerated().map { index, event in
            Migration.Step(event: event, awaited: index < awaited.count ? awaited[index] : nil)
        }
    }
}
