extension Flow {
    /// Moves a session by an event and by the ends of all actions that follow from it, until the session needs a reply or
    /// ends.
    ///
    /// This is the loop that everything uses that drives sessions within one process. `perform` is called with each
    /// event and the transition that it brought, in order; it stores them, shows the messages, and runs the action where
    /// `transition.next` asks for one. It gives back the result of that action, or `nil` to leave the action pending.
    ///
    /// ```swift
    /// let last = try await flow.drive(state, on: .reply("two cups")) { event, transition in
    ///     for message in transition.messages { print(message.shownText) }
    ///     guard case .action(let call) = transition.next else { return nil }
    ///     return try await runner.run(call) { _ in }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - state: The state of the session before the event.
    ///   - event: The event that moves the session first.
    ///   - now: The time, for the ends of actions.
    ///   - perform: Does what a transition asks for; what it throws ends the loop.
    /// - Returns: The last transition, whose state is the session's.
    @discardableResult
    public func drive(
        _ state: State,
        on event: Event,
        now: () -> Timestamp? = { nil },
        _ perform: (Event, Transition) async throws -> ActionResult?
    ) async rethrows -> Transition {
        var event = event
        var transition = advance(state, on: event)
        while let end = Self.end(of: transition, try await perform(event, transition), now) {
            event = end
            transition = advance(transition.state, on: event)
        }
        return transition
    }

    /// Drives a session whose actions answer at once; see the asynchronous form.
    @discardableResult
    public func drive(
        _ state: State,
        on event: Event,
        now: () -> Timestamp? = { nil },
        _ perform: (Event, Transition) throws -> ActionResult?
    ) rethrows -> Transition {
        var event = event
        var transition = advance(state, on: event)
        while let end = Self.end(of: transition, try perform(event, transition), now) {
            event = end
            transition = advance(transition.state, on: event)
        }
        return transition
    }

    /// The event that a transition's action ends in; `nil` where there is no action, or it is left pending.
    private static func end(of transition: Transition, _ result: ActionResult?, _ now: () -> Timestamp?) -> Event? {
        guard case .action(let call) = transition.next, let result else { return nil }
        return Event(.actionFinished(id: call.id, result: result), at: now())
    }
}
