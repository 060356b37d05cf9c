internal import Diagnostics
internal import Intents

extension FlowLinker {
    /// Every name in a prompt must be a slot, or a value of the moment at which the prompt is said.
    ///
    /// A prompt that is never said is not looked at: what it could name cannot be known.
    mutating func checkPromptNames(_ steps: [Step], _ topics: [Topic], _ rules: [Rule]) {
        // What an unknown action gives cannot be known either, and that it is unknown is an error of its own.
        guard !hasUnknownResults else { return }
        let slotWords = Dictionary(
            slots.map { ($0.name, PromptWord($0.type)) },
            uniquingKeysWith: { first, _ in first }
        )
        for (name, uses) in promptUses(steps, topics, rules).sorted(by: { $0.key < $1.key }) {
            guard let tags = prompts.templates[name]?.tags, !tags.isEmpty else { continue }
            check(tags, of: name, uses, slotWords)
        }
    }

    private mutating func check(
        _ tags: [PromptTag],
        of name: PromptName,
        _ uses: [PromptUse],
        _ slotWords: [String: PromptWord]
    ) {
        let readings = uses.map { use in
            (use: use, reading: PromptReading(tags, words: slotWords.merging(use.moment) { $1 }))
        }
        let hits = readings.reduce(into: Set<Int>()) { $0.formUnion($1.reading.hits) }
        var reported: Set<Int> = []
        for (use, reading) in readings {
            for miss in reading.misses where miss.tag.kind == .value || !hits.contains(miss.tag.ordinal) {
                guard reported.insert(miss.tag.ordinal).inserted else { continue }
                diagnostics.error(Self.describe(miss, in: name, use), at: prompts.location(of: miss.tag, in: name))
            }
        }
    }

    private static func describe(_ miss: PromptReading.Miss, in name: PromptName, _ use: PromptUse) -> String {
        if miss.tag.name.allSatisfy({ $0 == "." }) {
            return "'{{\(miss.tag.name)}}' stands for nothing outside of a section over a list"
        }
        let head = String(miss.tag.name.drop { $0 == "." })
        if let owner = miss.owner {
            let field = head.dropFirst(owner.count + 1).prefix { $0 != "." }
            let hint = miss.known.first.map { "; it can be asked for '\(owner).\($0)'" } ?? ""
            return "'\(owner)' has no '\(field)'" + hint
        }
        let word = head.prefix { $0 != "." }
        let place = use.location.map { "where '\(name)' is said (\($0))" } ?? "where the engine says '\(name)'"
        let moment = use.moment.keys.sorted().joined(separator: ", ")
        let all = moment.isEmpty ? "slots can be named there" : "beside slots there are: \(moment)"
        return "'\(word)' is no slot, and no value \(place)"
            + NearestWord.hint(for: String(word), among: miss.known, otherwise: all)
    }

    // MARK: Where prompts are said

    /// Every place where each prompt is said, those of the engine itself among them.
    private func promptUses(_ steps: [Step], _ topics: [Topic], _ rules: [Rule]) -> [PromptName: [PromptUse]] {
        var uses: [PromptName: [PromptUse]] = [:]
        func add(_ name: PromptName?, at location: Location?, _ moment: [String: PromptWord] = [:]) {
            if let name { uses[name, default: []].append(PromptUse(location: location, moment: moment)) }
        }
        for step in steps {
            for text in [step.texts.ask, step.texts.again, step.texts.hint, step.texts.help, step.texts.why] {
                add(text, at: step.location)
            }
            switch step.kind {
            case .collect(let collect): add(collect.askKnown, at: step.location, SystemPrompt.known.values)
            case .say(let prompt): add(prompt, at: step.location)
            case .action(let action): add(action.meanwhile, at: step.location)
            case .confirm, .gate, .call, .set, .end: break
            }
            for (outcome, branch) in step.outcomes {
                add(branch.say?.replacing("*", with: outcome), at: step.location, moment(of: step))
            }
        }
        for topic in topics { add(topic.answer, at: topic.location) }
        for prompt in SystemPrompt.allCases { add(prompt.rawValue, at: nil, prompt.values) }
        let commands = rules.filter { $0.kind == .command }.map { "system_\($0.intent)" }
        for name in Set(commands) where SystemPrompt(rawValue: name) == nil { add(name, at: nil) }
        return uses
    }

    /// What a branch's `say` can name beside slots: what went into the action from elsewhere than a slot of that name, and what
    /// came out.
    private func moment(of step: Step) -> [String: PromptWord] {
        guard case .action(let action) = step.kind else { return [:] }
        let inputs = action.inputs.filter { input in
            input.source != slotIndex[input.parameter.name].map { .slot($0) }
        }
        return (inputs.map(\.parameter) + action.signature.outputs)
            .reduce(into: [:]) { $0[$1.name] = PromptWord($1.shape) }
    }
}

extension Step {
    /// Every branch of the step with the outcome that it is for.
    fileprivate var outcomes: [(outcome: String, branch: Branch)] {
        let branches: [(String, Branch?)] =
            switch kind {
            case .collect(let collect): [("unsure", collect.unsure), ("deny", collect.deny), ("skip", collect.skip)]
            case .confirm(let confirm):
                [("affirm", confirm.affirm), ("deny", confirm.deny), ("unsure", confirm.unsure)]
            case .gate(let gate): [("deny", gate.deny)]
            case .action(let action): action.branches.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            case .call(_, let branches): branches.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            case .say, .set, .end: []
            }
        return branches.compactMap { outcome, branch in branch.map { (outcome, $0) } }
    }
}
