public import Dialogue
public import Intents
internal import Tracing

/// Takes turns of many sessions, beside other engines on other machines that share its store.
///
/// A turn is exactly once. What it came to is computed from the session's events, and stored together with the event on
/// the condition that no other event came before it; a delivery key makes a repeated delivery the first answer again.
/// Effects come after that: messages are in the store to be fetched or delivered, and the action that a turn asks for is
/// a claim in the store, so it is run by one engine at a time and taken over when that engine dies.
///
/// Call ``run()`` for as long as the engine is used: it takes over what others left behind.
public final class SessionEngine: Sendable {
    /// What may be set.
    public struct Settings: Sendable {
        /// What this engine is called among those that share its store; unique.
        public var worker: String
        /// How long an answer waits for the action that its turn asked for.
        public var patience: Duration
        /// How long an action is this engine's without a sign of life.
        public var lease: Duration
        /// How often it looks for actions that others left behind.
        public var sweep: Duration
        /// How many sessions are kept in memory; others are folded from their events again.
        public var cacheLimit: Int

        /// Makes settings.
        public init(
            worker: String,
            patience: Duration = .seconds(10),
            lease: Duration = .seconds(30),
            sweep: Duration = .seconds(5),
            cacheLimit: Int = 10_000
        ) {
            self.worker = worker
            self.patience = patience
            self.lease = lease
            self.sweep = sweep
            self.cacheLimit = cacheLimit
        }
    }

    let settings: Settings
    let store: any SessionStore
    let clock: SessionClock
    let signals = SessionSignals()
    let catalog: FlowCatalog
    let seats: SeatCache
    let runner: @Sendable (SessionRecord) -> any ActionRunner
    let removed: @Sendable (String) -> Void
    let observer: (any EngineObserver)?
    let desk = ActionDesk()
    private let isTraced = InstrumentationSystem.isRecording

    /// How often a turn is tried anew where others were quicker.
    static let attempts = 16

    /// Makes an engine.
    ///
    /// - Parameters:
    ///   - catalog: The flows.
    ///   - store: Where sessions live.
    ///   - settings: Its name and limits.
    ///   - clock: The time.
    ///   - observer: Told what the engine does.
    ///   - removed: Told of each session that this engine removed, to remove what actions have kept of it elsewhere.
    ///   - runner: Who runs a session's actions.
    public init(
        catalog: FlowCatalog,
        store: any SessionStore,
        settings: Settings,
        clock: SessionClock = .system,
        observer: (any EngineObserver)? = nil,
        removed: @escaping @Sendable (String) -> Void = { _ in },
        runner: @escaping @Sendable (SessionRecord) -> any ActionRunner
    ) {
        self.catalog = catalog
        self.store = store
        self.settings = settings
        self.clock = clock
        self.runner = runner
        self.removed = removed
        self.observer = observer
        seats = SeatCache(limit: settings.cacheLimit)
    }

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - id: Its name. Where there is one of that name and owner already, its first answer is given again.
    ///   - flow: The flow's folder.
    ///   - entry: The flow of the folder to go through; the main one where it is `nil`.
    ///   - owner: Whose it is.
    ///   - channel: Where its messages are delivered to; `nil` where they are asked for.
    ///   - address: The place in the channel.
    ///   - hints: What is known beforehand, by slot.
    ///   - patience: How long the answer waits for an action; ``Settings/patience`` where it is `nil`. With `.zero` it
    ///     comes as soon as the turn is stored, and the action goes on by itself.
    /// - Returns: What the bot says first.
    /// - Throws: ``SessionEngineError``, or ``SessionStoreError`` where the store fails.
    public func begin(
        _ id: String,
        flow: String,
        entry: String? = nil,
        owner: String,
        channel: String? = nil,
        address: String? = nil,
        hints: [String: Value] = [:],
        patience: Duration? = nil
    ) async throws -> Answer {
        guard let flow = catalog.flow(named: flow, entry: entry) else {
            throw SessionEngineError(.unknownFlow, "there is no flow '\(flow)'" + (entry.map { " with '\($0)'" } ?? ""))
        }
        let record = SessionRecord(
            id: id,
            flow: flow.name,
            entry: flow.flows[flow.entry].name,
            digest: flow.digest,
            owner: owner,
            channel: channel,
            address: address,
            time: clock.now()
        )
        do {
            try await store.create(record)
        } catch let error as SessionStoreError where error.code == .exists {
            guard try await seat(id, owner: owner).record.flow == flow.name else { throw error }
        }
        return try await take(id, owner: owner, delivery: Self.opening, patience: patience) { _, _ in
            .started(hints: hints)
        }
    }

    /// The delivery key of the event that begins a session; keys of callers have a mark before them.
    private static let opening = "begin"

    /// Takes what a user sent.
    ///
    /// - Parameters:
    ///   - bytes: Any bytes; what cannot be kept is refused, and nothing of it is stored.
    ///   - length: How many were sent, where only a part was kept.
    ///   - session: The session.
    ///   - owner: Who sent it; must be the session's owner.
    ///   - delivery: What identifies the delivery: when it is repeated, the first answer is given again. `nil` where
    ///     nothing can repeat it.
    ///   - count: How many events the session must have, where the reply answers one question and no other, such as a
    ///     press of a button; `nil` where it answers whatever is asked.
    ///   - patience: How long the answer waits for an action; ``Settings/patience`` where it is `nil`. With `.zero` it
    ///     comes as soon as the turn is stored, and the action goes on by itself.
    /// - Returns: What it came to: with what an action brought, if it ended within the patience.
    /// - Throws: ``SessionEngineError``; ``SessionStoreError`` where the store fails, then the reply was not taken.
    public func reply(
        _ bytes: [UInt8],
        length: Int? = nil,
        in session: String,
        by owner: String,
        delivery: String?,
        after count: Int? = nil,
        patience: Duration? = nil
    ) async throws -> Answer {
        let key = delivery.map(Self.key(ofDelivery:))
        return try await take(session, owner: owner, delivery: key, after: count, patience: patience) { flow, state in
            flow.admit(bytes, length: length, in: state)
        }
    }

    /// The key of a caller's delivery; those of the engine's own have other marks before them.
    static func key(ofDelivery delivery: String) -> String { "d:" + delivery }

    func seat(_ session: String, owner: String?) async throws -> Seat {
        if let seat = seats[session], owner == nil || seat.record.owner == owner { return seat }
        return try await load(session, owner: owner).seat
    }

    private func take(
        _ session: String,
        owner: String,
        delivery: String?,
        after count: Int? = nil,
        patience: Duration?,
        event: @Sendable (Flow, State) -> Event
    ) async throws -> Answer {
        let begin = ContinuousClock.now
        let patience = patience ?? settings.patience
        for _ in 0..<Self.attempts {
            var seat: Seat
            if let known = seats[session], known.record.owner == owner {
                seat = known
            } else {
                switch try await place(session, owner: owner, isTurn: true, delivery: delivery) {
                case .seat(let found, _): seat = found
                case .answer(let answer): return try await waited(answer, patience: patience)
                }
            }
            if let count, seat.count != count {
                if let delivery, let position = try await store.position(ofDelivery: delivery, in: session) {
                    return try await firstAnswer(session, owner: owner, from: position, patience: patience)
                }
                // What is remembered may be old.
                seats.drop(session)
                seat = try await self.seat(session, owner: owner)
                guard seat.count == count else { throw SessionEngineError.movedOn(session) }
            }
            let event = event(seat.flow, seat.state).at(clock.timestamp)
            let transition = seat.flow.advance(seat.state, on: event)
            do {
                switch try await commit(event, transition, of: seat, delivery: delivery) {
                case .repeated(let position):
                    observe(seat, nil, isRepeated: true, since: begin)
                    return try await firstAnswer(session, owner: owner, from: position, patience: patience)
                case .stored(let count):
                    observe(seat, transition.understanding, isRepeated: false, since: begin)
                    var answer = Answer(
                        session: session,
                        position: seat.count,
                        messages: transition.messages.stored(asLastOf: count, at: seat.count),
                        rest: SessionRest(transition),
                        isRepeated: false,
                        understanding: transition.understanding
                    )
                    // Who writes while an action runs is told so at once, and what it brings comes later.
                    if transition.call != nil {
                        try await wait(for: &answer, after: count, patience: patience)
                    }
                    return answer
                }
            } catch let error as SessionStoreError where error.code == .conflict {
                seats.drop(session)
            } catch let error as SessionStoreError where error.code == .notFound {
                seats.drop(session)
                throw SessionEngineError.unknownSession(session)
            }
        }
        throw SessionEngineError.busy(session)
    }

    private func waited(_ answer: Answer, patience: Duration) async throws -> Answer {
        var answer = answer
        if answer.rest == .working, let last = answer.messages.last {
            try await wait(for: &answer, after: last.number, patience: patience)
        }
        return answer
    }

    private func observe(
        _ seat: Seat,
        _ understanding: Understanding?,
        isRepeated: Bool,
        since begin: ContinuousClock.Instant
    ) {
        observer?.didTakeTurn(
            flow: seat.record.flow,
            understanding: understanding,
            isRepeated: isRepeated,
            time: .now - begin
        )
    }

    /// Stores an event with what it brought, and keeps the seat that results.
    func commit(
        _ event: Event,
        _ transition: Transition,
        of seat: Seat,
        delivery: String?
    ) async throws -> CommitOutcome {
        let turn = TurnRecord(
            session: seat.record.id,
            position: seat.count,
            event: event,
            awaited: seat.flow.awaited(in: seat.state),
            made: seat.record.time,
            messages: transition.messages,
            delivery: delivery,
            call: transition.call ?? transition.state.openCall,
            time: clock.now()
        )
        let outcome = try await store(turn, of: seat.record.flow)
        if case .stored = outcome {
            if let defect = transition.defect { observer?.didFindDefect("\(defect)", flow: seat.record.flow) }
            seats.keep(seat.followed(by: transition.state))
            signals.send(seat.record.id)
            if let channel = seat.record.channel, !transition.messages.isEmpty {
                signals.send(Self.outbox(of: channel))
            }
        }
        return outcome
    }

    private func store(_ turn: TurnRecord, of flow: String) async throws -> CommitOutcome {
        guard isTraced else { return try await store.commit(turn) }
        return try await withSpan("usher.commit") { span in
            span.attributes["usher.flow"] = flow
            return try await store.commit(turn)
        }
    }

    /// The answer that a delivery got, made again from the events: the same messages, the same rest.
    private func firstAnswer(
        _ session: String,
        owner: String,
        from position: Int,
        patience: Duration
    ) async throws -> Answer {
        let (record, seat) = try await load(session, owner: owner)
        guard position >= record.base else { return try await earlierAnswer(session, from: position) }
        let flow = seat.flow
        let all = try await store.messages(of: session, after: 0, limit: .max)
        let first = position - record.base
        let later = record.events[(first + 1)...].firstIndex {
            if case .actionFinished = $0.kind { false } else { true }
        }
        let turn = first..<(later ?? record.events.count)
        let positions = position..<(turn.upperBound + record.base)
        var last = flow.advance(flow.fold(record.events[..<first]), on: record.events[first])
        var understanding = last.understanding
        for event in record.events[turn].dropFirst() {
            last = flow.advance(last.state, on: event)
            understanding = understanding ?? last.understanding
        }
        var answer = Answer(
            session: session,
            position: position,
            messages: all.filter { positions.contains($0.position) },
            rest: SessionRest(last),
            isRepeated: true,
            understanding: understanding
        )
        // The connection of the first delivery may have been lost while its action ran.
        if last.call != nil, turn.upperBound == record.events.count {
            let number = all.count { $0.position < positions.upperBound }
            try await wait(for: &answer, after: number, patience: patience)
        }
        return answer
    }
}

extension State {
    /// The action that it waits for.
    var openCall: ActionCall? {
        if case .action(let call, _) = situation.pending { call } else { nil }
    }
}
