extension Flow {
    /// What a state waits for, in words that outlast a change of the flow: the step's id and how it is asked, or the
    /// action's name and its input.
    ///
    /// A session keeps it with each event, so that after a change of the flow it can be told which events still fit.
    /// A gate's words are part of it: consent to one text is no consent to another.
    ///
    /// - Returns: For example `ask dataset`, `ask agreement 90ab…`, `run validate_dataset 12cd…` or `end done`.
    /// - Complexity: O(size of the question or of the action's input).
    public func awaited(in state: State) -> String {
        switch state.situation.pending {
        case .nothing: return "start"
        case .broken(let step, _): return "broken \(steps[step].id)"
        case .ended(let outcome): return "end \(outcome)"
        case .action(let call, _):
            var fingerprint = Fingerprint()
            fingerprint.mix(call.input)
            return "run \(call.name) \(fingerprint.text)"
        case .reply(let index, let asking):
            let step = steps[index]
            switch asking {
            case .plain:
                guard case .gate = step.kind, let ask = step.texts.ask else { return "ask \(step.id)" }
                var fingerprint = Fingerprint()
                fingerprint.mix(Turn(flow: self, state: state).render(ask, [:]))
                return "ask \(step.id) \(fingerprint.text)"
            case .known: return "ask \(step.id) known"
            case .change: return "ask \(step.id) change"
            case .restart: return "ask \(step.id) restart"
            case .suggestion(let slot, let value):
                var fingerprint = Fingerprint()
                fingerprint.mix(value)
                return "ask \(step.id) suggestion \(slots[slot].name) \(fingerprint.text)"
            case .assigning(let value, let candidates):
                var fingerprint = Fingerprint()
                fingerprint.mix(value)
                return "ask \(step.id) assigning \(candidates.map { slots[$0].name }.joined(separator: ","))"
                    + " \(fingerprint.text)"
            }
        }
    }

    /// The id of the step that something awaited was asked at; `nil` where it was no question.
    static func step(ofAwaited awaited: String) -> String? {
        let words = awaited.split(separator: " ")
        return words.count > 1 && words[0] == "ask" ? String(words[1]) : nil
    }
}
