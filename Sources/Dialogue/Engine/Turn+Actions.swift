internal import Intents

extension Turn {
    /// An action has ended.
    ///
    /// One that is no longer waited for changes nothing.
    mutating func finishAction(_ id: Int, _ result: ActionResult) {
        guard case .action(let call, let step) = situation.pending, call.id == id else { return }
        guard case .action(let action) = flow.steps[step].kind else { return }
        guard action.branches[result.outcome] != nil else { return stop(at: step, .undeclaredOutcome(result.outcome)) }
        if !action.signature.isRepeatable {
            state.recorded.append(RecordedResult(name: call.name, input: call.input, result: result))
        }
        settleAction(step, call, result)
        proceed()
    }

    /// Puts an action's results into their slots and goes on by its outcome.
    mutating func settleAction(_ step: StepIndex, _ call: ActionCall, _ result: ActionResult) {
        guard case .action(let action) = flow.steps[step].kind, let branch = action.branches[result.outcome] else {
            return
        }
        situation.pending = .nothing
        let origin: SlotEntry.Origin = action.signature.givesHints ? .hint : .derived(step: step)
        let changes = action.outputs.compactMap { name, slot -> (slot: SlotIndex, entry: SlotEntry)? in
            guard let value = result.values[name] else { return nil }
            return (slot, SlotEntry(value: value, origin: origin, isConfirmed: false))
        }
        set(changes, by: step)
        // What is in a slot of the same name is shown as that slot shows it.
        let inputs = call.input.filter { name, _ in
            !action.inputs.contains { $0.parameter.name == name && $0.source == flow.slotIndex[name].map { .slot($0) } }
        }
        settle(step, result.outcome, branch, moment: inputs.merging(result.values) { $1 })
    }

    /// The outcome of a call that may not be repeated and was undone: it is used, not run again.
    mutating func recordedResult(of call: ActionCall) -> ActionResult? {
        guard
            let index = state.recorded.firstIndex(where: {
                $0.isUndone && $0.name == call.name && $0.input == call.input
            })
        else { return nil }
        state.recorded[index].isUndone = false
        return state.recorded[index].result
    }
}
