/// Commands, topics, corrections and signs that a reply came near to.
extension Explainer {
    /// Commands that stand among other words.
    func commandsAmongWords() -> [NearMeaning] {
        commands.filter { $0.outcome == .lost(.commandOwnsReply) }.compactMap { near(.notAlone, instead: $0.text) }
    }

    /// Topics that would count in a question.
    func topicsUnasked() -> [NearMeaning] {
        guard topics().contains(where: { $0.outcome == .lost(.topicNeedsQuestion) }) else { return [] }
        return [near(.doesNotAsk, instead: text.trimming { ".!".contains($0) } + "?")].compactMap(\.self)
    }

    /// Slots that are named without a value they can hold, and values of slots that are not named.
    func slotsUnnamed() -> [NearMeaning] {
        var found: [NearMeaning] = []
        for finding in corrections {
            guard case .excluded(.noValue(let words)) = finding.outcome,
                let name = finding.captures.first(where: { $0.name == "slot" })?.text
            else { continue }
            if let near = near(.noValue(words), instead: "change the \(name)") { found.append(near) }
        }
        for slot in resolver.named.vocabulary where slot.index != question.slot {
            guard let name = slot.names.first else { continue }
            if slot.type.base.isSelfIdentifying || slot.type.role == .block,
                case .value(let value, let range) = slot.type.read(
                    utterance,
                    answering: Question(form: .value(slot.type))
                ),
                // A word that could be any name is not meant.
                slot.type.role == .block || !slot.type.canBeAnyWord(value),
                let near = near(.slotNotNamed, instead: "the \(name) is \(utterance.typedText(of: range))")
            {
                found.append(near)
            }
            let isNamed = Spelling.words(of: text).contains(Spelling.words(of: name))
            if isNamed, let near = near(.noValue(""), instead: "change the \(name)") { found.append(near) }
        }
        return found
    }

    /// Examples of rules that the whole reply comes close to.
    func nearExamples() -> [NearMeaning] {
        let marks =
            question.takesConsent || question.type != nil
            ? resolver.scale.rules.filter { $0.sign.isAnswer }.map(\.rule) : []
        let examples = (resolver.commands.rules + marks + resolver.topics.map(\.rule)).flatMap(\.examples.matches)
        return Spelling.nearest(to: text, among: examples.map { [$0] }, isWhole: true).compactMap {
            near(.spelling(text), instead: examples[$0])
        }
    }
}

extension Polarity.Sign {
    /// Whether it can be an answer by itself.
    fileprivate var isAnswer: Bool { isConsent || isRefusal || self == .unsure }
}
