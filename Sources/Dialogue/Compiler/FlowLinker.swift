internal import Diagnostics
internal import Intents
internal import YAMLReading

/// Links what flow files name to what the names stand for.
struct FlowLinker {
    let source: FlowSource
    let actions: [String: ActionSignature]
    let registry: EntityRegistry
    var diagnostics = DiagnosticList()

    var drafts: [FlowDraft] = []
    /// The folders in scope: the common one, those that the flow uses, and its own.
    var folders = ["common"]
    var entities: [EntityDefinition] = []
    var flowIndex: [String: FlowIndex] = [:]
    var slots: [SlotDefinition] = []
    var slotIndex: [String: SlotIndex] = [:]
    var stepIndex: [String: StepIndex] = [:]
    var stepRanges: [Range<StepIndex>] = []
    var outcomeGroups: [String: [String]] = [:]
    var prompts = PromptLibrary()
    /// Whether an action could not be linked, so that what it gives to prompts is not known.
    var hasUnknownResults = false

    init(source: FlowSource, actions: [ActionSignature], registry: EntityRegistry) {
        self.source = source
        self.registry = registry
        self.actions = Dictionary(actions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func link(entry: String?) -> Flow.Parts? {
        let folder = source.name
        guard let main = source.files.first(where: { $0.path == "\(folder)/flow.yaml" }) else {
            diagnostics.error(
                "there is no such flow: the folder '\(folder)' has no flow.yaml",
                at: Location(file: "\(folder)/flow.yaml", line: 1, column: 1)
            )
            return nil
        }
        for file in [main] + source.files(in: "\(folder)/flows", ending: ".yaml") {
            if let draft = FlowDraft(file.text, file: file.path, diagnostics: &diagnostics) { drafts.append(draft) }
        }
        linkUses()
        readPrompts()
        readEntities()
        for index in drafts.indices {
            guard let node = drafts[index].slotsNode else { continue }
            drafts[index].slots = SlotReader.read(node, entities: entities, diagnostics: &diagnostics)
        }
        linkSlots()
        indexSteps()
        var steps: [Step] = []
        for index in drafts.indices {
            for position in drafts[index].steps.indices {
                var draft = drafts[index].steps[position]
                steps.append(linkStep(&draft, flow: index, at: steps.count))
            }
        }
        let flows = defineFlows(steps)
        checkCalls(flows, steps)
        let (rules, topicRules, topics) = linkRules()
        checkPromptNames(steps, topics, rules)
        let entryName = entry ?? drafts.first?.name ?? folder
        guard let entryIndex = flowIndex[entryName] else {
            diagnostics.error(
                "there is no flow '\(entryName)' in '\(folder)'"
                    + NearestWord.hint(for: entryName, among: flowIndex.keys),
                at: Location(file: main.path, line: 1, column: 1)
            )
            return nil
        }
        for name in SystemPrompt.allCases where prompts.templates[name.rawValue] == nil {
            diagnostics.error(
                "the prompt '\(name.rawValue)' is missing; the engine says it itself",
                at: Location(file: "common/prompts", line: 1, column: 1)
            )
        }
        if diagnostics.hasErrors { return nil }
        let vocabulary = slots.enumerated().compactMap { index, slot -> SlotVocabulary? in
            guard slot.isCorrectable, case .entity(let kind, _) = slot.type else { return nil }
            return SlotVocabulary(index: index, type: kind, names: slot.names)
        }
        return Flow.Parts(
            name: folder,
            digest: source.digest(entry: entryName, folders: folders),
            folders: folders,
            flows: flows,
            entry: entryIndex,
            steps: steps,
            slots: slots,
            topics: topics,
            warnings: diagnostics.diagnostics,
            rules: rules,
            topicRules: topicRules,
            vocabulary: vocabulary,
            entities: entities,
            prompts: prompts
        )
    }

    /// Finds the folders that the flow uses.
    private mutating func linkUses() {
        for use in drafts.flatMap(\.uses) where !folders.contains(use.folder) {
            if source.libraries.contains(use.folder) {
                folders.append(use.folder)
            } else {
                let all = "a folder to use has no flow.yaml and stands beside the flow's"
                diagnostics.error(
                    "there is no folder '\(use.folder)' to use"
                        + NearestWord.hint(for: use.folder, among: source.libraries, otherwise: all),
                    at: use.location
                )
            }
        }
        folders.append(source.name)
    }

    /// Reads the entity types of the folders in scope, and checks the prompts that they name.
    private mutating func readEntities() {
        let files = folders.flatMap { source.files(in: "\($0)/entities", ending: ".yaml") }
        entities = EntityDefinition.compile(
            files.compactMap { file in
                YAMLNode(file.text, file: file.path, diagnostics: &diagnostics).flatMap {
                    EntityFile($0, diagnostics: &diagnostics)
                }
            },
            registry: registry,
            diagnostics: &diagnostics
        )
        for (what, names) in [
            ("reader", registry.readers.map(\.name)), ("validator", registry.validators.map(\.name)),
        ] {
            for name in Set(names).sorted() where names.count(where: { $0 == name }) > 1 {
                diagnostics.error(
                    "two \(what)s of entity types are registered as '\(name)'",
                    at: Location(file: "\(source.name)/flow.yaml", line: 1, column: 1)
                )
            }
        }
        for entity in entities {
            for prompt in entity.expectedPrompts { checkPrompt(prompt, at: entity.expectedLocation) }
        }
    }

    private mutating func readPrompts() {
        for folder in folders {
            for file in source.files(in: "\(folder)/prompts", ending: ".yaml") {
                prompts.add(file.text, file: file.path, diagnostics: &diagnostics)
            }
            for file in source.files(in: "\(folder)/prompts", ending: ".mustache") {
                let name = file.path.dropFirst("\(folder)/prompts/".count).dropLast(".mustache".count)
                prompts.add(
                    String(name),
                    file.text,
                    at: Location(file: file.path, line: 1, column: 1),
                    diagnostics: &diagnostics
                )
            }
        }
    }

    private mutating func linkSlots() {
        let all = drafts.flatMap(\.slots)
        for (index, draft) in all.enumerated() {
            if let other = slotIndex.updateValue(index, forKey: draft.name) {
                diagnostics.error(
                    "the slot '\(draft.name)' is already declared at \(all[other].location)",
                    at: draft.location
                )
            }
        }
        slots = all.map { draft in
            let place = draft.fieldLocations["depends_on"] ?? draft.location
            return SlotDefinition(
                name: draft.name,
                type: draft.type,
                title: draft.title,
                names: draft.names,
                dependsOn: draft.dependsOn.compactMap { slot($0, at: place) },
                optionsFrom: draft.optionsFrom.flatMap { slot($0, at: draft.fieldLocations["options_from"] ?? place) },
                location: draft.location
            )
        }
    }

    private mutating func indexSteps() {
        var count = 0
        for (flow, draft) in drafts.enumerated() {
            if flowIndex.updateValue(flow, forKey: draft.name) != nil {
                diagnostics.error("there are two flows called '\(draft.name)'", at: draft.location)
            }
            outcomeGroups.merge(draft.outcomeGroups) { first, _ in first }
            for step in draft.steps {
                if stepIndex.updateValue(count, forKey: step.id) != nil {
                    diagnostics.error(
                        "there are two steps with the id '\(step.id)'; give one another id",
                        at: step.location
                    )
                }
                count += 1
            }
            stepRanges.append(count - draft.steps.count..<count)
        }
    }

    /// A slot by name; an unknown one is reported.
    mutating func slot(_ name: String, at location: Location) -> SlotIndex? {
        if let index = slotIndex[name] { return index }
        diagnostics.error(
            "there is no slot '\(name)'"
                + NearestWord.hint(for: name, among: slotIndex.keys, otherwise: "declare it under 'slots'"),
            at: location
        )
        return nil
    }

    /// A prompt by name; a missing one is reported.
    mutating func checkPrompt(_ name: PromptName?, outcomes: [String] = [], at location: Location) {
        guard let name else { return }
        for missing in prompts.missing(name, outcomes: outcomes) {
            diagnostics.error(
                "there is no prompt '\(missing)'" + NearestWord.hint(for: missing, among: prompts.templates.keys),
                at: location
            )
        }
    }

    private func defineFlows(_ steps: [Step]) -> [FlowDefinition] {
        drafts.enumerated().map { index, draft in
            var outcomes: Set<String> = []
            for step in steps[stepRanges[index]] {
                if case .end(let outcome) = step.kind { outcomes.insert(outcome) }
                for branch in step.branches { if case .end(let outcome) = branch.next { outcomes.insert(outcome) } }
            }
            let runsOff: Bool
            if let last = steps[stepRanges[index]].last, case .end = last.kind, last.guardedBy == nil {
                runsOff = false
            } else {
                runsOff = true
            }
            if runsOff { outcomes.insert("done") }
            return FlowDefinition(
                name: draft.name,
                title: draft.title,
                steps: stepRanges[index],
                locals: draft.slots.compactMap { slotIndex[$0.name] },
                outcomes: outcomes,
                location: draft.location
            )
        }
    }

    /// A call must have a branch for every way the called flow can end, and no flow may come to call itself.
    private mutating func checkCalls(_ flows: [FlowDefinition], _ steps: [Step]) {
        var calls: [[FlowIndex]] = []
        for flow in flows {
            var called: [FlowIndex] = []
            for step in steps[flow.steps] {
                guard case .call(let target, let branches) = step.kind else { continue }
                called.append(target)
                for outcome in flows[target].outcomes.sorted() where branches[outcome] == nil && outcome != "done" {
                    diagnostics.error(
                        "'\(flows[target].name)' can end with '\(outcome)', which has no branch here",
                        at: step.location
                    )
                }
                for outcome in branches.keys.sorted() where !flows[target].outcomes.contains(outcome) {
                    diagnostics.error("'\(flows[target].name)' never ends with '\(outcome)'", at: step.location)
                }
            }
            calls.append(called)
        }
        for start in flows.indices {
            var seen: Set<FlowIndex> = []
            var queue = calls[start]
            while let next = queue.popLast() {
                if next == start {
                    diagnostics.error("'\(flows[start].name)' comes to call itself", at: flows[start].location)
                    break
                }
                if seen.insert(next).inserted { queue += calls[next] }
            }
        }
    }
}

extension Step {
    /// Every branch of the step.
    var branches: [Branch] {
        switch kind {
        case .collect(let collect): [collect.unsure, collect.deny, collect.skip].compactMap { $0 }
        case .confirm(let confirm): [confirm.affirm, confirm.deny, confirm.unsure].compactMap { $0 }
        case .gate(let gate): [gate.deny].compactMap { $0 }
        case .action(let action): action.branches.sorted { $0.key < $1.key }.map(\.value)
        case .call(_, let branches): branches.sorted { $0.key < $1.key }.map(\.value)
        case .set(let branch): [branch]
        case .say, .end: []
        }
    }
}
