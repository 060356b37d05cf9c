public import Dialogue

/// A place where sessions live: everything that an engine needs of it.
///
/// A turn is stored whole or not at all, and only once: its position says which events came before it, and its delivery
/// key is unique in its session. So two machines that take the same turn, or two turns at the same time, cannot both
/// succeed, and a delivery that is repeated after a crash is told apart from a new one.
///
/// Times are milliseconds since 1970 and are given by the caller: a store has no clock.
public protocol SessionStore: SessionLog, SessionDirectory, FlowVersions, ActionLeases, Outbox {}

/// The events and messages of sessions.
public protocol SessionLog: Sendable {
    /// Makes a session, with the events that it comes with.
    ///
    /// - Throws: ``SessionStoreError`` with `exists` where there is one of that name.
    func create(_ session: SessionRecord) async throws

    /// Stores a turn: its events, its messages, what it waits for. When this returns, it is on disk.
    ///
    /// - Returns: Whether it was stored, or its delivery key had been stored before.
    /// - Throws: ``SessionStoreError`` with `conflict` where the session has another number of events, `notFound` where
    ///   there is no such session, `unwritable` where it could not be stored.
    func commit(_ turn: TurnRecord) async throws -> CommitOutcome

    /// Carries a session over into a flow that has changed since, if it has the old digest and number of events.
    ///
    /// - Returns: How many messages it has now.
    /// - Throws: As ``commit(_:)``.
    func migrate(_ migration: MigrationRecord) async throws -> Int

    /// A session with its events, or `nil` where there is none of that name.
    func load(_ session: String) async throws -> SessionRecord?

    /// What happened in a session from a position on, in earlier versions of its flow too; none where there is no such
    /// session.
    ///
    /// Events that were carried over happened before, and are not among them a second time.
    func history(of session: String, from position: Int) async throws -> [StoredEvent]

    /// The messages of a session in their order.
    ///
    /// - Parameters:
    ///   - session: The session's name; one that is not there has no messages.
    ///   - number: The number of the message after which to begin; 0 for all.
    ///   - limit: How many at most.
    /// - Returns: The messages, the first one first.
    /// - Throws: ``SessionStoreError`` with `unreadable`.
    func messages(of session: String, after number: Int, limit: Int) async throws -> [StoredMessage]

    /// The position of the event that a delivery brought, or `nil` where its key is not known.
    func position(ofDelivery key: String, in session: String) async throws -> Int?
}

/// The sessions that there are, and whose they are.
public protocol SessionDirectory: Sendable {
    /// The names of sessions, the one that last got an event first.
    ///
    /// - Parameter owner: Whose; `nil` for everybody's.
    /// - Returns: The names.
    /// - Throws: ``SessionStoreError`` with `unreadable`.
    func list(owner: String?) async throws -> [String]

    /// Removes a session and all that is kept of it; does nothing where there is none.
    func delete(_ session: String) async throws

    /// Removes all sessions of an owner.
    ///
    /// - Returns: Their names.
    func deleteAll(of owner: String) async throws -> [String]

    /// Removes the sessions that got no event since a time and wait for no action.
    ///
    /// Those whose time nobody knows stay.
    ///
    /// - Returns: Their names.
    func expire(before time: Int64) async throws -> [String]
}

/// The versions of flows that are run by the processes that share a store.
public protocol FlowVersions: Sendable {
    /// Says that versions of flows are run at a time.
    func announce(_ digests: [String], at time: Int64) async throws

    /// When a version of a flow was run, or `nil` where nobody has said so.
    func announcement(of digest: String) async throws -> FlowAnnouncement?
}

/// Claims of actions, so that one worker at a time runs the action of a session.
public protocol ActionLeases: Sendable {
    /// Takes the action that a session waits for, so that no other worker runs it until the lease ends.
    ///
    /// A worker that has it already takes it again, which makes the lease longer.
    ///
    /// - Returns: The action, or `nil` where there is none or somebody else has it.
    func claimAction(of session: String, by worker: String, now: Int64, until: Int64) async throws -> ActionCall?

    /// Sessions whose action nobody has, or whose lease has ended: what a crash left behind. The oldest first.
    func sessionsWithUnclaimedActions(now: Int64, limit: Int) async throws -> [String]
}

/// Messages on their way to channels.
public protocol Outbox: Sendable {
    /// Takes messages to deliver, so that no other worker delivers them until the lease ends.
    ///
    /// Of each session only the first messages that are not delivered are given, and none while another worker has some
    /// of it: so they arrive in order.
    func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) async throws
        -> [OutboxEntry]

    /// Marks messages of a session as delivered, up to a number.
    ///
    /// Where nothing is left to deliver, the session's lease ends, so that any worker delivers what comes next.
    func markDelivered(_ session: String, upTo number: Int) async throws
}

extension SessionDirectory {
    /// The names of all sessions, the one that last got an event first.
    public func list() async throws -> [String] { try await list(owner: nil) }
}

extension SessionLog {
    /// Adds one event to a session, for callers that keep nothing else of a turn.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - awaited: What the session waited for, in the words of `Flow.awaited(in:)`; needed only after a change of the
    ///     flow.
    ///   - session: The session's name.
    ///   - position: How many events it has before this one.
    /// - Throws: As ``commit(_:)``.
    public func append(
        _ event: Event,
        answering awaited: String? = nil,
        to session: String,
        at position: Int
    ) async throws {
        _ = try await commit(TurnRecord(session: session, position: position, event: event, awaited: awaited))
    }
}
