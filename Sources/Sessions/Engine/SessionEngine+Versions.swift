internal import Dialogue

extension SessionEngine {
    /// How often an engine says which versions of flows it runs, in milliseconds.
    static let announcementInterval: Int64 = 30_000
    /// After how long without a word a version counts as no longer run.
    private static let announcementLifetime: Int64 = 90_000

    /// What a delivery finds.
    enum Place {
        /// The session, in the flow as it is now.
        case seat(Seat, record: SessionRecord)
        /// Its answer: it was taken before, or the session had to be carried over first.
        case answer(Answer)
    }

    /// Looks a session up in the store; where it belongs to an earlier version of its flow, it is carried over first.
    ///
    /// A reply to a question of the earlier version is not taken as one to a question of this version: what became of the
    /// session is its answer.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - owner: Whose it must be; `nil` for anybody's.
    ///   - isTurn: Whether a turn is to be taken; else the session is found, whatever it takes.
    ///   - delivery: What identifies the delivery that is to be taken; `nil` where nothing does.
    /// - Returns: The session, or the answer to the delivery.
    /// - Throws: ``SessionEngineError``; ``SessionStoreError`` where the store fails.
    func place(
        _ session: String,
        owner: String?,
        isTurn: Bool,
        delivery: String? = nil
    ) async throws -> Place {
        for _ in 0..<Self.attempts {
            guard let record = try await store.load(session), owner == nil || record.owner == owner else {
                throw SessionEngineError.unknownSession(session)
            }
            if let flow = catalog.flow(withDigest: record.digest) {
                let seat = Seat(record, flow: flow, state: flow.fold(record.events))
                seats.keep(seat)
                return .seat(seat, record: record)
            }
            // Somebody whose turn was taken before must not miss what becomes of the session.
            if let delivery, let position = try await store.position(ofDelivery: delivery, in: session) {
                return .answer(try await earlierAnswer(session, from: position))
            }
            do {
                let answer = try await migrate(record, answering: delivery)
                if isTurn, let answer { return .answer(answer) }
            } catch let error as SessionStoreError where error.code == .conflict {
                // Somebody else was quicker; what the session is now is looked up again.
            }
        }
        throw SessionEngineError.busy(session)
    }

    /// A session in the flow as it is now.
    func load(_ session: String, owner: String?) async throws -> (record: SessionRecord, seat: Seat) {
        guard case .seat(let seat, let record) = try await place(session, owner: owner, isTurn: false) else {
            throw SessionEngineError.busy(session)
        }
        return (record, seat)
    }

    /// The answer that a delivery got in an earlier version of the flow, whose states are not known here.
    func earlierAnswer(_ session: String, from position: Int) async throws -> Answer {
        let later = try await store.history(of: session, from: position + 1)
        let actions = later.prefix { if case .actionFinished = $0.event.kind { true } else { false } }.count
        let messages = try await store.messages(of: session, after: 0, limit: .max)
        return Answer(
            session: session,
            position: position,
            messages: messages.filter { (position...position + actions).contains($0.position) },
            rest: .waiting,
            isRepeated: true
        )
    }

    /// Carries a session over into the flow as it is now.
    ///
    /// - Returns: What is said of it; `nil` where it had not begun.
    private func migrate(_ record: SessionRecord, answering delivery: String?) async throws -> Answer? {
        guard let flow = catalog.flow(named: record.flow, entry: record.entry) else {
            throw SessionEngineError.flowChanged(record.id, record.flow)
        }
        try await checkOrder(from: record, to: flow)
        let hasBegun = record.position > 0
        var steps: [Migration.Step] = []
        var message: Message?
        if hasBegun {
            let migration = flow.migrate(record.steps)
            steps = migration.steps
            // Of a session of which nothing fits, at least the beginning does.
            if steps.isEmpty {
                steps = [Migration.Step(event: .started(hints: [:]), awaited: flow.awaited(in: flow.initialState))]
            }
            message = migration.message
        }
        let resumed = flow.resume(flow.fold(steps.map(\.event)))
        let messages = message.map { [$0] + resumed.messages } ?? []
        let move = MigrationRecord(
            of: record,
            digest: flow.digest,
            steps: steps,
            messages: messages,
            call: hasBegun ? resumed.state.openCall : nil,
            delivery: hasBegun ? delivery : nil,
            time: clock.now()
        )
        let count = try await store.migrate(move)
        signals.send(record.id)
        if let channel = record.channel, hasBegun { signals.send(Self.outbox(of: channel)) }
        guard hasBegun else { return nil }
        return Answer(
            session: record.id,
            position: move.lastPosition,
            messages: messages.stored(asLastOf: count, at: move.lastPosition),
            rest: SessionRest(resumed),
            isRepeated: false
        )
    }

    /// Makes sure that sessions go to the later of two versions while both are run, and never to and fro.
    private func checkOrder(from record: SessionRecord, to flow: Flow) async throws {
        let now = clock.now()
        try await store.announce(catalog.digests, at: now)
        guard let other = try await store.announcement(of: record.digest),
            let own = try await store.announcement(of: flow.digest)
        else { return }
        let isRun = other.last + Self.announcementLifetime > now
        if isRun, (other.first, record.digest) > (own.first, flow.digest) {
            throw SessionEngineError(
                .newerFlow,
                "the session '\(record.id)' has gone on in a newer version of the flow '\(record.flow)', which other"
                    + " processes run; send it again"
            )
        }
    }
}
