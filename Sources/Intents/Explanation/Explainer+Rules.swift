internal import Patterns

/// Commands, corrections and topics.
extension Explainer {
    func findCommands() -> [Finding] {
        let choosing = question.isChoice ? resolver.choosing.rules : []
        let chosen = choosing.compactMap { rule -> Finding? in
            guard let match = try? rule.pattern.firstMatch(in: text) else { return nil }
            return finding(.command(rule.intent), rule, match, verdict(of: rule.name) ?? .outranked)
        }
        return chosen
            + resolver.commands.rules.compactMap { rule in
                if let match = try? rule.pattern.firstMatch(in: text) {
                    return finding(.command(rule.intent), rule, match, verdict(of: rule.name) ?? .outranked)
                }
                guard let match = rule.firstMatchAmongWords(in: text, resolver.copies) else { return nil }
                return finding(.command(rule.intent), rule, match, .lost(.commandOwnsReply))
            }
    }

    func findCorrections() -> [Finding] {
        var found: [Finding] = []
        if case .reopening(let slot) = decision, verdict(of: "slot name") != nil {
            found.append(finding(.correction(slot: slot, value: nil), "slot name", at: whole, .decided))
        }
        found += claims()
        for rule in resolver.corrections {
            guard let (match, slot) = resolver.correction(rule, in: text) else { continue }
            let outcome = verdict(of: rule.name) ?? .outranked
            let nothing = Finding.Kind.correction(slot: slot.index, value: nil)
            guard ["set", "state", "give"].contains(rule.intent) else {
                found.append(finding(nothing, rule, match, outcome))
                continue
            }
            let value = Resolver.newValue(match, in: text)
            switch Resolver.recognition(of: value, for: slot, optionsOf: options) {
            case .value(let value, _):
                found.append(finding(.correction(slot: slot.index, value: value), rule, match, outcome))
            case .problem(let message, let suggestion, _):
                found.append(finding(.nearMiss(message: message, suggestion: suggestion), rule, match, outcome))
            case .suggestions(let near, _) where verdict(of: rule.name) != nil:
                found.append(finding(.suggestion(near), rule, match, outcome))
            case .suggestions, .nothing:
                found.append(finding(nothing, rule, match, .excluded(.noValue(value))))
            }
        }
        return found
    }

    /// What clauses of the reply give to their slots, and values that were told apart by what they are.
    private func claims() -> [Finding] {
        let found = understanding.evidence.filter { $0.meaning == "set" }
        let values: [(slot: Int, value: Value?)]
        switch decision {
        case .several(let assignments, _): values = assignments.map { ($0.slot, $0.value) }
        case .correction(let slot, let value): values = [(slot, value)]
        case .badCorrection(let slot, _, _): values = [(slot, nil)]
        case .stray(let value, let slots, _): values = slots.prefix(1).map { ($0, value) }
        default: return []
        }
        return zip(values, found).compactMap { given, evidence in
            // What a rule finds in the whole reply is found below.
            let rule = resolver.corrections.first { $0.name == evidence.source }
            if let rule, resolver.correction(rule, in: text) != nil { return nil }
            let kind = Finding.Kind.correction(slot: given.slot, value: given.value)
            let outcome = verdict(of: evidence.source, at: evidence.range) ?? .outranked
            return finding(kind, evidence.source, at: evidence.range, outcome)
        }
    }

    func topics() -> [Finding] {
        resolver.topics.compactMap { topic, rule in
            guard let match = try? rule.pattern.firstMatch(in: text) else { return nil }
            guard question.topics?[topic] != false else {
                return finding(.topic(topic), rule, match, .excluded(.outOfScope))
            }
            return finding(.topic(topic), rule, match, verdict(of: rule.name) ?? fate(ofTopicAt: match.range))
        }
    }

    /// What becomes of a topic that the resolver did not come to.
    private func fate(ofTopicAt range: Range<Int>) -> Finding.Outcome {
        if isValueDecisive { return .lost(.valueBeatsTopic) }
        let asks = polarity.marks.contains { $0.sign == .question }
        return asks || range.count * 10 >= whole.count * 8 ? .outranked : .lost(.topicNeedsQuestion)
    }
}

extension Resolver {
    /// Where a correction matches, and the slot that it names.
    func correction(_ rule: Rule, in text: String) -> (match: PatternMatch, slot: SlotVocabulary)? {
        guard let match = try? rule.pattern.firstMatch(in: text), let named = match.range(named: "slot"),
            let index = self.named.slot(named: text.slice(utf8: named)),
            let slot = self.named.vocabulary.first(where: { $0.index == index })
        else { return nil }
        return (match, slot)
    }
}

extension Rule {
    /// Where a command stands among other words, by a copy of its pattern that need not own the reply.
    ///
    /// It must begin and end at a word and have a letter: the question mark of "is it free?" is no call for help.
    func firstMatchAmongWords(in text: String, _ copies: CommandCopies) -> PatternMatch? {
        guard let matches = try? copies.pattern(for: self)?.allMatches(in: text) else { return nil }
        guard var match = matches.first(where: { text.slice(utf8: $0.range).contains(where: \.isLetter) }) else {
            return nil
        }
        // The frame takes the space and punctuation around a command.
        let bytes = Array(text.utf8)
        let isWord: (Int) -> Bool = { bytes[$0].isWord || bytes[$0] == UInt8(ascii: "/") }
        let lower = match.range.first(where: isWord) ?? match.range.lowerBound
        let upper = match.range.last(where: isWord).map { $0 + 1 } ?? match.range.upperBound
        match.range = lower..<max(lower, upper)
        return match
    }
}
