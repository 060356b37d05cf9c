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
            effects: turn.effects,
            understanding: turn.understanding,
            trace: turn.trace.map { Transition.Trace(step: steps[$0.step].id, outcome: $0.outcome) }
        )
    }

    /// Folds events into a state, from the beginning; effects are not performed again.
    public func fold(_ events: some Sequence<Event>) -> State {
        var state = initialState
        for event in events { state = advance(state, on: event).state }
        return state
    }

    /// What to say when a session is taken up again: where it stands and its open question, or the action that was
    /// asked for and has not come back.
    public func resume(_ state: State) -> [Effect] {
        var turn = Turn(flow: self, state: state)
        turn.resume(isLater: true)
        return turn.effects
    }

    /// The most UTF-8 bytes that a reply may have where a state waits.
    public func replyLimit(in state: State) -> Int {
        guard case .reply(let step, _) = state.situation.pending, case .collect(let collect) = steps[step].kind,
            case .entity(.json(let limit), _) = slots[collect.slot].type
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
