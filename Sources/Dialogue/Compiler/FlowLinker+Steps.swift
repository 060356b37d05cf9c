internal import Diagnostics
internal import Intents

extension FlowLinker {
    /// Links one step; what is wrong with it is reported and left out.
    mutating func linkStep(_ draft: inout StepDraft, flow: FlowIndex, at index: StepIndex) -> Step {
        let place = draft.location
        let condition: Guard? =
            draft.fields.text("if", &diagnostics).flatMap {
                GuardParser.parse(
                    $0,
                    slots: slots,
                    index: slotIndex,
                    at: draft.fields.location(of: "if"),
                    diagnostics: &diagnostics
                )
            }
        let title = draft.fields.text("title", &diagnostics) ?? draft.id.replacing("_", with: " ")
        var reads = Set(
            draft.fields.texts("depends_on", &diagnostics).compactMap {
                slot($0, at: draft.fields.location(of: "depends_on"))
            }
        )
        let texts = linkTexts(&draft)
        let scope = BranchScope(flow: flow, step: index, location: place)
        let kind: Step.Kind
        switch draft.kind {
        case .collect: kind = linkCollect(&draft, texts, scope)
        case .confirm:
            let covered = linkCovered(&draft, "confirm")
            reads.formUnion(covered)
            kind = .confirm(
                Step.Confirm(
                    slots: covered,
                    affirm: branch("affirm", of: &draft, scope) ?? .following,
                    deny: branch("deny", of: &draft, scope),
                    unsure: branch("unsure", of: &draft, scope)
                )
            )
        case .gate:
            let covered = linkCovered(&draft, "gate")
            reads.formUnion(covered)
            kind = .gate(Step.Gate(slots: covered, deny: branch("deny", of: &draft, scope)))
        case .action:
            let action = linkAction(&draft, scope)
            for input in action?.inputs ?? [] {
                if case .slot(let slot) = input.source { reads.insert(slot) }
            }
            kind = action.map(Step.Kind.action) ?? .set(.following)
        case .call: kind = linkCall(&draft, scope)
        case .say:
            checkPrompt(draft.subject, at: draft.fields.location(of: "say"))
            kind = .say(prompt: draft.subject ?? "")
            reads.formUnion(condition?.slots ?? [])
        case .set, .clear:
            let changes = linkChanges(&draft.fields, say: nil, next: .following, scope)
            kind = .set(changes)
            reads.formUnion(condition?.slots ?? [])
            for (_, source) in changes.set { if case .slot(let slot) = source { reads.insert(slot) } }
        case .end: kind = .end(outcome: draft.subject ?? "done")
        }
        switch draft.kind {
        case .collect, .confirm, .gate:
            if texts.ask == nil {
                diagnostics.error(
                    "the step '\(draft.id)' has no question: add the prompt 'ask_\(draft.id)' or name one with 'ask'",
                    at: place
                )
            }
        default: break
        }
        draft.fields.finish(&diagnostics)
        return Step(
            id: draft.id,
            kind: kind,
            guardedBy: condition,
            reads: reads,
            texts: texts,
            title: title,
            location: place
        )
    }

    /// A step's prompts: named in the step, or by custom `ask_ID`, `again_ID`, `hint_ID`, `help_ID` and `why_ID`.
    private mutating func linkTexts(_ draft: inout StepDraft) -> Step.Texts {
        func name(_ field: String, _ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) -> PromptName? {
            if let named = fields.text(field, &diagnostics) { return named }
            let usual = "\(field)_\(draft.id)"
            return prompts.templates[usual] == nil ? nil : usual
        }
        let texts = Step.Texts(
            ask: name("ask", &draft.fields, &diagnostics),
            again: name("again", &draft.fields, &diagnostics),
            hint: name("hint", &draft.fields, &diagnostics),
            help: name("help", &draft.fields, &diagnostics),
            why: name("why", &draft.fields, &diagnostics)
        )
        for (field, prompt) in [
            ("ask", texts.ask), ("again", texts.again), ("hint", texts.hint), ("help", texts.help), ("why", texts.why),
        ] { checkPrompt(prompt, at: draft.fields.location(of: field)) }
        return texts
    }

    private mutating func linkCollect(_ draft: inout StepDraft, _ texts: Step.Texts, _ scope: BranchScope) -> Step.Kind
    {
        let name = draft.subject ?? ""
        let target = slot(name, at: draft.fields.location(of: "collect"))
        if let target, case .derived = slots[target].type {
            diagnostics.error("'\(name)' is derived; it cannot be asked for", at: draft.fields.location(of: "collect"))
        }
        if let target, case .entity(let kind, let options) = slots[target].type, kind == .choice || kind == .choices,
            options.isEmpty, slots[target].optionsFrom == nil
        {
            diagnostics.error(
                "the choice '\(name)' has neither 'options' nor 'options_from'",
                at: slots[target].location
            )
        }
        let askKnown = draft.fields.text("ask_known", &diagnostics)
        checkPrompt(askKnown, at: draft.fields.location(of: "ask_known"))
        let proposal = draft.fields.text("proposal", &diagnostics).flatMap {
            slot($0, at: draft.fields.location(of: "proposal"))
        }
        return .collect(
            Step.Collect(
                slot: target ?? 0,
                askKnown: askKnown,
                proposal: proposal,
                unsure: branch("unsure", of: &draft, scope),
                deny: branch("deny", of: &draft, scope),
                skip: branch("skip", of: &draft, scope)
            )
        )
    }

    private mutating func linkCovered(_ draft: inout StepDraft, _ field: String) -> [SlotIndex] {
        draft.fields.texts(field, &diagnostics).compactMap { slot($0, at: draft.fields.location(of: field)) }
    }

    private mutating func linkCall(_ draft: inout StepDraft, _ scope: BranchScope) -> Step.Kind {
        let name = draft.subject ?? ""
        guard let target = flowIndex[name] else {
            diagnostics.error(
                "there is no flow '\(name)'" + NearestWord.hint(for: name, among: flowIndex.keys),
                at: draft.fields.location(of: "call")
            )
            return .set(.following)
        }
        let branches = outcomes(of: &draft, known: nil, scope)
        for (outcome, branch) in branches.sorted(by: { $0.key < $1.key }) where branch.next == .stay {
            diagnostics.error(
                "a call cannot 'stay' on '\(outcome)'; 'clear' what it needs to go again",
                at: draft.location
            )
        }
        return .call(flow: target, branches: branches)
    }

    private mutating func linkAction(_ draft: inout StepDraft, _ scope: BranchScope) -> Step.ActionStep? {
        let name = draft.subject ?? ""
        guard let signature = actions[name] else {
            diagnostics.error(
                "there is no action '\(name)'" + NearestWord.hint(for: name, among: actions.keys),
                at: draft.fields.location(of: "action")
            )
            // What belongs to an unknown action cannot be judged.
            hasUnknownResults = true
            for field in ["in", "out", "outcomes", "meanwhile"] { _ = draft.fields.has(field) }
            return nil
        }
        let inputs = linkInputs(draft.fields.node("in"), signature)
        for parameter in signature.inputs where parameter.isRequired {
            if !inputs.contains(where: { $0.parameter.name == parameter.name }) {
                diagnostics.error("'\(name)' needs the input '\(parameter.name)'", at: draft.location)
            }
        }
        let outputs = linkOutputs(draft.fields.node("out"), signature)
        let meanwhile = draft.fields.text("meanwhile", &diagnostics)
        checkPrompt(meanwhile, at: draft.fields.location(of: "meanwhile"))
        if signature.isSlow, meanwhile == nil {
            diagnostics.warning(
                "'\(name)' may take minutes; name a prompt with 'meanwhile' that tells the user so",
                at: draft.location
            )
        }
        let branches = outcomes(of: &draft, known: signature.outcomes, scope)
        for (outcome, branch) in branches.sorted(by: { $0.key < $1.key }) where branch.next == .stay {
            diagnostics.error(
                "an action cannot 'stay' on '\(outcome)': it would run without end; 'clear' what it needs to ask anew",
                at: draft.location
            )
        }
        for outcome in signature.outcomes where branches[outcome] == nil {
            diagnostics.error("'\(name)' can end with '\(outcome)', which has no branch here", at: draft.location)
        }
        return Step.ActionStep(
            signature: signature,
            inputs: inputs,
            outputs: outputs,
            meanwhile: meanwhile,
            branches: branches
        )
    }

    private mutating func linkInputs(_ node: YAMLNode?, _ signature: ActionSignature) -> [Step.Input] {
        guard let node, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            guard let parameter = signature.inputs.first(where: { $0.name == entry.key }) else {
                diagnostics.error(
                    "'\(signature.name)' has no input '\(entry.key)'"
                        + NearestWord.hint(for: entry.key, among: signature.inputs.map(\.name)),
                    at: entry.keyLocation
                )
                hasUnknownResults = true
                return nil
            }
            guard case .scalar(let text) = entry.value.content else {
                diagnostics.error("an input is a slot's name, or =text", at: entry.value.location)
                return nil
            }
            if text.hasPrefix("=") {
                return Step.Input(parameter: parameter, source: .literal(.text(String(text.dropFirst()))))
            }
            guard let index = slot(text, at: entry.value.location) else { return nil }
            check(slots[index].type, against: parameter.shape, at: entry.value.location, what: "'\(text)'")
            return Step.Input(parameter: parameter, source: .slot(index))
        }
    }

    private mutating func linkOutputs(
        _ node: YAMLNode?,
        _ signature: ActionSignature
    ) -> [(result: String, slot: SlotIndex)] {
        guard let node, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            guard case .scalar(let result) = entry.value.content,
                let parameter = signature.outputs.first(where: { $0.name == result })
            else {
                let known = signature.outputs.map(\.name).joined(separator: ", ")
                diagnostics.error(
                    "'\(signature.name)' gives no such result; it gives \(known)",
                    at: entry.value.location
                )
                return nil
            }
            guard let index = slot(entry.key, at: entry.keyLocation) else { return nil }
            check(slots[index].type, against: parameter.shape, at: entry.keyLocation, what: "'\(entry.key)'")
            return (result, index)
        }
    }

    private mutating func check(
        _ type: SlotType,
        against shape: ActionSignature.Shape,
        at location: Location,
        what: String
    ) {
        let own: ActionSignature.Shape
        switch type {
        case .derived(let shape): own = shape
        case .entity(.flag, _): own = .flag
        case .entity(let type, _) where type.base is NumberType: own = .number
        case .entity(.choices, _): own = .texts
        case .entity: own = .text
        }
        if own != shape {
            diagnostics.error("\(what) holds \(own.rawValue), but \(shape.rawValue) is wanted here", at: location)
        }
    }
}
