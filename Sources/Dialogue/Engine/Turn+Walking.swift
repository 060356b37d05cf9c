internal import Intents

/// Where a session stands is not stored: it is found by walking from the flow's first step past all that is settled.
/// Flows only go forward; going back is forgetting.
extension Turn {
    /// Goes on until a reply or an action is waited for, or the flow ends.
    ///
    /// - Parameter asked: A question that was open before and is asked in its shorter form if it still is.
    mutating func proceed(from asked: StepIndex? = nil) {
        // Each round either stops or settles a step; the bound only ends a flow that forgets what it has just set.
        var isBack = false
        var last = flow.flows[flow.entry].steps.lowerBound
        var rounds = 8 * flow.steps.count + 64
        while rounds > 0 {
            rounds -= 1
            let root = situation.digressions.last ?? flow.entry
            switch walk(root) {
            case .changed: continue
            case .ask(let step, let asking):
                situation.misses = 0
                situation.complaint = nil
                return askQuestion(of: step, asking, again: isBack || step == asked)
            case .run(let step, let action):
                last = step
                if let missing = missingInput(of: action) {
                    if reopenSource(of: missing.slot, before: step, from: root) { continue }
                    return stop(at: step, .missingInput(missing.name))
                }
                let call = call(of: action)
                if let result = recordedResult(of: call) {
                    situation.pending = .action(call, step: step)
                    settleAction(step, call, result)
                    continue
                }
                state.runs += 1
                guard state.runs <= State.runLimit else { return stop(at: step, .endlessLoop) }
                situation.pending = .action(call, step: step)
                if let prompt = action.meanwhile { say(prompt) }
                next = .action(call)
                return
            case .ended(let outcome):
                guard let finished = situation.digressions.popLast() else {
                    situation.pending = .ended(outcome: outcome)
                    next = .end(.completed(outcome: outcome))
                    return
                }
                say(.returned, ["title": .text(flow.flows[finished].title)])
                isBack = true
            }
        }
        stop(at: last, .endlessLoop)
    }

    /// The thing to do where a walk stops.
    private enum Work {
        case ask(StepIndex, Asking)
        case run(StepIndex, Step.ActionStep)
        case ended(String)
        /// Something was settled, or is no longer, so that the walk begins again.
        case changed
    }

    /// Walks through a flow and does at its stop what needs no reply.
    private mutating func walk(_ index: FlowIndex) -> Work {
        var walk = FlowWalk(flow, situation)
        let stop = walk.run(index)
        passedOver?.formUnion(walk.skipped)
        trace += walk.ends.map { ($0.step, $0.outcome) }
        switch stop {
        case .ended(let outcome): return .ended(outcome)
        case .returned(let step, let outcome):
            if takeReturn(of: step, outcome) { reopen(walk.calls) }
            return .changed
        case .step(let step):
            if case .say(let prompt) = flow.steps[step].kind {
                settleSilently(step, "said")
                say(prompt)
                return .changed
            }
            let work = work(at: step)
            reopen(walk.calls)
            return work
        }
    }

    private mutating func work(at step: StepIndex) -> Work {
        switch flow.steps[step].kind {
        case .collect(let collect):
            if situation.slots[collect.slot] != nil { return .ask(step, .known) }
            guard let asking = situation.early.isEmpty ? .plain : answerEarly(collect.slot) else { return .changed }
            return .ask(step, asking)
        case .confirm, .gate: return .ask(step, .plain)
        case .action(let action): return .run(step, action)
        case .set(let changes):
            settleSilently(step, "set")
            apply(changes, outcome: "set", moment: [:], at: step)
            return .changed
        // A walk stops at none of these.
        case .say, .call, .end: return .changed
        }
    }

    /// Notes that a step is done that nobody answers.
    private mutating func settleSilently(_ step: StepIndex, _ outcome: String) {
        situation.marks[step] = outcome
        trace.append((step, outcome))
    }

    /// Takes the outcome of a called flow.
    ///
    /// - Returns: Whether its branch did more than to go on.
    private mutating func takeReturn(of step: StepIndex, _ outcome: String) -> Bool {
        settleSilently(step, outcome)
        guard case .call(_, let branches) = flow.steps[step].kind, let branch = branches[outcome],
            branch.say != nil || !branch.set.isEmpty || !branch.clear.isEmpty
        else { return false }
        apply(branch, outcome: outcome, moment: [:], at: step)
        return true
    }

    /// Calls whose flow is not at its end have no outcome.
    private mutating func reopen(_ calls: [StepIndex]) {
        for call in calls { situation.marks[call] = nil }
    }

    private mutating func call(of action: Step.ActionStep) -> ActionCall {
        var input: [String: Value] = [:]
        for parameter in action.inputs {
            switch parameter.source {
            case .literal(let value): input[parameter.parameter.name] = value
            case .slot(let slot): input[parameter.parameter.name] = situation.slots[slot]?.value
            }
        }
        defer { state.nextCall += 1 }
        return ActionCall(id: state.nextCall, name: action.signature.name, input: input)
    }
}

extension Step.Gate {
    /// The mark of an open gate.
    static let open = "open"
}

extension Step.Collect {
    /// The branch that a mark stands for.
    func branch(_ mark: String) -> Branch? {
        switch mark {
        case "unsure": unsure
        case "deny": deny
        case "skip": skip
        default: nil
        }
    }
}

extension Step.Confirm {
    /// The branch that a mark stands for.
    func branch(_ mark: String) -> Branch? {
        switch mark {
        case "affirm": affirm
        case "deny": deny
        case "unsure": unsure
        default: nil
        }
    }
}
