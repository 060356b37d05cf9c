public import Intents

extension Flow {
    /// The state of a session that has not begun.
    public var initialState: State {
        State(
            flowDigest: digest,
            situation: Situation(
                slots: Array(repeating: nil, count: slots.count),
                marks: Array(repeating: nil, count: steps.count)
            )
        )
    }

    /// Moves a session by one event: the pure function that everything else stands on.
    ///
    /// The same flow, state and event give the same transition, byte for byte. Events that do not fit (the end of an
    /// action that is no longer waited for) leave the state as it is.
    ///
    /// - Parameters:
    ///   - state: The state that this flow made before.
    ///   - event: What happened.
    /// - Returns: The state after it, what is to be done, and how a reply was understood.
    /// - Complexity: O(steps + rules in scope × length of the reply); some microseconds for the bundled flow.
    public func advance(_ state: State, on event: Event) -> Transition {
        var turn = Turn(flow: self, state: state)
        turn.handle(event)
        return transition(of: turn)
    }

    /// What a turn has come to.
    func transition(of turn: Turn) -> Transition {
        Transition(
            state: turn.state,
            messages: turn.messages,
            next: turn.next,
            understanding: turn.understanding,
            defect: turn.defect,
            trace: turn.trace.map { Transition.Trace(step: steps[$0.step].id, outcome: $0.outcome) }
        )
    }

    /// Folds events into a state, from the beginning.
    ///
    /// No message is shown and no action is run again.
    public func fold(_ events: some Sequence<Event>) -> State {
        var state = initialState
        for event in events { state = advance(state, on: event).state }
        return state
    }

    /// The transition that takes a session up again: its messages say where it stands and repeat the open question, or
    /// its next thing is the action whose end was never stored.
    ///
    /// It belongs to no event, so nothing of it is stored.
    ///
    /// - Parameter state: Where the session was left.
    /// - Returns: The messages and the next thing to do; the state is unchanged where the session has begun.
    public func resume(_ state: State) -> Transition {
        var turn = Turn(flow: self, state: state)
        turn.resume(isLater: true)
        return transition(of: turn)
    }

    /// The most UTF-8 bytes that a reply may have where a state waits.
    public func replyLimit(in state: State) -> Int {
        guard case .reply(let step, _) = state.situation.pending, case .collect(let collect) = steps[step].kind,
            case .entity(let type, _) = slots[collect.slot].type, let limit = type.base.replyLimit
        else { return Self.usualReplyLimit }
        return max(limit, Self.usualReplyLimit)
    }

    /// The options that the open question of a state offers, as they are numbered; empty where there are none.
    public func openOptions(in state: State) -> [ChoiceOption] {
        guard case .reply(let step, let asking) = state.situation.pending else { return [] }
        if case .assigning(_, let slots) = asking, slots.count > 1 {
            return slots.map { ChoiceOption(id: self.slots[$0].name, name: self.slots[$0].title) }
        }
        guard asking == .plain, case .collect(let collect) = steps[step].kind else { return [] }
        return options(of: collect.slot, in: state.situation.slots)
    }

    /// The most UTF-8 bytes that a reply may have where its step does not say otherwise.
    public static let usualReplyLimit = 4_096
}
