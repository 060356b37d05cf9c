internal import Intents

/// Mistakes of flows and actions.
///
/// None of them ends a session: the user is told, and can try again, go back, start over or ask for a change of an
/// earlier answer.
extension Turn {
    /// Stops at a step, says what is wrong there, and asks for a way out.
    mutating func stop(at step: StepIndex, _ reason: FlowDefect.Reason) {
        var name: String?
        if case .action(let action) = flow.steps[step].kind {
            name = action.signature.name
            switch reason {
            case .undeclaredOutcome(let outcome):
                say(.brokenAction, ["action": .text(action.signature.name), "outcome": .text(outcome)])
            case .missingInput(let input):
                let source = action.inputs.first { $0.parameter.name == input }?.source
                let title = if case .slot(let slot) = source { flow.slots[slot].title } else { input }
                say(.missingInput, ["title": .text(title)])
            case .endlessLoop: break
            }
        }
        defect = FlowDefect(step: flow.steps[step].id, action: name, reason: reason)
        situation.pending = .broken(step: step, reason)
        askWayOut(of: step, reason)
    }

    /// Asks how to go on after a defect.
    mutating func askWayOut(of step: StepIndex, _ reason: FlowDefect.Reason) {
        if reason == .endlessLoop { return ask(SystemPrompt.stuck.rawValue) }
        let prompt = canRetry(step, reason) ? SystemPrompt.brokenRetry : .brokenWays
        ask(prompt.rawValue, ["can_go_back": .flag(!state.past.isEmpty)])
    }

    /// Whether the action may run a second time, and may end otherwise then.
    private func canRetry(_ step: StepIndex, _ reason: FlowDefect.Reason) -> Bool {
        guard case .undeclaredOutcome = reason, case .action(let action) = flow.steps[step].kind else { return false }
        return action.signature.isRepeatable
    }

    /// Takes a reply after a defect: a way out, or a change that leads elsewhere.
    mutating func handleReplyToDefect(_ utterance: Utterance, at step: StepIndex, _ reason: FlowDefect.Reason) {
        let before = situation
        let understanding = flow.resolver.understand(utterance, answering: defectQuestion(at: step, reason))
        self.understanding = understanding
        switch understanding.decision {
        case .affirm(isPlain: true) where canRetry(step, reason): proceed()
        case .command("restart"): restart()
        case .command("back"): goBack()
        case .command("redo"): goForward()
        case .command("quit"), .command("goodbye"): pause()
        case .command("cancel"): cancel()
        case .command("status"):
            say(.status, status(at: flow.steps[step]))
            askAgain()
        case .topic(let topic): answer([topic] + understanding.furtherTopics)
        case .correction(let slot, let value): correct(slot, to: value)
        case .reopening(let slot): reopen(slot)
        case .recall(let slot): recall(slot)
        default: askAgain()
        }
        remember(before)
    }

    /// What can be said after a defect.
    func defectQuestion(at step: StepIndex, _ reason: FlowDefect.Reason) -> Question {
        Question(form: canRetry(step, reason) ? .confirmation : .nothing, topics: flow.topicsInScope[step])
    }

    /// The slot of an input that an action cannot do without and that has no value.
    func missingInput(of action: Step.ActionStep) -> (name: String, slot: SlotIndex)? {
        for input in action.inputs where input.parameter.isRequired {
            if case .slot(let slot) = input.source, situation.slots[slot] == nil { return (input.parameter.name, slot) }
        }
        return nil
    }

    /// Reopens the answer that should have given a slot its value.
    ///
    /// An answer whose branch sets a slot counts as given for as long as its own step is settled. Where the slot was
    /// forgotten since, the last such answer before a step is asked for again; one in a called flow by going through that
    /// flow from its beginning.
    ///
    /// - Parameters:
    ///   - slot: The slot without a value.
    ///   - step: The step that needs it.
    ///   - root: The flow that is walked.
    /// - Returns: Whether there is such an answer. It is no longer settled then, so each is reopened once.
    mutating func reopenSource(of slot: SlotIndex, before step: StepIndex, from root: FlowIndex) -> Bool {
        var walk = FlowWalk(flow, situation, for: .picture(awaited: step))
        _ = walk.run(root)
        let settled = walk.places.lazy.filter { $0.standing == .done }
        guard let place = settled.last(where: { gives(slot, at: $0.step) }) else { return false }
        situation.marks[place.step] = nil
        guard place.level > 0, let called = flow.flows.first(where: { $0.steps.contains(place.step) }),
            !called.steps.contains(step)
        else { return true }
        for step in called.steps { situation.marks[step] = nil }
        for local in called.locals { forget(local) }
        return true
    }

    /// Whether a step is settled by an answer that should have given a slot its value.
    private func gives(_ slot: SlotIndex, at step: StepIndex) -> Bool {
        guard let mark = situation.marks[step] else { return false }
        let branch: Branch?
        switch flow.steps[step].kind {
        case .collect(let collect):
            if collect.slot == slot { return true }
            branch = collect.branch(mark)
        case .confirm(let confirm): branch = confirm.branch(mark)
        case .gate(let gate): branch = mark == Step.Gate.open ? nil : gate.deny
        case .action, .call, .say, .set, .end: branch = nil
        }
        return branch?.set.contains { $0.slot == slot } ?? false
    }
}
