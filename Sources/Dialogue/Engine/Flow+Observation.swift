extension Flow {
    /// Moves a session as ``advance(_:on:)`` does, and says which steps were passed over.
    ///
    /// - Returns: The same transition, and the steps whose condition did not hold when they were come to.
    package func observe(_ state: State, on event: Event) -> (transition: Transition, passedOver: Set<StepIndex>) {
        var turn = Turn(flow: self, state: state)
        turn.passedOver = []
        turn.handle(event)
        return (transition(of: turn), turn.passedOver ?? [])
    }
}
