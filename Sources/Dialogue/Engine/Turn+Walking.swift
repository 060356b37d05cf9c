internal import Intents

/// Where a session stands is not stored: it is found by walking from the flow's first step past all that is settled.
/// Flows only go forward; going back is forgetting.
extension Turn {
    private enum Stop {
        case ask(StepIndex, Asking)
        case run(StepIndex, ActionCall)
        case ended(String)
        /// Something earlier may no longer be settled.
        case changed
    }

    /// Goes on until a reply or an action is waited for, or the flow ends.
    ///
    /// - Parameter asked: A question that was open before and is asked in its shorter form if it still is.
    mutating func proceed(from asked: StepIndex? = nil) {
        // Each round either stops or settles a step; the bound only ends a flow that forgets what it has just set.
        var isBack = false
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
            case .run(let step, let call):
                if let result = recordedResult(of: call) {
                    situation.pending = .action(call, step: step)
                    settleAction(step, call, result)
                    continue
                }
                state.runs += 1
                guard state.runs <= State.runLimit else { return stopStuck() }
                situation.pending = .action(call, step: step)
                if case .action(let action) = flow.steps[step].kind, let prompt = action.meanwhile { say(prompt) }
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
        stopStuck()
    }

    /// A flow that forgets what it has just found out goes round without end: a defect of the flow.
    private mutating func stopStuck() {
        say(.stuck)
        situation.pending = .ended(outcome: "stuck")
        next = .end(.completed(outcome: "stuck"))
    }

    private mutating func walk(_ index: FlowIndex) -> Stop {
        let range = flow.flows[index].steps
        var position = range.lowerBound
        while position < range.upperBound {
            let step = flow.steps[position]
            if let condition = step.guardedBy, !condition.holds(in: situation.slots) {
                passedOver?.insert(position)
                position += 1
                continue
            }
            var next = Branch.Next.following
            let mark = situation.marks[position]
            switch step.kind {
            case .collect(let collect):
                if let entry = situation.slots[collect.slot] {
                    if collect.askKnown != nil, !entry.isConfirmed { return .ask(position, .known) }
                } else if let mark {
                    next = collect.branch(mark)?.next ?? .following
                } else if let asking = situation.early.isEmpty ? .plain : answerEarly(collect.slot) {
                    return .ask(position, asking)
                } else {
                    return .changed
                }
            case .confirm(let confirm):
                guard let mark else { return .ask(position, .plain) }
                next = confirm.branch(mark)?.next ?? .following
            case .gate(let gate):
                guard let mark else { return .ask(position, .plain) }
                if mark != Step.Gate.open { next = gate.deny?.next ?? .following }
            case .action(let action):
                guard let mark else {
                    return .run(position, call(action))
                }
                next = action.branches[mark]?.next ?? .following
            case .call(let target, let branches):
                switch walk(target) {
                case .ended(let outcome):
                    let branch = branches[outcome]
                    if mark != outcome {
                        trace.append((position, outcome))
                        situation.marks[position] = outcome
                        if let branch, branch.say != nil || !branch.set.isEmpty || !branch.clear.isEmpty {
                            apply(branch, outcome: outcome, moment: [:], at: position)
                            return .changed
                        }
                    }
                    next = branch?.next ?? .following
                case let stop:
                    situation.marks[position] = nil
                    return stop
                }
            case .say(let prompt):
                if mark == nil {
                    situation.marks[position] = "said"
                    trace.append((position, "said"))
                    say(prompt)
                }
            case .set(let changes):
                if mark == nil {
                    situation.marks[position] = "set"
                    trace.append((position, "set"))
                    apply(changes, outcome: "set", moment: [:], at: position)
                    return .changed
                }
            case .end(let outcome):
                trace.append((position, outcome))
                return .ended(outcome)
            }
            switch next {
            case .following, .stay: position += 1
            case .step(let target): position = target
            case .end(let outcome): return .ended(outcome)
            }
        }
        return .ended("done")
    }

    private mutating func call(_ action: Step.ActionStep) -> ActionCall {
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
