internal import Diagnostics
internal import Intents
internal import YAMLReading

extension FlowLinker {
    /// Politeness and punctuation around a request to start.
    private static let startFrame =
        #"(?:(?:hi|hello|hey|please|ok(?:ay)?|so|well|can you|could you|i (?:want|need|would like) to|i'd like to|let's|help me)[\s,]+)*(?:%)(?:[\s,]+(?:please|now|thanks))*[\s.!?]*"#

    /// Compiles the rules of `common/` and of the flow, and its topics.
    mutating func linkRules() -> (rules: [Rule], topicRules: [(topic: Int, rule: Rule)], topics: [Topic]) {
        let names = slotNamePattern()
        var rules: [Rule] = []
        for folder in ["common", source.name] {
            let isRules: (String) -> Bool = { $0.hasSuffix(".yaml") }
            for file in source.files(in: folder == "common" ? "common" : "\(folder)/rules", ending: ".yaml")
            where isRules(file.path) {
                guard let root = YAMLNode(file.text, file: file.path, diagnostics: &diagnostics),
                    let read = RuleFile(root, diagnostics: &diagnostics)
                else { continue }
                if read.kind == .correction, names == nil { continue }
                check(read, in: file.path)
                let compiled = RuleCompiler.compile(
                    read,
                    slotNames: names,
                    slotExample: slots.flatMap(\.names).first,
                    diagnostics: &diagnostics
                )
                // A flow's own rule takes the place of a common one of its name.
                let own = folder == "common" ? [] : Set(compiled.map(\.name))
                rules.removeAll { own.contains($0.name) && $0.location.file.hasPrefix("common/") }
                rules += compiled
            }
        }
        let starts = RuleCompiler()
        rules += starts.compile(
            drafts.flatMap(\.startsOn),
            kind: .command,
            frame: Self.startFrame,
            diagnostics: &diagnostics
        )
        let (topics, topicRules) = linkTopics()
        var seen: [String: Location] = [:]
        for rule in rules + topicRules.map(\.rule) {
            if let other = seen.updateValue(rule.location, forKey: rule.name) {
                diagnostics.error("the rule '\(rule.name)' is already there at \(other)", at: rule.location)
            }
        }
        return (rules, topicRules, topics)
    }

    /// Rules that could never count are errors.
    private mutating func check(_ file: RuleFile, in path: String) {
        if file.kind == .topic {
            diagnostics.error(
                "topics stand in topics.yaml, with their answers",
                at: Location(file: path, line: 1, column: 1)
            )
        }
        for draft in file.drafts where file.kind == .mark && Polarity.Sign(rawValue: draft.intent) == nil {
            let known = Polarity.Sign.allCases.map(\.rawValue)
            let all = "it is one of \(known.joined(separator: ", "))"
            diagnostics.error(
                "there is no sign '\(draft.intent)'"
                    + NearestWord.hint(for: draft.intent, among: known, otherwise: all),
                at: draft.location
            )
        }
    }

    /// Every name of every correctable slot, the longer ones first; `nil` where there are none.
    private func slotNamePattern() -> String? {
        let names = slots.flatMap(\.names).sorted { ($1.count, $0) < ($0.count, $1) }
        guard !names.isEmpty else { return nil }
        return names.map { name in
            name.map { $0.isLetter || $0.isNumber || $0 == "_" ? String($0) : $0 == " " ? "\\s+" : "\\\($0)" }.joined()
        }.joined(separator: "|")
    }

    private mutating func linkTopics() -> ([Topic], [(topic: Int, rule: Rule)]) {
        var topics: [Topic] = []
        var rules: [(topic: Int, rule: Rule)] = []
        for file in source.files where file.path == "\(source.name)/topics.yaml" {
            guard let root = YAMLNode(file.text, file: file.path, diagnostics: &diagnostics) else { continue }
            var fields = YAMLFields(root, of: "a file of topics", diagnostics: &diagnostics)
            let compiler = RuleCompiler(parts: PatternParts(&fields, &diagnostics))
            var written: [RuleFile.Draft] = []
            for element in fields.node("topics")?.elements ?? [] {
                var topic = YAMLFields(element, of: "a topic", diagnostics: &diagnostics)
                guard let name = topic.requiredText("name", &diagnostics) else { continue }
                let answer = topic.text("answer", &diagnostics)
                checkPrompt(answer, at: topic.location(of: "answer"))
                let call = topic.text("call", &diagnostics)
                let target = call.flatMap { flowIndex[$0] }
                if let call, target == nil {
                    diagnostics.error("there is no flow '\(call)'", at: topic.location(of: "call"))
                }
                if answer == nil, call == nil {
                    diagnostics.error("the topic '\(name)' needs an 'answer' or a flow to 'call'", at: topic.location)
                }
                let limited = topic.texts("at", &diagnostics)
                var steps: Set<StepIndex> = []
                for id in limited {
                    if let index = stepIndex[id] {
                        steps.insert(index)
                    } else {
                        diagnostics.error(
                            "there is no step '\(id)'" + NearestWord.hint(for: id, among: stepIndex.keys),
                            at: topic.location(of: "at")
                        )
                    }
                }
                for node in topic.node("rules")?.elements ?? [] {
                    let draft = RuleFile.Draft(node, intent: name, diagnostics: &diagnostics)
                    if let draft { written.append(draft) }
                }
                topics.append(
                    Topic(
                        name: name,
                        title: topic.text("title", &diagnostics) ?? name.replacing("-", with: " "),
                        answer: answer,
                        call: target,
                        isListed: topic.text("listed", &diagnostics).map { $0 == "yes" || $0 == "true" } ?? true,
                        steps: limited.isEmpty ? nil : steps,
                        location: topic.location
                    )
                )
                topic.finish(&diagnostics)
            }
            fields.finish(&diagnostics)
            let index = Dictionary(topics.enumerated().map { ($1.name, $0) }) { first, _ in first }
            for rule in compiler.compile(written, kind: .topic, diagnostics: &diagnostics) {
                if let topic = index[rule.intent] { rules.append((topic, rule)) }
            }
        }
        return (topics, rules)
    }
}
