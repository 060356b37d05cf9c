internal import Intents

extension Turn {
    /// Says something of the engine's own.
    mutating func say(_ prompt: SystemPrompt, _ moment: [String: Value] = [:]) {
        say(prompt.rawValue, moment)
    }

    /// Says a prompt as a statement.
    ///
    /// A prompt that renders to nothing is not said.
    mutating func say(_ prompt: PromptName, _ moment: [String: Value] = [:]) {
        let text = render(prompt, moment)
        if !text.isEmpty { messages.append(Message(role: .statement, prompt: prompt, text: text)) }
    }

    /// Asks, and waits.
    mutating func ask(_ prompt: PromptName, _ moment: [String: Value] = [:], options: [ChoiceOption] = []) {
        let text = render(prompt, moment)
        messages.append(Message(role: .question, prompt: prompt, text: text, options: options))
        next = .reply
    }

    /// The text of a prompt.
    func render(_ prompt: PromptName, _ moment: [String: Value]) -> String {
        guard let template = flow.prompts.templates[prompt] else { return "" }
        if template.isPlain, moment.isEmpty {
            return template.render(PromptValues(moment: [:], slot: { _ in nil }))
        }
        let flow = flow
        let slots = situation.slots
        return template.render(
            PromptValues(moment: moment) { name in
                guard let index = flow.slotIndex[name], let value = slots[index]?.value else { return nil }
                return flow.shown(value, of: index, in: slots)
            }
        )
    }

    /// Asks the question that is pending.
    mutating func askAgain() {
        guard case .reply(let step, let asking) = situation.pending else {
            switch situation.pending {
            case .action: next = .reply
            case .broken(let step, let reason): askWayOut(of: step, reason)
            case .ended, .nothing, .reply: break
            }
            return
        }
        askQuestion(of: step, asking, again: true)
    }

    /// Asks a step's question in some way, and leaves it pending.
    mutating func askQuestion(of index: StepIndex, _ asking: Asking, again: Bool = false) {
        if situation.pending != .reply(step: index, asking: asking) { situation.misses = 0 }
        situation.pending = .reply(step: index, asking: asking)
        trace.append((index, nil))
        let step = flow.steps[index]
        switch asking {
        case .plain:
            let prompt = (again ? step.texts.again : nil) ?? step.texts.ask ?? SystemPrompt.change.rawValue
            ask(prompt, options: options(of: step))
        case .known:
            guard case .collect(let collect) = step.kind else { return }
            ask(collect.askKnown ?? SystemPrompt.known.rawValue, describe(collect.slot))
        case .change: ask(SystemPrompt.change.rawValue)
        case .suggestion(let slot, let value):
            ask(
                SystemPrompt.suggestion.rawValue,
                [
                    "title": .text(flow.slots[slot].title),
                    "value": flow.shown(value, of: slot, in: situation.slots),
                ]
            )
        case .assigning(let value, let slots):
            let shown = slots.first.map { flow.shown(value, of: $0, in: situation.slots) } ?? value
            if let only = slots.first, slots.count == 1 {
                ask(SystemPrompt.assigningOne.rawValue, ["title": .text(flow.slots[only].title), "value": shown])
            } else {
                let options = slots.map { ChoiceOption(id: flow.slots[$0].name, name: flow.slots[$0].title) }
                ask(SystemPrompt.assigning.rawValue, ["value": shown], options: options)
            }
        case .restart: ask(SystemPrompt.restartQuestion.rawValue)
        }
    }

    /// A slot's title and value for a template.
    func describe(_ slot: SlotIndex) -> [String: Value] {
        var moment: [String: Value] = ["title": .text(flow.slots[slot].title)]
        if let value = situation.slots[slot]?.value {
            moment["value"] = flow.shown(value, of: slot, in: situation.slots)
        }
        return moment
    }

    /// The options that a step's question offers.
    func options(of step: Step) -> [ChoiceOption] {
        guard case .collect(let collect) = step.kind else { return [] }
        return flow.options(of: collect.slot, in: situation.slots)
    }
}

extension Flow {
    /// The options of a choice, fixed or out of the slot that holds them.
    func options(of slot: SlotIndex, in slots: [SlotEntry?]) -> [ChoiceOption] {
        guard case .entity(_, let fixed) = self.slots[slot].type else { return [] }
        guard let source = self.slots[slot].optionsFrom, let list = slots[source]?.value.list else { return fixed }
        return list.compactMap { element in
            switch element {
            case .text(let text): return ChoiceOption(id: text, name: text)
            case .record(let record):
                guard let id = record["id"]?.text else { return nil }
                let aliases = record["aliases"]?.list?.compactMap(\.text) ?? []
                return ChoiceOption(id: id, name: record["name"]?.text ?? id, aliases: aliases)
            case .number, .flag, .list: return nil
            }
        } + fixed
    }

    /// The options of a choice, those marked that it holds.
    func markedOptions(of slot: SlotIndex, in slots: [SlotEntry?]) -> [ChoiceOption] {
        var options = options(of: slot, in: slots)
        guard !options.isEmpty, let value = slots[slot]?.value else { return options }
        let chosen = Set((value.list ?? [value]).compactMap(\.text))
        for index in options.indices { options[index].isChosen = chosen.contains(options[index].id) }
        return options
    }

    /// A slot's value as it is shown: options by their names.
    func shown(_ value: Value, of slot: SlotIndex, in slots: [SlotEntry?]) -> Value {
        guard case .entity(let kind, _) = self.slots[slot].type, kind == .choice || kind == .choices else {
            return value
        }
        let names = options(of: slot, in: slots)
        func name(_ value: Value) -> Value {
            guard case .text(let id) = value else { return value }
            return .text(names.first { $0.id == id }?.name ?? id)
        }
        if case .list(let list) = value { return .list(list.map(name)) }
        return name(value)
    }
}
