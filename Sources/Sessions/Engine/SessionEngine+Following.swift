public import Dialogue

extension SessionEngine {
    /// Where a session stands, looked up in the store.
    public struct View: Sendable {
        /// The session with its events.
        public var record: SessionRecord
        /// The flow that it goes through.
        public var flow: Flow
        /// The state that its events fold into.
        public var state: State
        /// What it waits for.
        public var rest: SessionRest
    }

    /// Looks a session up.
    ///
    /// One that belongs to an earlier version of its flow is shown as it would be in this one. Only its next turn carries
    /// it over, so that no reply is taken for the answer to a question that its user has not seen.
    ///
    /// - Throws: ``SessionEngineError``; ``SessionStoreError`` where the store fails.
    /// - Complexity: As much as all its turns took.
    public func view(of session: String, owner: String) async throws -> View {
        guard var record = try await store.load(session), record.owner == owner else {
            throw SessionEngineError.unknownSession(session)
        }
        if let flow = catalog.flow(withDigest: record.digest) {
            let seat = Seat(record, flow: flow, state: flow.fold(record.events))
            seats.keep(seat)
            return View(record: record, flow: flow, state: seat.state, rest: seat.rest)
        }
        guard let flow = catalog.flow(named: record.flow, entry: record.entry) else {
            throw SessionEngineError.flowChanged(session, record.flow)
        }
        let migration = flow.migrate(record.steps)
        record.base = record.position
        record.events = migration.steps.map(\.event)
        record.awaited = migration.steps.map(\.awaited)
        let seat = Seat(record, flow: flow, state: migration.state)
        return View(record: record, flow: flow, state: migration.state, rest: seat.rest)
    }

    /// What a session waits for, as far as this engine remembers it.
    ///
    /// - Throws: As ``view(of:owner:)``.
    public func rest(of session: String, owner: String) async throws -> SessionRest {
        if let seat = seats[session], seat.record.owner == owner { return seat.rest }
        return try await view(of: session, owner: owner).rest
    }

    /// The messages of a session after a number, in their order.
    ///
    /// - Throws: ``SessionEngineError``; ``SessionStoreError`` where the store fails.
    public func messages(
        of session: String,
        owner: String,
        after number: Int,
        limit: Int = .max
    ) async throws -> [StoredMessage] {
        try await check(session, owner: owner)
        return try await store.messages(of: session, after: number, limit: limit)
    }

    /// What happened in a session from a position on, in earlier versions of its flow too.
    ///
    /// - Throws: ``SessionEngineError``; ``SessionStoreError`` where the store fails.
    public func history(of session: String, owner: String, from position: Int) async throws -> [StoredEvent] {
        try await check(session, owner: owner)
        return try await store.history(of: session, from: position)
    }

    /// Tells when there may be something new in a session, until the stream is dropped.
    ///
    /// It tells so at the beginning, at once of turns that this engine takes, and every ``Settings/sweep`` in case that another engine took
    /// one. Several tellings that come close together are one. After the last one, when the session was removed here, the
    /// stream ends.
    public func news(of session: String) -> AsyncStream<Void> { signals.follow(session) }

    /// Tells when there may be messages to deliver to a channel, until the stream is dropped: as ``news(of:)`` does, for
    /// all the channel's sessions.
    public func deliveries(to channel: String) -> AsyncStream<Void> { signals.follow(Self.outbox(of: channel)) }

    /// What a channel's deliveries are called among the signals; no session has such a name.
    static func outbox(of channel: String) -> String { "\u{0}outbox/" + channel }

    /// Whether a delivery was taken in a session before.
    ///
    /// - Throws: ``SessionStoreError`` where the store fails.
    public func hasTaken(delivery: String, in session: String) async throws -> Bool {
        try await store.position(ofDelivery: Self.key(ofDelivery: delivery), in: session) != nil
    }

    /// The flow that new sessions of a name go through; `nil` where there is none.
    public func flow(named name: String, entry: String? = nil) -> Flow? { catalog.flow(named: name, entry: entry) }

    /// The names of a user's sessions, the one that went on last first.
    public func sessions(of owner: String) async throws -> [String] { try await store.list(owner: owner) }

    /// Removes a session and all that is kept of it.
    ///
    /// - Throws: ``SessionEngineError``; ``SessionStoreError`` where the store fails.
    public func remove(_ session: String, owner: String) async throws {
        try await check(session, owner: owner)
        try await store.delete(session)
        forget(session)
    }

    /// Removes all sessions of a user and all that is kept of them.
    ///
    /// - Returns: How many there were.
    public func removeAll(of owner: String) async throws -> Int {
        let sessions = try await store.deleteAll(of: owner)
        for session in sessions { forget(session) }
        return sessions.count
    }

    /// Removes the sessions that got no event for so long and wait for no action.
    ///
    /// - Returns: How many there were.
    public func expire(after age: Duration) async throws -> Int {
        let sessions = try await store.expire(before: clock.now() - age.milliseconds)
        for session in sessions { forget(session) }
        return sessions.count
    }

    /// Lets go of all that is kept of a session outside of the store.
    private func forget(_ session: String) {
        seats.drop(session)
        signals.end(session)
        removed(session)
    }

    /// Makes sure that a session is there and is the owner's.
    ///
    /// - Throws: ``SessionEngineError`` with `unknownSession`; ``SessionStoreError`` where the store fails.
    public func check(_ session: String, owner: String) async throws {
        // A session changes its owner never, so an old copy will do; one that was removed has no messages.
        if seats[session]?.record.owner == owner { return }
        guard try await store.load(session)?.owner == owner else { throw SessionEngineError.unknownSession(session) }
    }
}

extension Seat {
    /// What the session waits for.
    fileprivate var rest: SessionRest {
        switch state.situation.pending {
        case .action: .working
        case .ended(let outcome): .ended(.completed(outcome: outcome))
        case .nothing, .reply, .broken: .waiting
        }
    }
}
