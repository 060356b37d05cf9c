internal import Intents

/// What became of a session's events in a flow that has changed since.
public struct Migration: Sendable {
    /// An event with what it answered, in the words of ``Flow/awaited(in:)``.
    public struct Step: Sendable, Hashable {
        /// The event; the end of an action carries the identity that the changed flow gave its call.
        public var event: Event
        /// What it answered; `nil` where that is not known.
        public var awaited: String?

        /// Makes a step.
        public init(event: Event, awaited: String?) {
            self.event = event
            self.awaited = awaited
        }
    }

    /// The events that still fit, from the first on: the changed flow folds them into ``state``.
    public let steps: [Step]
    /// Where the session stands.
    public let state: State
    /// Whether every reply was carried over.
    public let isWhole: Bool
    /// What to tell the user: what was carried over and what was not.
    public let message: Message
}

extension Flow {
    /// Carries the events of a session over that were stored while the flow was another one.
    ///
    /// Replies are replayed in order, as long as the question that each answered is asked in the same way. Actions are
    /// not run: the recorded outcome of the same call is used. The first reply that no longer fits, or an action
    /// without a recorded outcome, ends the migration there. An action that may not be repeated is not left pending:
    /// the reply that leads to it is not carried over, so that the user is asked again.
    ///
    /// - Parameter old: All events of the session, with what each answered where that is known.
    /// - Returns: What fits, and what to say. The events given are not changed.
    public func migrate(_ old: [Migration.Step]) -> Migration {
        var replay = Replay(flow: self, old: old)
        var isWhole = true
        for step in old {
            switch step.event.kind {
            case .actionFinished: continue
            case .started, .refused, .reply:
                if !replay.take(step) { isWhole = false }
            }
            if !isWhole { break }
        }
        let state = replay.state
        let message = migrationMessage(state, rest: Array(old.dropFirst(replay.taken)), isWhole: isWhole)
        return Migration(steps: replay.steps, state: state, isWhole: isWhole, message: message)
    }

    private func migrationMessage(_ state: State, rest: [Migration.Step], isWhole: Bool) -> Message {
        let turn = Turn(flow: self, state: state)
        var carried: [Value] = []
        for (index, slot) in slots.enumerated()
        where slot.isCorrectable && state.situation.slots[index]?.origin == .said {
            carried.append(.text(slot.title))
        }
        var lost: [Value] = []
        for step in rest {
            guard !isWhole, case .reply = step.event.kind, let id = step.awaited.flatMap(Self.step(ofAwaited:)) else {
                continue
            }
            let known = steps.first { $0.id == id }
            if let known, turn.isSettled(known) { continue }
            let title = Value.text(known?.title ?? id.replacing("_", with: " "))
            if !lost.contains(title) { lost.append(title) }
        }
        let prompt = SystemPrompt.migrated.rawValue
        let moment: [String: Value] = [
            "carried": .list(carried), "lost": .list(lost), "is_whole": .flag(isWhole),
            "has_carried": .flag(!carried.isEmpty), "has_lost": .flag(!lost.isEmpty),
        ]
        return Message(role: .statement, prompt: prompt, text: turn.render(prompt, moment))
    }
}

extension Turn {
    /// Whether a question has its answer.
    fileprivate func isSettled(_ step: Step) -> Bool {
        switch step.kind {
        case .collect(let collect): situation.slots[collect.slot] != nil
        default: flow.steps.firstIndex { $0 === step }.map { situation.marks[$0] != nil } ?? false
        }
    }
}

/// Old events on their way through a changed flow.
private struct Replay {
    let flow: Flow
    var state: State
    var steps: [Migration.Step] = []
    /// How many of the old events were gone through.
    var taken = 0
    /// How an action ended, and when.
    private struct End {
        var result: ActionResult
        var time: Timestamp?
    }

    /// Recorded outcomes by the call they belong to, in their order.
    private var recorded: [String: [End]] = [:]
    /// Recorded outcomes whose call is not known.
    private var unnamed: [End] = []

    init(flow: Flow, old: [Migration.Step]) {
        self.flow = flow
        state = flow.initialState
        for step in old {
            guard case .actionFinished(_, let result) = step.event.kind else { continue }
            let end = End(result: result, time: step.event.time)
            if let awaited = step.awaited {
                recorded[awaited, default: []].append(end)
            } else {
                unnamed.append(end)
            }
        }
    }

    /// Takes a reply, with the actions that it leads to; returns whether all of it fits.
    mutating func take(_ step: Migration.Step) -> Bool {
        if case .reply = step.event.kind {
            // Said while an action ran, it changed nothing.
            if step.awaited?.hasPrefix("run ") == true {
                taken += 1
                return true
            }
            guard isFitting(step.awaited) else { return false }
        }
        let before = self
        add(step.event)
        while case .action(let call, let index) = state.situation.pending {
            guard let end = end(of: call, at: index) else {
                if isRepeatable(index) { taken = before.taken + 1 } else { self = before }
                return false
            }
            add(Event(.actionFinished(id: call.id, result: end.result), at: end.time))
        }
        taken = before.taken + 1
        return true
    }

    private mutating func add(_ event: Event) {
        steps.append(Migration.Step(event: event, awaited: flow.awaited(in: state)))
        state = flow.advance(state, on: event).state
    }

    /// Whether what was answered is what is asked now; where it is not known, only consent is not carried over.
    private func isFitting(_ awaited: String?) -> Bool {
        if let awaited { return awaited == flow.awaited(in: state) }
        switch state.situation.pending {
        case .reply(let index, _):
            guard case .gate = flow.steps[index].kind else { return true }
            return false
        case .ended: return true
        case .nothing, .action, .broken: return false
        }
    }

    private mutating func end(of call: ActionCall, at index: StepIndex) -> End? {
        guard case .action(let action) = flow.steps[index].kind else { return nil }
        let awaited = flow.awaited(in: state)
        if var results = recorded[awaited], !results.isEmpty {
            guard action.branches[results[0].result.outcome] != nil else { return nil }
            let first = results.removeFirst()
            recorded[awaited] = results
            return first
        }
        guard recorded.isEmpty, let first = unnamed.first, action.branches[first.result.outcome] != nil else {
            return nil
        }
        unnamed.removeFirst()
        return first
    }

    private func isRepeatable(_ index: StepIndex) -> Bool {
        guard case .action(let action) = flow.steps[index].kind else { return true }
        return action.signature.isRepeatable
    }
}
