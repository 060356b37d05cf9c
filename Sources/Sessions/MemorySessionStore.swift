public import Dialogue

/// Sessions in memory, for tests and for conversations that nobody comes back to.
public actor MemorySessionStore: SessionStore {
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

        mutating func add(_ turn: TurnRecord, touched: Int) {
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

    private var sessions: [String: Session] = [:]
    private var touches = 0
    private var announcements: [String: FlowAnnouncement] = [:]

    /// An empty store.
    public init() {}

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) throws {
        guard sessions[session.id] == nil else { throw SessionStoreError.exists(session.id) }
        touches += 1
        sessions[session.id] = Session(record: session, touched: touches, time: session.time)
    }

    /// Stores a turn, if it is the next one.
    public func commit(_ turn: TurnRecord) throws -> CommitOutcome {
        guard sessions[turn.session] != nil else { throw SessionStoreError.notFound(turn.session) }
        if let position = try sessions[turn.session]?.position(ofKnown: turn) { return .repeated(position: position) }
        touches += 1
        // In place: a copy would take as long as the session is.
        sessions[turn.session]?.add(turn, touched: touches)
        return .stored(messages: sessions[turn.session]?.messages.count ?? 0)
    }

    /// Carries a session over into a flow that has changed since.
    public func migrate(_ migration: MigrationRecord) throws -> Int {
        guard let session = sessions[migration.session] else { throw SessionStoreError.notFound(migration.session) }
        let record = session.record
        guard record.digest == migration.oldDigest, record.position == migration.position,
            record.time == migration.made
        else { throw SessionStoreError.conflict(migration.session) }
        touches += 1
        sessions[migration.session]?.move(migration, touched: touches)
        return sessions[migration.session]?.messages.count ?? 0
    }

    /// Says that versions of flows are run at a time.
    public func announce(_ digests: [String], at time: Int64) {
        for digest in digests {
            let known = announcements[digest] ?? FlowAnnouncement(first: time, last: time)
            announcements[digest] = FlowAnnouncement(first: known.first, last: max(known.last, time))
        }
    }

    /// When a version of a flow was run.
    public func announcement(of digest: String) -> FlowAnnouncement? { announcements[digest] }

    /// A session with its events, or `nil`.
    public func load(_ session: String) -> SessionRecord? { sessions[session]?.record }

    /// What happened in a session from a position on.
    public func history(of session: String, from position: Int) -> [StoredEvent] {
        sessions[session]?.history.filter { $0.position >= position } ?? []
    }

    /// The messages of a session after a number.
    public func messages(of session: String, after number: Int, limit: Int) -> [StoredMessage] {
        Array((sessions[session]?.messages ?? []).dropFirst(max(0, number)).prefix(max(0, limit)))
    }

    /// The position of the event that a delivery brought.
    public func position(ofDelivery key: String, in session: String) -> Int? { sessions[session]?.deliveries[key] }

    /// The names of sessions, the one that went on last first.
    public func list(owner: String?) -> [String] {
        sessions.values.filter { owner == nil || $0.record.owner == owner }
            .sorted { $0.touched > $1.touched }.map(\.record.id)
    }

    /// Removes a session.
    public func delete(_ session: String) { sessions[session] = nil }

    /// Removes all sessions of an owner.
    public func deleteAll(of owner: String) -> [String] { removeAll { $0.record.owner == owner } }

    /// Removes what is old and waits for no action.
    public func expire(before time: Int64) -> [String] {
        removeAll { $0.time > 0 && $0.time < time && $0.action == nil }
    }

    private func removeAll(where isOver: (Session) -> Bool) -> [String] {
        let over = sessions.filter { isOver($0.value) }.keys.sorted()
        for session in over { sessions[session] = nil }
        return over
    }

    /// Takes the action that a session waits for.
    public func claimAction(of session: String, by worker: String, now: Int64, until: Int64) -> ActionCall? {
        guard let call = sessions[session]?.action,
            sessions[session]?.actionLease?.isHeld(byOtherThan: worker, at: now) != true
        else { return nil }
        sessions[session]?.actionLease = Lease(worker: worker, until: until)
        return call
    }

    /// Sessions whose action nobody has.
    public func sessionsWithUnclaimedActions(now: Int64, limit: Int) -> [String] {
        sessions.values.filter { $0.action != nil && $0.actionLease.map { Claim.isOver($0.until, at: now) } != false }
            .sorted { $0.touched < $1.touched }.prefix(max(0, limit)).map(\.record.id)
    }

    /// Takes messages to deliver.
    public func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) -> [OutboxEntry] {
        var entries: [OutboxEntry] = []
        let waiting = sessions.values.filter {
            $0.record.channel == channel && $0.delivered < $0.messages.count
                && $0.outboxLease?.isHeld(byOtherThan: worker, at: now) != true
        }
        for session in waiting.sorted(by: { $0.touched < $1.touched }) where entries.count < limit {
            let address = session.record.address ?? ""
            entries += session.messages.dropFirst(session.delivered).prefix(limit - entries.count).map {
                OutboxEntry(session: session.record.id, address: address, message: $0)
            }
            sessions[session.record.id]?.outboxLease = Lease(worker: worker, until: until)
        }
        return entries
    }

    /// Marks messages as delivered.
    public func markDelivered(_ session: String, upTo number: Int) {
        guard let known = sessions[session] else { return }
        sessions[session]?.delivered = max(known.delivered, min(number, known.messages.count))
        if number >= known.messages.count { sessions[session]?.outboxLease = nil }
    }
}
