public import Dialogue
public import Intents

/// Drives one session: stores each event before its messages are shown, runs actions and feeds their results back.
/// All that is not pure about a conversation happens here.
public actor Conversation {
    /// What is to be shown, as it comes about.
    public enum Show: Sendable {
        /// A message of the bot.
        case message(Message)
        /// An action begins.
        case began(ActionCall)
        /// What an action says of its progress.
        case progress(String)
        /// An action ended.
        case finished(ActionCall, ActionResult)
        /// The flow or an action did something wrong: a sentence for the log. The user is told by a message.
        case defect(String)
    }

    /// The flow it goes through.
    public nonisolated let flow: Flow
    /// The session's name.
    public nonisolated let id: String
    /// Where it stands.
    public private(set) var state: State
    private var recent = RecentReplies()
    private let store: any SessionLog
    private let runner: any ActionRunner
    private let clock = SessionClock.system
    private var count: Int
    /// The end of an action that could not be stored; the action is not run again for it.
    private var unsaved: Event?
    /// Said once, before anything else.
    private var opening: Message?

    /// Begins a session.
    ///
    /// - Throws: What the store throws.
    public static func begin(
        _ id: String,
        flow: Flow,
        store: any SessionLog,
        runner: any ActionRunner
    ) async throws -> Conversation {
        let entry = flow.flows[flow.entry].name
        try await store.create(
            SessionRecord(
                id: id,
                flow: flow.name,
                entry: entry,
                digest: flow.digest,
                time: SessionClock.system.now()
            )
        )
        return Conversation(id, flow: flow, store: store, runner: runner, events: [])
    }

    /// Takes a session up where it was left.
    ///
    /// - Parameters:
    ///   - record: The session as it was loaded from the store.
    ///   - flow: The flow that it belongs to.
    ///   - store: Where it lives.
    ///   - runner: Runs its actions.
    /// - Returns: The conversation, at the point where it was left.
    public static func resume(
        _ record: SessionRecord,
        flow: Flow,
        store: any SessionLog,
        runner: any ActionRunner
    ) -> Conversation {
        Conversation(record.id, flow: flow, store: store, runner: runner, events: record.events)
    }

    /// Takes a session up in a flow that has changed since: a new session is made of the events that still fit.
    ///
    /// The old session stays as it was. No action is run for it; see `Flow.migrate(_:)`.
    ///
    /// - Parameters:
    ///   - record: The old session as it was loaded from the store.
    ///   - id: The new session's name; see ``SessionVersion``.
    ///   - flow: The flow as it is now.
    ///   - store: Where both live.
    ///   - runner: Runs its actions.
    /// - Returns: The new conversation, which first says what was carried over and what was not.
    /// - Throws: What the store throws; then there is no new session.
    public static func migrate(
        _ record: SessionRecord,
        to id: String,
        flow: Flow,
        store: any SessionLog,
        runner: any ActionRunner
    ) async throws -> Conversation {
        let migration = flow.migrate(record.steps)
        try await store.create(
            SessionRecord(
                id: id,
                flow: flow.name,
                entry: flow.flows[flow.entry].name,
                digest: flow.digest,
                owner: record.owner,
                channel: record.channel,
                address: record.address,
                time: SessionClock.system.now(),
                events: migration.steps.map(\.event),
                awaited: migration.steps.map(\.awaited)
            )
        )
        let events = migration.steps.map(\.event)
        return Conversation(id, flow: flow, store: store, runner: runner, events: events, opening: migration.message)
    }

    private init(
        _ id: String,
        flow: Flow,
        store: any SessionLog,
        runner: any ActionRunner,
        events: [Event],
        opening: Message? = nil
    ) {
        self.opening = opening
        self.id = id
        self.flow = flow
        self.store = store
        self.runner = runner
        state = flow.initialState
        count = events.count
        for event in events {
            let transition = flow.advance(state, on: event)
            recent.add(event, in: state, at: flow.stepID(of: state), transition.understanding)
            state = transition.state
        }
    }

    /// Says what a session has to say when it is opened: its first question, or where it was left.
    ///
    /// - Parameters:
    ///   - hints: What is known beforehand, by slot; only for a session that has not begun.
    ///   - show: Takes what is to be shown.
    /// - Returns: What it waits for now.
    /// - Throws: What the store throws, or `CancellationError`; nothing that was stored is lost.
    public func open(hints: [String: Value] = [:], show: @escaping @Sendable (Show) -> Void) async throws -> SessionRest
    {
        if let opening { show(.message(opening)) }
        opening = nil
        if let event = unsaved { return try await take(event, show: show) }
        if count == 0 { return try await take(.started(hints: hints), show: show) }
        let resumed = flow.resume(state)
        for message in resumed.messages { show(.message(message)) }
        guard case .action(let call) = resumed.next else { return SessionRest(resumed) }
        return try await take(.actionFinished(id: call.id, result: try await run(call, show: show)), show: show)
    }

    /// Takes what the user sent.
    ///
    /// - Parameters:
    ///   - bytes: Any bytes; what cannot be kept is refused and not stored.
    ///   - length: How many were sent, where only a part was kept.
    ///   - show: Takes what is to be shown.
    /// - Returns: What it waits for now.
    /// - Throws: What the store throws, then the reply was not taken; or `CancellationError`.
    public func reply(
        _ bytes: [UInt8],
        length: Int? = nil,
        show: @escaping @Sendable (Show) -> Void
    ) async throws -> SessionRest {
        if unsaved != nil { return try await open(show: show) }
        return try await take(flow.admit(bytes, length: length, in: state), show: show)
    }

    /// The names of the options that the open question offers.
    public var openChoices: [String] { flow.openOptions(in: state).map(\.name) }

    /// The last replies with how they were understood, the newest last; at most 20.
    public var recentReplies: [RecentReply] { recent.replies }

    private func take(_ event: Event, show: @escaping @Sendable (Show) -> Void) async throws -> SessionRest {
        // One that could not be stored before keeps its time.
        let event = event.time == nil ? event.at(clock.timestamp) : event
        return SessionRest(
            try await flow.drive(state, on: event, now: { [clock] in clock.timestamp }) { event, transition in
                try await store(event, transition)
                if let defect = transition.defect { show(.defect("\(defect)")) }
                for message in transition.messages { show(.message(message)) }
                guard case .action(let call) = transition.next else { return nil }
                return try await run(call, show: show)
            }
        )
    }

    /// Stores an event, and from then on stands where its transition led to.
    private func store(_ event: Event, _ transition: Transition) async throws {
        do {
            _ = try await store.commit(
                TurnRecord(
                    session: id,
                    position: count,
                    event: event,
                    awaited: flow.awaited(in: state),
                    messages: transition.messages,
                    time: clock.now()
                )
            )
        } catch {
            if case .actionFinished = event.kind { unsaved = event }
            throw error
        }
        unsaved = nil
        count += 1
        recent.add(event, in: state, at: flow.stepID(of: state), transition.understanding)
        state = transition.state
    }

    private func run(_ call: ActionCall, show: @escaping @Sendable (Show) -> Void) async throws -> ActionResult {
        show(.began(call))
        let result = try await runner.result(of: call, progress: { show(.progress($0)) }) { error in
            show(.defect("\(error)"))
        }
        show(.finished(call, result))
        return result
    }
}
