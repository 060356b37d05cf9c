public import Dialogue
public import Sessions

/// A store in memory that fails when told to.
public actor FailingStore: SessionStore {
    private let store = MemorySessionStore()
    private var failures = 0

    /// Makes a store that does not fail yet.
    public init() {}

    /// Makes so many of what is to be stored next fail.
    public func failNext(_ count: Int) { failures = count }

    private func fail() throws {
        guard failures > 0 else { return }
        failures -= 1
        throw SessionStoreError(.unwritable, "the disk is full")
    }

    /// Makes a session, or fails.
    public func create(_ session: SessionRecord) async throws {
        try fail()
        try await store.create(session)
    }
    /// Stores a turn, or fails.
    public func commit(_ turn: TurnRecord) async throws -> CommitOutcome {
        try fail()
        return try await store.commit(turn)
    }
    /// As the store in memory.
    public func history(of session: String, from position: Int) async throws -> [StoredEvent] {
        await store.history(of: session, from: position)
    }
    /// As the store in memory.
    public func migrate(_ migration: MigrationRecord) async throws -> Int { try await store.migrate(migration) }
    /// As the store in memory.
    public func announce(_ digests: [String], at time: Int64) async throws { await store.announce(digests, at: time) }
    /// As the store in memory.
    public func announcement(of digest: String) async throws -> FlowAnnouncement? {
        await store.announcement(of: digest)
    }
    /// As the store in memory.
    public func load(_ session: String) async -> SessionRecord? { await store.load(session) }
    /// As the store in memory.
    public func messages(of session: String, after number: Int, limit: Int) async throws -> [StoredMessage] {
        await store.messages(of: session, after: number, limit: limit)
    }
    /// As the store in memory.
    public func position(ofDelivery key: String, in session: String) async throws -> Int? {
        await store.position(ofDelivery: key, in: session)
    }
    /// As the store in memory.
    public func list(owner: String?) async -> [String] { await store.list(owner: owner) }
    /// As the store in memory.
    public func delete(_ session: String) async { await store.delete(session) }
    /// As the store in memory.
    public func deleteAll(of owner: String) async throws -> [String] { await store.deleteAll(of: owner) }
    /// As the store in memory.
    public func expire(before time: Int64) async throws -> [String] { await store.expire(before: time) }
    /// As the store in memory.
    public func claimAction(of session: String, by worker: String, now: Int64, until: Int64) async throws -> ActionCall?
    {
        await store.claimAction(of: session, by: worker, now: now, until: until)
    }
    /// As the store in memory.
    public func sessionsWithUnclaimedActions(now: Int64, limit: Int) async throws -> [String] {
        await store.sessionsWithUnclaimedActions(now: now, limit: limit)
    }
    /// As the store in memory.
    public func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) async -> [OutboxEntry] {
        await store.claimOutbox(channel: channel, by: worker, now: now, until: until, limit: limit)
    }
    /// As the store in memory.
    public func markDelivered(_ session: String, upTo number: Int) async throws {
        await store.markDelivered(session, upTo: number)
    }
}
