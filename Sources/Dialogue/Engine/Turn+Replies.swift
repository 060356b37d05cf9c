internal import Intents

extension Turn {
    /// The user replied.
    mutating func handleReply(_ text: String) {
        state.turns += 1
        state.runs = 0
        let before = situation
        let utterance = Utterance(text)
        guard case .reply(let step, let asking) = situation.pending else { return handleStrayReply(utterance) }
        let flow = flow
        let slots = situation.slots
        let understanding = flow.resolver.understand(utterance, answering: question(step, asking)) { slot in
            flow.options(of: slot, in: slots)
        }
        self.understanding = understanding
        switch understanding.decision {
        case .command(let command): obey(command, at: step, asking)
        case .topic(let topic): answer(topic)
        case .correction(let slot, let value): correct(slot, to: value)
        case .reopening(let slot): reopen(slot)
        case .badCorrection(let slot, let message, let suggestion):
            refuse(message, suggestion: suggestion, for: slot)
        case .empty:
            say(.empty)
            askAgain()
        case let decision: answer(decision, typed: utterance, at: step, asking)
        }
        remember(before)
    }

    /// A reply while nothing is asked: an action runs, or the flow has ended.
    private mutating func handleStrayReply(_ utterance: Utterance) {
        switch situation.pending {
        case .action:
            say(.busy)
            effects.append(.wait)
        case .nothing: proceed()
        case .ended, .reply:
            let understanding = flow.resolver.understand(utterance, answering: Question(form: .nothing))
            self.understanding = understanding
            let before = situation
            switch understanding.decision {
            case .command("restart"):
                restart()
                remember(before)
            case .command("back"): goBack()
            case .topic(let topic): answer(topic)
            default: say(.ended)
            }
        }
    }

    /// Keeps the situation before a turn that changed it, so that it can be gone back to.
    private mutating func remember(_ before: Situation) {
        guard case .command("back") = understanding?.decision else {
            if before.slots != situation.slots || before.marks != situation.marks
                || before.digressions != situation.digressions
            {
                state.past.append(before)
                if state.past.count > State.undoLimit { state.past.removeFirst() }
            }
            return
        }
    }

    /// What the pending question can take.
    func question(_ step: StepIndex, _ asking: Asking) -> Question {
        let topics = flow.topicsInScope[step]
        switch asking {
        case .restart: return Question(form: .confirmation, topics: topics)
        case .change: return Question(form: .change, topics: topics)
        case .suggestion(let slot, _): return question(of: slot, hasProposal: true, topics)
        case .plain, .known:
            switch flow.steps[step].kind {
            case .collect(let collect):
                return question(of: collect.slot, hasProposal: asking == .known || collect.proposal != nil, topics)
            case .gate: return Question(form: .gate, topics: topics)
            default: return Question(form: .confirmation, topics: topics)
            }
        }
    }

    private func question(of slot: SlotIndex, hasProposal: Bool, _ topics: [Bool]?) -> Question {
        guard case .entity(let kind, _) = flow.slots[slot].type else {
            return Question(form: .confirmation, topics: topics)
        }
        let options = flow.options(of: slot, in: situation.slots)
        var current: [Int] = []
        if kind == .choices {
            var start = situation.slots[slot]?.value.list
            if start == nil, case .reply(let step, _) = situation.pending,
                case .collect(let collect) = flow.steps[step].kind, let proposal = collect.proposal
            {
                start = situation.slots[proposal]?.value.list
            }
            let chosen = Set((start ?? []).compactMap(\.text))
            current = options.indices.filter { chosen.contains(options[$0].id) }
        }
        return Question(
            form: .value(kind),
            slot: slot,
            options: options,
            current: current,
            hasProposal: hasProposal,
            topics: topics
        )
    }

    /// A decision that answers the pending question, or tries to.
    private mutating func answer(_ decision: Decision, typed: Utterance, at step: StepIndex, _ asking: Asking) {
        switch asking {
        case .restart:
            if case .affirm(isPlain: true) = decision { return restart() }
            say(.restartDeclined)
            return proceed()
        case .suggestion(let slot, let value):
            switch decision {
            case .affirm(let isPlain) where isPlain: return accept(value, for: slot)
            case .value(let other): return accept(other, for: slot)
            case .deny:
                situation.pending = .reply(step: step, asking: .plain)
                return proceed()
            default: return miss(decision, at: step)
            }
        case .change:
            switch decision {
            case .affirm(isPlain: true):
                if case .confirm = flow.steps[step].kind { return affirm(step) }
                // A correction was announced where nothing is to be confirmed: all is right, and the question stands.
                return askQuestion(of: step, .plain)
            case .deny: return askQuestion(of: step, .plain)
            default: return miss(decision, at: step)
            }
        case .known:
            guard case .collect(let collect) = flow.steps[step].kind else { return }
            switch decision {
            case .affirm(let isPlain) where isPlain:
                situation.slots[collect.slot]?.isConfirmed = true
                return proceed()
            case .value(let value): return accept(value, for: collect.slot)
            case .deny:
                forget(collect.slot, undoingSource: false)
                return proceed()
            default: return miss(decision, at: step)
            }
        case .plain: answerPlain(decision, at: step)
        }
    }

    private mutating func answerPlain(_ decision: Decision, at index: StepIndex) {
        let step = flow.steps[index]
        switch step.kind {
        case .collect(let collect):
            let isFlag = if case .entity(.flag, _) = flow.slots[collect.slot].type { true } else { false }
            switch decision {
            case .value(let value): accept(value, for: collect.slot)
            case .affirm where isFlag: accept(.flag(true), for: collect.slot)
            case .deny where isFlag: accept(.flag(false), for: collect.slot)
            case .affirm(let isPlain):
                if isPlain, let proposal = collect.proposal, let value = situation.slots[proposal]?.value {
                    accept(value, for: collect.slot)
                } else {
                    miss(decision, at: index)
                }
            case .deny: take(collect.deny, "deny", decision, at: index)
            case .unsure: take(collect.unsure, "unsure", decision, at: index)
            default: miss(decision, at: index)
            }
        case .confirm(let confirm):
            switch decision {
            case .affirm(isPlain: true): affirm(index)
            case .deny:
                if let deny = confirm.deny {
                    settle(index, "deny", deny)
                    proceed()
                } else {
                    askQuestion(of: index, .change)
                }
            case .unsure: take(confirm.unsure, "unsure", decision, at: index)
            default: miss(decision, at: index)
            }
        case .gate(let gate):
            switch decision {
            case .affirm(isPlain: true):
                situation.marks[index] = Step.Gate.open
                trace.append((index, Step.Gate.open))
                proceed()
            case .deny: take(gate.deny, "deny", decision, at: index)
            default: miss(decision, at: index)
            }
        case .action, .call, .say, .set, .end: proceed()
        }
    }

    private mutating func affirm(_ index: StepIndex) {
        guard case .confirm(let confirm) = flow.steps[index].kind else { return }
        for slot in confirm.slots { situation.slots[slot]?.isConfirmed = true }
        settle(index, "affirm", confirm.affirm)
        proceed()
    }

    /// Goes on by a branch for a reply that gives no value, or asks again where there is none.
    private mutating func take(_ branch: Branch?, _ outcome: String, _ decision: Decision, at index: StepIndex) {
        guard let branch else { return miss(decision, at: index) }
        settle(index, outcome, branch)
        proceed()
    }

    private mutating func accept(_ value: Value, for slot: SlotIndex) {
        set([(slot, SlotEntry(value: value, origin: .said, isConfirmed: true))])
        proceed()
    }

    /// A reply that does not answer: what is expected is said, a little more each time, and the question asked again.
    private mutating func miss(_ decision: Decision, at index: StepIndex) {
        let step = flow.steps[index]
        switch decision {
        case .problem(let message, let suggestion):
            if case .collect(let collect) = step.kind {
                return refuse(message, suggestion: suggestion, for: collect.slot)
            }
        case .suggestions(let options):
            if case .collect(let collect) = step.kind {
                if options.count == 1, let option = options.first, flow.slots[collect.slot].type.isSingleChoice {
                    return askQuestion(of: index, .suggestion(slot: collect.slot, value: .text(option.id)))
                }
                say(.suggestions, ["names": .list(options.map { .text($0.name) })])
                return askAgain()
            }
        case .doubtful(let sign): return doubt(sign.rawValue, at: step)
        case .affirm(isPlain: false): return doubt("reservation", at: step)
        case .unsure:
            say(.unsure, ["hint": .text(step.texts.hint.map { render($0, [:]) } ?? "")])
            return askAgain()
        case .misplaced(let kind):
            say(.misplaced, ["kind": .text(kind)])
            return askAgain()
        default: break
        }
        if case .gate = step.kind {
            say(.gateDoubt)
            return askAgain()
        }
        situation.misses += 1
        let hint = step.texts.hint.map { render($0, [:]) } ?? ""
        let help = step.texts.help.map { render($0, [:]) } ?? ""
        switch situation.misses {
        case 1: say(.notUnderstood, ["hint": .text(hint)])
        case 2: say(.notUnderstoodAgain, ["hint": .text(hint), "help": .text(help.isEmpty ? hint : help)])
        default: say(.notUnderstoodOffer)
        }
        askAgain()
    }

    private mutating func doubt(_ reason: String, at step: Step) {
        let isGate = if case .gate = step.kind { true } else { false }
        say(isGate ? .gateDoubt : .doubt, ["reason": .text(reason)])
        askAgain()
    }

    /// A value that cannot be: what is wrong is said, and a corrected form is offered where there is one.
    private mutating func refuse(_ message: String, suggestion: Value?, for slot: SlotIndex) {
        say(.problem, ["problem": .text(message)])
        if let suggestion, case .reply(let step, _) = situation.pending {
            askQuestion(of: step, .suggestion(slot: slot, value: suggestion))
        } else {
            askAgain()
        }
    }

    private mutating func correct(_ slot: SlotIndex, to value: Value) {
        set([(slot, SlotEntry(value: value, origin: .said, isConfirmed: true))])
        say(.corrected, describe(slot))
        proceed()
    }

    private mutating func reopen(_ slot: SlotIndex) {
        guard !flow.collectors[slot].isEmpty else {
            say(.cannotReopen, ["title": .text(flow.slots[slot].title)])
            return askAgain()
        }
        forget(slot, undoingSource: false)
        proceed()
    }

    private mutating func answer(_ index: Int) {
        let topic = flow.topics[index]
        if let prompt = topic.answer { say(prompt) }
        guard let target = topic.call else { return askAgain() }
        // Each time anew: what an earlier visit found may no longer hold.
        for step in flow.flows[target].steps { situation.marks[step] = nil }
        for slot in flow.flows[target].locals { forget(slot) }
        situation.digressions.removeAll { $0 == target }
        situation.digressions.append(target)
        proceed()
    }
}

extension SlotType {
    fileprivate var isSingleChoice: Bool {
        if case .entity(.choice, _) = self { true } else { false }
    }
}
