internal import Diagnostics
internal import Intents

/// Where a branch stands, which says what it may lead to.
struct BranchScope {
    var flow: FlowIndex
    var step: StepIndex
    var location: Location
}

extension FlowLinker {
    /// The branch under a field of a step, if it is there.
    mutating func branch(_ field: String, of draft: inout StepDraft, _ scope: BranchScope) -> Branch? {
        guard draft.fields.has(field) else { return nil }
        guard let node = draft.fields.node(field) else { return .following }
        return linkBranch(node, outcomes: [], scope)
    }

    /// The branches under `outcomes`; a key is an outcome, a group of outcomes, or several separated by commas.
    mutating func outcomes(
        of draft: inout StepDraft,
        known: [String]?,
        _ scope: BranchScope
    ) -> [String: Branch] {
        guard let node = draft.fields.node("outcomes") else { return [:] }
        guard case .mapping(let entries) = node.content else {
            diagnostics.error("'outcomes' is written as 'outcome: what then' lines", at: node.location)
            return [:]
        }
        var branches: [String: Branch] = [:]
        var fromGroups: [String: Branch] = [:]
        for entry in entries {
            for word in entry.key.split(separator: ",") {
                let name = String(word.filter { !$0.isWhitespace })
                if let group = outcomeGroups[name] {
                    let names = known.map { known in group.filter(known.contains) } ?? group
                    let branch = linkBranch(entry.value, outcomes: names, scope)
                    for outcome in names { fromGroups[outcome] = branch }
                } else {
                    if let known, !known.contains(name) {
                        let all = "the outcomes are \(known.joined(separator: ", "))"
                        diagnostics.error(
                            "there is no outcome '\(name)'" + NearestWord.hint(for: name, among: known, otherwise: all),
                            at: entry.keyLocation
                        )
                    }
                    branches[name] = linkBranch(entry.value, outcomes: [name], scope)
                }
            }
        }
        // What is named itself comes before what its group says.
        return branches.merging(fromGroups) { own, _ in own }
    }

    private mutating func linkBranch(_ node: YAMLNode, outcomes: [String], _ scope: BranchScope) -> Branch {
        switch node.content {
        case .empty: return .following
        case .scalar(let word):
            return Branch(say: nil, set: [], clear: [], next: next(word, at: node.location, scope))
        case .sequence:
            diagnostics.error("a branch is a step's id, 'continue', 'stay', or fields", at: node.location)
            return .following
        case .mapping:
            var fields = YAMLFields(node, of: "a branch", diagnostics: &diagnostics)
            let say = fields.text("say", &diagnostics)
            checkPrompt(say, outcomes: outcomes, at: fields.location(of: "say"))
            var target: Branch.Next = .following
            if let word = fields.text("next", &diagnostics) {
                target = next(word, at: fields.location(of: "next"), scope)
            }
            if let outcome = fields.text("end", &diagnostics) { target = .end(outcome) }
            let branch = linkChanges(&fields, say: say, next: target, scope)
            fields.finish(&diagnostics)
            return branch
        }
    }

    /// The `set` and `clear` fields of a branch or a step.
    mutating func linkChanges(
        _ fields: inout YAMLFields,
        say: PromptName?,
        next: Branch.Next,
        _ scope: BranchScope
    ) -> Branch {
        var changes: [(slot: SlotIndex, source: Step.Input.Source)] = []
        if let node = fields.node("set"), case .mapping(let entries) = node.content {
            for entry in entries {
                guard let index = slot(entry.key, at: entry.keyLocation) else { continue }
                guard case .scalar(let text) = entry.value.content else {
                    diagnostics.error("a slot is set to one value", at: entry.value.location)
                    continue
                }
                if text.hasPrefix("$") {
                    if let source = slot(String(text.dropFirst()), at: entry.value.location) {
                        changes.append((index, .slot(source)))
                    }
                } else if let value = literal(text, for: index, at: entry.value.location) {
                    changes.append((index, .literal(value)))
                }
            }
        }
        let clear = fields.texts("clear", &diagnostics).compactMap { slot($0, at: fields.location(of: "clear")) }
        return Branch(say: say, set: changes, clear: clear, next: next)
    }

    private mutating func literal(_ text: String, for index: SlotIndex, at location: Location) -> Value? {
        let slot = slots[index]
        if let values = slot.type.finiteValues {
            let value: Value
            if case .flag = values.first {
                if let flag = Self.flag(text) { return .flag(flag) }
                value = .text(text)
            } else {
                value = .text(text)
            }
            if values.contains(value) { return value }
            let known = values.map(\.displayText)
            diagnostics.error(
                "'\(slot.name)' is never '\(text)'; it is one of \(known.joined(separator: ", "))",
                at: location
            )
            return nil
        }
        if case .entity(let type, _) = slot.type, type.base is NumberType {
            if let number = Int(text) { return .number(number) }
            diagnostics.error("'\(slot.name)' is a number, not '\(text)'", at: location)
            return nil
        }
        return .text(text)
    }

    /// What a word says for a slot of yes and no.
    static func flag(_ word: String) -> Bool? {
        switch word {
        case "true", "yes": true
        case "false", "no": false
        default: nil
        }
    }

    private mutating func next(_ word: String, at location: Location, _ scope: BranchScope) -> Branch.Next {
        switch word {
        case "continue": return .following
        case "stay": return .stay
        default:
            let range = stepRanges[scope.flow]
            guard let target = stepIndex[word], range.contains(target) else {
                let names = drafts[scope.flow].steps.map(\.id)
                diagnostics.error(
                    "this flow has no step '\(word)'" + NearestWord.hint(for: word, among: names),
                    at: location
                )
                return .following
            }
            if target <= scope.step {
                diagnostics.error(
                    "'\(word)' lies behind; a flow goes back only by forgetting: 'clear' the slot that it asks for",
                    at: location
                )
            }
            return .step(target)
        }
    }
}
