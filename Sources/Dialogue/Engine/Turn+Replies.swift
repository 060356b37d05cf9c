internal import Intents

extension Turn {
    /// The user replied.
    mutating func handleReply(_ text: String) {
        state.turns += 1
        state.runs = 0
        let before = situation
        let utterance = flow.resolver.utterance(text)
        guard case .reply(let step, let asked) = situation.pending else { return handleStrayReply(utterance) }
        let (understanding, asking) = understand(utterance, at: step, asked)
        self.understanding = understanding
        if understanding.decision.isAside { situation.misses = 0 }
        switch understanding.decision {
        case .command(let command): obey(command, at: step, asking)
        case .topic(let topic): answer([topic] + understanding.furtherTopics)
        case .correction(let slot, let value): correct(slot, to: value)
        case .reopening(let slot): reopen(slot)
        case .badCorrection(let slot, let message, let suggestion):
            refuse(message, suggestion: suggestion, for: slot)
        case .several(let assignments, let rest): take(assignments, rest: rest, typed: utterance, at: step, asking)
        case .stray(let value, let slots, let isReplacement): place(value, among: slots, isReplacement, at: step)
        case .recall(let slot): recall(slot)
        case .questioning(let value): question(value, at: step, asking)
        case .empty: miss(.empty, at: step, asking)
        case let decision: answer(decision, typed: utterance, at: step, asking)
        }
        remember(before)
    }

    /// Understands a reply in the context of the question in hand.
    ///
    /// Where that is which slot a value is for, the reply may answer the question behind it instead.
    ///
    /// - Returns: The understanding, and in what way the question that it answers was asked.
    func understand(
        _ utterance: Utterance,
        at step: StepIndex,
        _ asking: Asking
    ) -> (Understanding, Asking) {
        let flow = flow
        let slots = situation.slots
        func understand(_ asking: Asking) -> Understanding {
            flow.heard.understanding(
                of: utterance,
                answering: question(step, asking),
                optionsOf: { flow.markedOptions(of: $0, in: slots) },
                by: flow.resolver
            )
        }
        let understanding = understand(asking)
        guard case .assigning = asking, understanding.decision == .notUnderstood else { return (understanding, asking) }
        let behind = understand(.plain)
        switch behind.decision {
        case .value(.text(let text)) where text.split(separator: " ").count > 2: return (behind, .plain)
        case .value(.text), .notUnderstood, .affirm, .deny: return (understanding, asking)
        case .value: return (behind, .plain)
        default: return (understanding, asking)
        }
    }

    /// A reply while nothing is asked: an action runs, or the flow has ended.
    private mutating func handleStrayReply(_ utterance: Utterance) {
        switch situation.pending {
        case .action:
            say(.busy)
            next = .reply
        case .broken(let step, let reason): handleReplyToDefect(utterance, at: step, reason)
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
            case .command("redo"): goForward()
            case .topic(let topic): answer([topic] + understanding.furtherTopics)
            default: say(.ended)
            }
        }
    }

    /// What the pending question can take.
    func question(_ step: StepIndex, _ asking: Asking) -> Question {
        let topics = flow.topicsInScope[step]
        switch asking {
        case .restart: return Question(form: .confirmation, topics: topics)
        case .change: return Question(form: .change, topics: topics)
        case .suggestion(let slot, _): return question(of: slot, hasProposal: true, topics)
        case .assigning(_, let slots):
            let options = slots.map { slot in
                let slot = flow.slots[slot]
                return ChoiceOption(id: slot.name, name: slot.title, aliases: slot.names)
            }
            return Question(form: .value(.choice), options: options, hasProposal: slots.count == 1, topics: topics)
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
    mutating func answer(_ decision: Decision, typed: Utterance, at step: StepIndex, _ asking: Asking) {
        switch asking {
        case .restart:
            if case .affirm(isPlain: true) = decision { return restart() }
            say(.restartDeclined)
            return proceed(from: step)
        case .suggestion(let slot, let value):
            switch decision {
            case .affirm(let isPlain) where isPlain: return accept(value, for: slot)
            case .value(let other): return accept(other, for: slot)
            case .deny:
                situation.pending = .reply(step: step, asking: .plain)
                return proceed()
            default: return miss(decision, at: step, asking)
            }
        case .assigning(let value, let slots): return assign(value, among: slots, by: decision, at: step)
        case .change:
            switch decision {
            case .affirm(isPlain: true):
                if case .confirm = flow.steps[step].kind { return affirm(step) }
                // A correction was announced where nothing is to be confirmed: all is right, and the question stands.
                return askQuestion(of: step, .plain)
            case .deny: return askQuestion(of: step, .plain)
            default: return miss(decision, at: step, asking)
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
            default: return miss(decision, at: step, asking)
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
                    miss(decision, at: index, .plain)
                }
            case .deny: take(collect.deny, "deny", decision, at: index)
            case .unsure: take(collect.unsure, "unsure", decision, at: index)
            default: miss(decision, at: index, .plain)
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
            default: miss(decision, at: index, .plain)
            }
        case .gate(let gate):
            switch decision {
            case .affirm(isPlain: true):
                situation.marks[index] = Step.Gate.open
                trace.append((index, Step.Gate.open))
                proceed()
            case .deny: take(gate.deny, "deny", decision, at: index)
            default: miss(decision, at: index, .plain)
            }
        case .action, .call, .say, .set, .end: proceed()
        }
    }

    mutating func affirm(_ index: StepIndex) {
        guard case .confirm(let confirm) = flow.steps[index].kind else { return }
        for slot in confirm.slots { situation.slots[slot]?.isConfirmed = true }
        settle(index, "affirm", confirm.affirm)
        proceed()
    }

    /// Goes on by a branch for a reply that gives no value, or asks again where there is none.
    private mutating func take(_ branch: Branch?, _ outcome: String, _ decision: Decision, at index: StepIndex) {
        guard let branch else { return miss(decision, at: index, .plain) }
        guard branch.onlySpeaks, let prompt = branch.say else {
            settle(index, outcome, branch)
            return proceed()
        }
        // What only says something and asks again would say the same again.
        guard complain(prompt) else { return insist(outcome, at: index) }
        settle(index, outcome, branch)
        let complaint = situation.complaint
        proceed(from: index)
        situation.complaint = complaint
    }

    mutating func accept(_ value: Value, for slot: SlotIndex) {
        set([(slot, .said(value))])
        proceed()
    }

    mutating func reopen(_ slot: SlotIndex) {
        guard !flow.collectors[slot].isEmpty else {
            say(.cannotReopen, ["title": .text(flow.slots[slot].title)])
            return askAgain()
        }
        let isOpen = situation.slots[slot] == nil && flow.collectors[slot].allSatisfy { situation.marks[$0] == nil }
        if isOpen, case .reply(let step, let asking) = situation.pending, ownSlot(of: step, asking) != slot {
            say(.recalledNothing, ["title": .text(flow.slots[slot].title)])
            return askAgain()
        }
        forget(slot, undoingSource: false)
        proceed()
    }

    /// Answers topics, or goes through the flow of one, where several have some through that of the first.
    mutating func answer(_ topics: [Int]) {
        for topic in topics where flow.topics[topic].call == nil {
            guard let prompt = flow.topics[topic].answer else { continue }
            say(prompt)
            // A branch that would say the same next has been heard.
            _ = complain(prompt)
        }
        guard let topic = topics.map({ flow.topics[$0] }).first(where: { $0.call != nil }), let target = topic.call
        else {
            return askAgain()
        }
        if let prompt = topic.answer { say(prompt) }
        // Each time anew: what an earlier visit found may no longer hold.
        for step in flow.flows[target].steps { situation.marks[step] = nil }
        for slot in flow.flows[target].locals { forget(slot) }
        situation.digressions.removeAll { $0 == target }
        situation.digressions.append(target)
        proceed()
    }
}

extension Decision {
    /// Whether it is understood and answers nothing, so that the ladder of what is not understood begins anew.
    ///
    /// Going back and forth puts back situations as they were, ladders included.
    fileprivate var isAside: Bool {
        switch self {
        case .command("back"), .command("redo"): false
        case .command, .topic, .recall: true
        default: false
        }
    }
}

extension Branch {
    /// Whether it does nothing but say something before the question comes again.
    fileprivate var onlySpeaks: Bool { next == .stay && set.isEmpty && clear.isEmpty }
}
