public import Dialogue
internal import Synchronization

/// Sessions in memory, for tests and for conversations that nobody comes back to.
///
/// Nothing in it waits, so it is a lock and no actor: a caller goes on where it is.
public final class MemorySessionStore: SessionStore {
    private let contents = Mutex(Contents())

    /// An empty store.
    public init() {}

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) async throws { try contents.withLock { try $0.create(session) } }

    /// Stores a turn, if it is the next one.
    public func commit(_ turn: TurnRecord) async throws -> CommitOutcome {
        try contents.withLock { try $0.commit(turn) }
    }

    /// Carries a session over into a flow that has changed since.
    public func migrate(_ migration: MigrationRecord) async throws -> Int {
        try contents.withLock { try $0.migrate(migration) }
    }

    /// Says that versions of flows are run at a time.
    public func announce(_ digests: [String], at time: Int64) async {
        contents.withLock { contents in
            for digest in digests {
                let known = contents.announcements[digest] ?? FlowAnnouncement(first: time, last: time)
                let last = max(known.last, time)
                contents.announcements[digest] = FlowAnnouncement(first: known.first, last: last)
            }
        }
    }

    /// When a version of a flow was run.
    public func announcement(of digest: String) async -> FlowAnnouncement? {
        contents.withLock { $0.announcements[digest] }
    }

    /// A session with its events, or `nil`.
    public func load(_ session: String) async -> SessionRecord? { contents.withLock { $0.sessions[session]?.record } }

    /// What happened in a session from a position on.
    public func history(of session: String, from position: Int) async -> [StoredEvent] {
        contents.withLock { $0.sessions[session]?.history.filter { $0.position >= position } ?? [] }
    }

    /// The messages of a session after a number.
    public func messages(of session: String, after number: Int, limit: Int) async -> [StoredMessage] {
        contents.withLock { contents in
            Array((contents.sessions[session]?.messages ?? []).dropFirst(max(0, number)).prefix(max(0, limit)))
        }
    }

    /// The position of the event that a delivery brought.
    public func position(ofDelivery key: String, in session: String) async -> Int? {
        contents.withLock { $0.sessions[session]?.deliveries[key] }
    }

    /// The names of sessions, the one that went on last first.
    public func list(owner: String?) async -> [String] {
        contents.withLock { contents in
            contents.sessions.values.filter { owner == nil || $0.record.owner == owner }
                .sorted { $0.touched > $1.touched }.map(\.record.id)
        }
    }

    /// Removes a session.
    public func delete(_ session: String) async { contents.withLock { $0.sessions[session] = nil } }

    /// Removes all sessions of an owner.
    public func deleteAll(of owner: String) async -> [String] {
        contents.withLock { $0.removeAll { $0.record.owner == owner } }
    }

    /// Removes what is old and waits for no action.
    public func expire(before time: Int64) async -> [String] {
        contents.withLock { $0.removeAll { $0.time > 0 && $0.time < time && $0.action == nil } }
    }

    /// Takes the action that a session waits for.
    public func claimAction(of session: String, by worker: String, now: Int64, until: Int64) async -> ActionCall? {
        contents.withLock { contents in
            guard let call = contents.sessions[session]?.action,
                contents.sessions[session]?.actionLease?.isHeld(byOtherThan: worker, at: now) != true
            else { return nil }
            contents.sessions[session]?.actionLease = Lease(worker: worker, until: until)
            return call
        }
    }

    /// Sessions whose action nobody has.
    public func sessionsWithUnclaimedActions(now: Int64, limit: Int) async -> [String] {
        contents.withLock { contents in
            contents.sessions.values
                .filter { $0.action != nil && $0.actionLease.map { Claim.isOver($0.until, at: now) } != false }
                .sorted { $0.touched < $1.touched }.prefix(max(0, limit)).map(\.record.id)
        }
    }

    /// Takes messages to deliver.
    public func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) async -> [OutboxEntry] {
        contents.withLock {
            $0.claimOutbox(of: channel, lease: Lease(worker: worker, until: until), now: now, limit: limit)
        }
    }

    /// Marks messages as delivered.
    public func markDelivered(_ session: String, upTo number: Int) async {
        contents.withLock { contents in
            guard let known = contents.sessions[session] else { return }
            contents.sessions[session]?.delivered = max(known.delivered, min(number, known.messages.count))
            if number >= known.messages.count { contents.sessions[session]?.outboxLease = nil }
        }
    }
}

extension MemorySessionStore {
    private struct Session {
        var record: SessionRecord
        /// What happened in earlier versions of the flow.
        var earlier: [StoredEvent] = []
        /// How many events were carried over from those.
        var carried = 0
        var messages: [StoredMessage] = []
        var deliveries: [String: Int] = [:]
        var action: ActionCall?
        var actionLease: Lease?
        var delivered = 0
        var outboxLease: Lease?
        var touched: Int
        var time: Int64

        /// What happened in all versions of the flow.
        var history: [StoredEvent] {
            earlier
                + record.events.indices.dropFirst(carried).map {
                    StoredEvent(position: record.base + $0, event: record.events[$0])
                }
        }

        /// The position of a turn that was stored before; `nil` where it is the next one.
        func position(ofKnown turn: TurnRecord) throws -> Int? {
            if let key = turn.delivery, let position = deliveries[key] { return position }
            guard record.position == turn.position, turn.made == nil || turn.made == record.time else {
                throw SessionStoreError.conflict(turn.session)
            }
            return nil
        }

        mutating func take(_ turn: TurnRecord, touched: Int) throws -> CommitOutcome {
            if let position = try position(ofKnown: turn) { return .repeated(position: position) }
            add(turn, touched: touched)
            return .stored(messages: messages.count)
        }

        private mutating func add(_ turn: TurnRecord, touched: Int) {
            while record.awaited.count < record.events.count { record.awaited.append(nil) }
            record.awaited.append(turn.awaited)
            record.events.append(turn.event)
            for message in turn.messages {
                messages.append(
                    StoredMessage(number: messages.count + 1, position: turn.position, message: message)
                )
            }
            if let key = turn.delivery { deliveries[key] = turn.position }
            if action != turn.call { actionLease = nil }
            action = turn.call
            time = max(time, turn.time)
            self.touched = touched
        }

        mutating func move(_ migration: MigrationRecord, touched: Int) {
            earlier = history
            carried = migration.steps.count
            record.digest = migration.digest
            record.base = migration.position
            record.events = migration.steps.map(\.event)
            record.awaited = migration.steps.map(\.awaited)
            for message in migration.messages {
                messages.append(
                    StoredMessage(number: messages.count + 1, position: migration.lastPosition, message: message)
                )
            }
            if let key = migration.delivery { deliveries[key] = migration.lastPosition }
            action = migration.call
            actionLease = nil
            time = max(time, migration.time)
            self.touched = touched
        }
    }

    private struct Lease {
        var worker: String
        var until: Int64

        func isHeld(byOtherThan other: String, at now: Int64) -> Bool {
            worker != other && !Claim.isOver(until, at: now)
        }
    }

    /// What is kept.
    private struct Contents {
        var sessions: [String: Session] = [:]
        var touches = 0
        var announcements: [String: FlowAnnouncement] = [:]

        mutating func create(_ session: SessionRecord) throws {
            guard sessions[session.id] == nil else { throw SessionStoreError.exists(session.id) }
            touches += 1
            sessions[session.id] = Session(record: session, touched: touches, time: session.time)
        }

        mutating func commit(_ turn: TurnRecord) throws -> CommitOutcome {
            guard let index = sessions.index(forKey: turn.session) else {
                throw SessionStoreError.notFound(turn.session)
            }
            touches += 1
            // In place: a copy would take as long as the session is.
            return try sessions.values[index].take(turn, touched: touches)
        }

        mutating func migrate(_ migration: MigrationRecord) throws -> Int {
            guard let index = sessions.index(forKey: migration.session) else {
                throw SessionStoreError.notFound(migration.session)
            }
            let record = sessions.values[index].record
            guard record.digest == migration.oldDigest, record.position == migration.position,
                record.time == migration.made
            else { throw SessionStoreError.conflict(migration.session) }
            touches += 1
            sessions.values[index].move(migration, touched: touches)
            return sessions.values[index].messages.count
        }

        mutating func removeAll(where isOver: (Session) -> Bool) -> [String] {
            let over = sessions.filter { isOver($0.value) }.keys.sorted()
            for session in over { sessions[session] = nil }
            return over
        }

        mutating func claimOutbox(of channel: String, lease: Lease, now: Int64, limit: Int) -> [OutboxEntry] {
            var entries: [OutboxEntry] = []
            let waiting = sessions.values.filter {
                $0.record.channel == channel && $0.delivered < $0.messages.count
                    && $0.outboxLease?.isHeld(byOtherThan: lease.worker, at: now) != true
            }
            for session in waiting.sorted(by: { $0.touched < $1.touched }) where entries.count < limit {
                let address = session.record.address ?? ""
                entries += session.messages.dropFirst(session.delivered).prefix(limit - entries.count).map {
                    OutboxEntry(session: session.record.id, address: address, message: $0)
                }
                sessions[session.record.id]?.outboxLease = lease
            }
            return entries
        }
    }
}
