internal import Intents

extension Flow {
    /// Explains how a reply would be understood where a session stands.
    ///
    /// Nothing changes by it. What ``admit(_:length:in:)`` would refuse should not come here: an explanation repeats
    /// what was typed.
    ///
    /// - Parameters:
    ///   - text: The reply.
    ///   - state: Where the session stands before it.
    /// - Returns: The explanation; `nil` where no reply is read, because an action runs or nothing has begun.
    /// - Complexity: About a thousand times the cost of a turn; for people, logs and tests.
    public func explain(_ text: String, in state: State) -> FlowExplanation? {
        let situation = state.situation
        let utterance = resolver.utterance(text)
        let question: Question
        let understanding: Understanding
        var place: (step: StepIndex, asking: Asking)?
        switch situation.pending {
        case .reply(let step, let asked):
            let turn = Turn(flow: self, state: state)
            let (understood, asking) = turn.understand(utterance, at: step, asked)
            understanding = understood
            question = turn.question(step, asking)
            place = (step, asking)
        case .broken(let step, let reason):
            question = Turn(flow: self, state: state).defectQuestion(at: step, reason)
            understanding = resolver.understand(utterance, answering: question)
        case .ended:
            question = Question(form: .nothing)
            understanding = resolver.understand(utterance, answering: question)
        case .nothing, .action: return nil
        }
        let explanation = resolver.explain(understanding, of: utterance, answering: question) { slot in
            self.markedOptions(of: slot, in: situation.slots)
        }
        return FlowExplanation(
            flow: name,
            entry: flows[entry].name,
            step: place.map { steps[$0.step].id },
            asking: place.map(\.asking),
            question: question,
            explanation: explanation,
            slots: slots.map { FlowExplanation.Name(name: $0.name, title: $0.title) },
            topics: topics.map { FlowExplanation.Name(name: $0.name, title: $0.title) }
        )
    }
}
