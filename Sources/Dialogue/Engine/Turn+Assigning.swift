internal import Intents

/// Answers to other questions than the one asked: told apart, given to their slots, and said to the user.
extension Turn {
    /// Takes the answers of a reply that gives several, then what the rest of it says to the question in hand.
    mutating func take(
        _ assignments: [Assignment],
        rest: Decision?,
        typed: Utterance,
        at step: StepIndex,
        _ asking: Asking
    ) {
        var rest = rest
        var changes: [(slot: SlotIndex, value: Value)] = []
        if case .value(let value) = rest, let own = ownSlot(of: step, asking) {
            changes.append((own, value))
            rest = nil
        }
        var early: [EarlyAnswer] = []
        for assignment in assignments {
            if assignment.isEarly {
                early.append(EarlyAnswer(slot: assignment.slot, text: assignment.value.text ?? ""))
            } else if isUprooted(assignment.slot, by: assignments) {
                let shown = flow.shown(assignment.value, of: assignment.slot, in: situation.slots)
                early.append(EarlyAnswer(slot: assignment.slot, text: shown.displayText))
            } else {
                changes.append((assignment.slot, assignment.value))
            }
        }
        set(changes.map { ($0.slot, SlotEntry.said($0.value)) })
        for answer in early { keep(answer) }
        note(changes.map(\.slot).sorted() + early.map(\.slot).sorted())
        guard let rest else { return proceed(from: unread(step, changes.map(\.slot))) }
        if isStillAsked(step, asking) {
            take(rest, typed: typed, at: step, asking)
        } else {
            keep(rest, of: step, asking)
            proceed()
        }
    }

    /// Takes what the rest of a reply says to a question that is still the one to ask.
    private mutating func take(_ rest: Decision, typed: Utterance, at step: StepIndex, _ asking: Asking) {
        switch rest {
        case .badCorrection(let slot, let message, let suggestion): refuse(message, suggestion: suggestion, for: slot)
        case .stray(let value, let slots, let isReplacement): place(value, among: slots, isReplacement, at: step)
        case .topic(let topic): answer([topic])
        default: answer(rest, typed: typed, at: step, asking)
        }
    }

    /// Keeps what the rest of a reply says where another question, or an action, comes first now.
    private mutating func keep(_ rest: Decision, of step: StepIndex, _ asking: Asking) {
        switch rest {
        case .badCorrection(_, let message, _): say(.problem, ["problem": .text(message)])
        case .stray(let value, let slots, _):
            let titles = Value.list(slots.map { .text(flow.slots[$0].title) })
            let shown = slots.first.map { flow.shown(value, of: $0, in: situation.slots) } ?? value
            say(
                .unplaced,
                ["value": shown, "titles": titles, "title": slots.first.map { .text(flow.slots[$0].title) } ?? ""]
            )
        case .topic(let topic): if let prompt = flow.topics[topic].answer { say(prompt) }
        case .affirm, .deny, .unsure:
            guard asking == .plain, case .collect(let collect) = flow.steps[step].kind,
                situation.slots[collect.slot] == nil
            else { return }
            switch (rest, flow.slots[collect.slot].type) {
            case (.affirm, .entity(.flag, _)): set([(collect.slot, .said(.flag(true)))])
            case (.deny, .entity(.flag, _)): set([(collect.slot, .said(.flag(false)))])
            case (.deny, _): if let branch = collect.deny { settle(step, "deny", branch) }
            case (.unsure, _): if let branch = collect.unsure { settle(step, "unsure", branch) }
            default: break
            }
        default: break
        }
    }

    /// Whether a question is what comes next after all that has changed.
    private func isStillAsked(_ step: StepIndex, _ asking: Asking) -> Bool {
        var ahead = self
        ahead.messages = []
        ahead.proceed()
        guard case .reply(step, let next) = ahead.situation.pending, ahead.messages.count == 1 else { return false }
        return next == asking || next == .plain
    }

    /// Gives one slot the value that its name came with.
    mutating func correct(_ slot: SlotIndex, to value: Value) {
        let isChange = situation.slots[slot] != nil
        set([(slot, .said(value))])
        if isChange { say(.corrected, describe(slot)) } else { note([slot]) }
        guard case .reply(let step, _) = situation.pending else { return proceed() }
        proceed(from: unread(step, [slot]))
    }

    /// A step whose question does not show any of these slots, so that its shorter form will do.
    private func unread(_ step: StepIndex, _ slots: [SlotIndex]) -> StepIndex? {
        flow.steps[step].reads.isDisjoint(with: slots) ? step : nil
    }

    /// A value that the question does not take: it is given to the one slot it was meant for, or asked about.
    ///
    /// What a confirmation covers comes first; what replaces an answer is for a slot that has one.
    mutating func place(_ value: Value, among slots: [SlotIndex], _ isReplacement: Bool, at step: StepIndex) {
        var candidates = slots
        let covered: [SlotIndex]
        switch flow.steps[step].kind {
        case .confirm(let confirm): covered = confirm.slots
        case .gate(let gate): covered = gate.slots
        case .collect, .action, .call, .say, .set, .end: covered = []
        }
        let near = candidates.filter(covered.contains)
        if !near.isEmpty { candidates = near }
        // "Oregon" says yes where the bot asks whether us-west-2 is right, and no more than that.
        if case .confirm = flow.steps[step].kind, situation.pending == .reply(step: step, asking: .plain),
            covered == candidates,
            let only = covered.first, covered.count == 1, situation.slots[only]?.value == value
        {
            return affirm(step)
        }
        if isReplacement {
            let known = candidates.filter { situation.slots[$0] != nil }
            if !known.isEmpty { candidates = known }
            if candidates.count == 1 { return correct(candidates[0], to: value) }
        }
        let asking = Asking.assigning(value: value, slots: candidates)
        if case .reply(step, asking) = situation.pending { return climb(.notUnderstood, at: step, asking) }
        askQuestion(of: step, asking)
    }

    /// What the user said to the question which slot a value is for.
    mutating func assign(_ value: Value, among slots: [SlotIndex], by decision: Decision, at step: StepIndex) {
        let chosen: SlotIndex?
        switch decision {
        case .affirm(isPlain: true) where slots.count == 1: chosen = slots.first
        case .value(.text(let name)): chosen = slots.first { flow.slots[$0].name == name }
        case .deny, .unsure:
            let shown = slots.first.map { flow.shown(value, of: $0, in: situation.slots) } ?? value
            say(.notAssigned, ["value": shown])
            situation.pending = .reply(step: step, asking: .plain)
            return proceed(from: step)
        default: chosen = nil
        }
        guard let chosen else { return miss(decision, at: step, .assigning(value: value, slots: slots)) }
        if ownSlot(of: step, .plain) == chosen { accept(value, for: chosen) } else { correct(chosen, to: value) }
    }

    /// Says what a slot holds.
    mutating func recall(_ slot: SlotIndex) {
        if situation.slots[slot] != nil {
            say(.recalled, describe(slot))
        } else if let early = situation.early.first(where: { $0.slot == slot }) {
            say(.recalled, ["title": .text(flow.slots[slot].title), "value": .text(early.text)])
        } else {
            say(.recalledNothing, ["title": .text(flow.slots[slot].title)])
        }
        askAgain()
    }

    /// Free text that asks something is taken only after it was asked about.
    mutating func question(_ value: Value, at step: StepIndex, _ asking: Asking) {
        guard let own = ownSlot(of: step, asking) else { return miss(.notUnderstood, at: step, asking) }
        say(.questioning, ["hint": .text(expectation(at: step, .plain))])
        askQuestion(of: step, .assigning(value: value, slots: [own]))
    }

    /// The slot that a question fills, where it is asked for a value.
    func ownSlot(of step: StepIndex, _ asking: Asking) -> SlotIndex? {
        switch asking {
        case .suggestion(let slot, _): return slot
        case .plain, .known:
            guard case .collect(let collect) = flow.steps[step].kind else { return nil }
            return collect.slot
        case .change, .restart, .assigning: return nil
        }
    }

    /// Tells the user what was taken.
    private mutating func note(_ slots: [SlotIndex]) {
        let noted = slots.map { slot -> Value in
            var moment = describe(slot)
            if moment["value"] == nil, let early = situation.early.first(where: { $0.slot == slot }) {
                moment["value"] = .text(early.text)
            }
            moment["value"] = moment["value"].map { .text($0.displayText) }
            return .record(moment)
        }
        say(.noted, ["noted": .list(noted)])
    }

    /// Whether the options of a choice come from something else that the same reply changes.
    private func isUprooted(_ slot: SlotIndex, by assignments: [Assignment]) -> Bool {
        guard let source = flow.slots[slot].optionsFrom else { return false }
        return assignments.contains { other in
            flow.dependents[other.slot].contains(source) && situation.slots[other.slot]?.value != other.value
        }
    }
}

/// Early answers: choices named before their options are known.
extension Turn {
    /// Keeps an answer until its options are known.
    private mutating func keep(_ answer: EarlyAnswer) {
        if situation.slots[answer.slot] != nil { forget(answer.slot, undoingSource: false) }
        situation.early.removeAll { $0.slot == answer.slot }
        let place = situation.early.firstIndex { $0.slot > answer.slot } ?? situation.early.count
        situation.early.insert(answer, at: place)
    }

    /// Answers a question by what was said before it could be asked, where that is one of its options.
    ///
    /// - Returns: In what way the question is to be asked; `nil` where it is answered now.
    mutating func answerEarly(_ slot: SlotIndex) -> Asking? {
        guard let place = situation.early.firstIndex(where: { $0.slot == slot }),
            case .entity(let kind, _) = flow.slots[slot].type
        else { return .plain }
        let options = flow.options(of: slot, in: situation.slots)
        let said = situation.early.remove(at: place)
        let question = Question(form: .value(kind), slot: slot, options: options)
        let named: [String: Value] = ["title": .text(flow.slots[slot].title), "value": .text(said.text)]
        switch kind.read(flow.resolver.utterance(said.text), answering: question) {
        case .value(let value, _):
            set([(slot, .said(value))])
            return nil
        case .suggestions(let near, _) where near.count == 1 && kind == .choice:
            say(.earlyNear, named)
            return .suggestion(slot: slot, value: .text(near[0].id))
        case .suggestions, .problem, .nothing:
            say(.earlyUnfit, named)
            return .plain
        }
    }
}
