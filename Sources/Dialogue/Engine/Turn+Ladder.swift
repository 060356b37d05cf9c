internal import Intents

/// Replies that do not answer. What is expected is said with an example, then the help, then the ways out; after that
/// these two in turn, so that nothing is said twice running.
extension Turn {
    /// The rungs of the ladder.
    private enum Rung {
        case expected, help, offer

        init(repetition: Int) {
            switch repetition {
            case ...1: self = .expected
            case let count: self = count.isMultiple(of: 2) ? .help : .offer
            }
        }
    }

    /// A reply that does not answer the pending question.
    mutating func miss(_ decision: Decision, at index: StepIndex, _ asking: Asking) {
        let step = flow.steps[index]
        switch decision {
        case .problem(let message, let suggestion):
            if let slot = ownSlot(of: index, asking) { return refuse(message, suggestion: suggestion, for: slot) }
        case .suggestions(let options):
            if let slot = ownSlot(of: index, asking) { return suggest(options, for: slot, at: index, asking) }
        default: break
        }
        let isGate = if case .gate = step.kind { true } else { false }
        let hint: [String: Value] = ["hint": .text(expectation(at: index, asking))]
        let isDoubt = if case .doubtful = decision { true } else { false }
        if understanding?.isUnansweredQuestion == true, !(isGate && isDoubt) {
            return climbByQuestion(at: index, asking)
        }
        if understanding?.asksForTime == true, !isGate { return climb(.waiting, hint, at: index, asking) }
        switch decision {
        case .doubtful(let sign):
            climb(isGate ? .gateDoubt : .doubt, ["reason": .text(sign.rawValue)], at: index, asking)
        case .affirm(isPlain: false):
            climb(isGate ? .gateDoubt : .doubt, ["reason": .text("reservation")], at: index, asking)
        case .unsure where !isGate: climb(.unsure, hint, at: index, asking)
        case .misplaced(let kind): climb(.misplaced, ["kind": .text(kind)], at: index, asking)
        case .empty: climb(.empty, at: index, asking)
        case .deny where !isGate && asking == .plain: climb(.yesOrNo, hint, at: index, asking)
        case .notUnderstood where !isGate && isPolar && !(flow.steps[index].kind.takesYes):
            climb(.yesOrNo, hint, at: index, asking)
        default: climb(isGate ? .gateDoubt : .notUnderstood, hint, at: index, asking)
        }
    }

    /// Whether the reply is a yes, though the question takes none.
    private var isPolar: Bool {
        let signs = understanding?.evidence.map(\.meaning) ?? []
        return signs.contains { $0 == Polarity.Sign.affirm.rawValue || $0 == Polarity.Sign.assent.rawValue }
    }

    /// A question that nothing answers; the next one running is told so in other words.
    private mutating func climbByQuestion(at index: StepIndex, _ asking: Asking) {
        situation.misses += 1
        let isRepeated =
            situation.complaint?.text == SystemPrompt.questioning.rawValue && (situation.complaint?.count ?? 0) % 2 == 1
        let rung = Rung(repetition: situation.misses)
        if case .offer = rung {
            offer(at: index)
        } else {
            let isHelp = if case .help = rung { true } else { false }
            let text = isHelp ? help(at: index, asking) : expectation(at: index, asking)
            say(isRepeated ? .questioningAgain : .questioning, ["hint": .text(text)])
        }
        _ = complain(SystemPrompt.questioning.rawValue)
        askAgain()
    }

    /// Says why a reply does not answer, or more each time it happens again, and asks again.
    mutating func climb(
        _ first: SystemPrompt,
        _ moment: [String: Value] = [:],
        at index: StepIndex,
        _ asking: Asking
    ) {
        situation.misses += 1
        switch Rung(repetition: situation.misses) {
        case .expected: say(first, moment.isEmpty ? ["hint": .text(expectation(at: index, asking))] : moment)
        case .help:
            say(
                .notUnderstoodAgain,
                ["hint": .text(expectation(at: index, asking)), "help": .text(help(at: index, asking))]
            )
        case .offer: offer(at: index)
        }
        askAgain()
    }

    /// A no, or not knowing, that has been answered and comes again: the help is said, then the ways out.
    mutating func insist(_ outcome: String, at index: StepIndex) {
        if (situation.complaint?.count ?? 0).isMultiple(of: 2) {
            let prompt = outcome == "deny" ? SystemPrompt.deniedAgain : .unsureAgain
            say(prompt, ["help": .text(help(at: index, .plain))])
        } else {
            offer(at: index)
        }
        askAgain()
    }

    /// The ways out of a question.
    private mutating func offer(at index: StepIndex) {
        var canSkip = false
        if case .collect(let collect) = flow.steps[index].kind { canSkip = collect.skip != nil }
        say(
            .notUnderstoodOffer,
            ["can_skip": .flag(canSkip), "can_go_back": .flag(!state.past.isEmpty)]
        )
    }

    /// A value that cannot be: what is wrong is said, and a corrected form is offered where there is one.
    mutating func refuse(_ message: String, suggestion: Value?, for slot: SlotIndex) {
        guard case .reply(let step, let asking) = situation.pending else { return }
        switch rung(of: message) {
        case .expected: say(.problem, ["problem": .text(message)])
        case .help:
            let own = ownSlot(of: step, asking) == slot
            let help = own ? help(at: step, .plain) : expectation(of: slot)
            say(.problemAgain, ["problem": .text(message), "help": .text(help)])
        case .offer:
            say(.problem, ["problem": .text(message)])
            offer(at: step)
        }
        if let suggestion {
            askQuestion(of: step, .suggestion(slot: slot, value: suggestion))
        } else {
            askAgain()
        }
    }

    /// Options that come close to what was said.
    private mutating func suggest(
        _ options: [ChoiceOption],
        for slot: SlotIndex,
        at index: StepIndex,
        _ asking: Asking
    ) {
        if options.count == 1, let option = options.first, flow.slots[slot].type.isSingleChoice {
            let suggestion = Asking.suggestion(slot: slot, value: .text(option.id))
            if asking == suggestion { return climb(.notUnderstood, at: index, asking) }
            return askQuestion(of: index, suggestion)
        }
        let names = Value.list(options.map { .text($0.name) })
        switch rung(of: names.displayText) {
        case .expected: say(.suggestions, ["names": names])
        case .help: say(.suggestionsAgain, ["names": names, "hint": .text(expectation(at: index, asking))])
        case .offer: offer(at: index)
        }
        askAgain()
    }

    /// Keeps what is said of a reply; whether it is not what was said of the one before.
    mutating func complain(_ text: String) -> Bool { rung(of: text) == .expected }

    /// The rung for something that is wrong with a value: higher each time that it is the same.
    private mutating func rung(of text: String) -> Rung {
        let count = situation.complaint?.text == text ? (situation.complaint?.count ?? 0) + 1 : 1
        situation.complaint = Complaint(text: text, count: count)
        return Rung(repetition: count)
    }

    /// What a question expects, with an example that fits.
    func expectation(at index: StepIndex, _ asking: Asking) -> String {
        let step = flow.steps[index]
        switch asking {
        case .suggestion(let slot, _) where ownSlot(of: index, .plain) == slot: return expectation(at: index, .plain)
        case .plain, .known, .change:
            if let hint = step.texts.hint {
                let text = render(hint, [:])
                if !text.isEmpty { return text }
            }
            if asking == .change { return render(SystemPrompt.expectedChange.rawValue, [:]) }
            if case .collect(let collect) = step.kind { return expectation(of: collect.slot) }
            if case .gate = step.kind { return render(SystemPrompt.expectedGate.rawValue, [:]) }
            return render(SystemPrompt.expectedFlag.rawValue, [:])
        case .suggestion, .restart: return render(SystemPrompt.expectedSuggestion.rawValue, [:])
        case .assigning(_, let slots):
            if slots.count == 1 { return render(SystemPrompt.expectedSuggestion.rawValue, [:]) }
            let names = slots.map { Value.text(flow.slots[$0].title) }
            return render(SystemPrompt.expectedChoice.rawValue, ["names": .list(names)])
        }
    }

    /// What `help` says at a question.
    private func help(at index: StepIndex, _ asking: Asking) -> String {
        switch asking {
        case .plain, .known, .change:
            let text = flow.steps[index].texts.help.map { render($0, [:]) } ?? ""
            return text.isEmpty ? expectation(at: index, asking) : text
        case .suggestion, .restart, .assigning: return expectation(at: index, asking)
        }
    }

    /// What a slot can hold, with an example.
    private func expectation(of slot: SlotIndex) -> String {
        guard case .entity(let type, _) = flow.slots[slot].type else { return "" }
        let names = flow.options(of: slot, in: situation.slots).map { Value.text($0.name) }
        let expectation = type.base.expectation
        return render(expectation.prompt, expectation.values.merging(["names": .list(names)]) { own, _ in own })
    }
}

extension Step.Kind {
    /// Whether a yes answers its question.
    fileprivate var takesYes: Bool {
        switch self {
        case .collect(let collect): collect.proposal != nil
        case .confirm, .gate: true
        case .action, .call, .say, .set, .end: false
        }
    }
}

extension SlotType {
    fileprivate var isSingleChoice: Bool {
        if case .entity(.choice, _) = self { true } else { false }
    }
}
