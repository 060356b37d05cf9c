import Dialogue
import Sessions

/// A store that fails when told to.
actor FailingStore: SessionStore {
    private let store = MemorySessionStore()
    private var failures = 0

    func failNext(_ count: Int) { failures = count }

    func create(_ session: SessionRecord) async throws { try await store.create(session) }
    func commit(_ turn: TurnRecord) async throws -> CommitOutcome {
        if failures > 0 {
            failures -= 1
            throw SessionStoreError(.unwritable, "the disk is full")
        }
        return try await store.commit(turn)
    }
    func history(of session: String, from position: Int) async throws -> [StoredEvent] {
        await store.history(of: session, from: position)
    }
    func migrate(_ migration: MigrationRecord) async throws -> Int { try await store.migrate(migration) }
    func announce(_ digests: [String], at time: Int64) async throws { await store.announce(digests, at: time) }
    func announcement(of digest: String) async throws -> FlowAnnouncement? { await store.announcement(of: digest) }
    func load(_ session: String) async throws -> SessionRecord? { await store.load(session) }
    func messages(of session: String, after number: Int, limit: Int) async throws -> [StoredMessage] {
        await store.messages(of: session, after: number, limit: limit)
    }
    func position(ofDelivery key: String, in session: String) async throws -> Int? {
        await store.position(ofDelivery: key, in: session)
    }
    func list(owner: String?) async throws -> [String] { await store.list(owner: owner) }
    func delete(_ session: String) async throws { await store.delete(session) }
    func deleteAll(of owner: String) async throws -> [String] { await store.deleteAll(of: owner) }
    func expire(before time: Int64) async throws -> [String] { await store.expire(before: time) }
    func claimAction(of session: String, by worker: String, now: Int64, until: Int64) async throws -> ActionCall? {
        await store.claimAction(of: session, by: worker, now: now, until: until)
    }
    func sessionsWithUnclaimedActions(now: Int64, limit: Int) async throws -> [String] {
        await store.sessionsWithUnclaimedActions(now: now, limit: limit)
    }
    func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) async throws -> [OutboxEntry] {
        await store.claimOutbox(channel: channel, by: worker, now: now, until: until, limit: limit)
    }
    func markDelivered(_ session: String, upTo number: Int) async throws {
        await store.markDelivered(session, upTo: number)
    }
}
