/// Values that do not answer the question in hand: they never go into its slot, and into no other one silently.
extension Resolver {
    /// A value beside a yes or a no, where only these can answer: "no, it is arn:…".
    func stray(
        in hearing: inout Hearing,
        _ polarity: Polarity,
        isRest: Bool,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        switch hearing.expected.form {
        case .confirmation, .gate, .change, .value(.flag): break
        case .value, .nothing: return nil
        }
        guard !isRest else { return nil }
        let text = hearing.utterance.text
        var known = WellKnownValue.find(in: text, for: named, most: 6)
        if known == nil, polarity.hasResidue, hearing.expected.form == .confirmation {
            // A name alone is a value too: "Frankfurt" is a Region.
            known = WellKnownValue.find(in: text, for: named, most: 2, takesNames: true)
        }
        guard let found = known else {
            return polarity.hasResidue ? strayChoice(in: &hearing, optionsOf: options) : nil
        }
        let isReplacement = polarity.marks.contains { $0.sign == .deny || $0.sign == .contrast }
        hearing.add("value of another slot", "set", found.range, Self.verdict(found))
        return .stray(found.value, slots: found.slots, isReplacement: isReplacement)
    }

    /// A value of another slot, at a question that nothing has answered.
    func strayAtLast(
        in hearing: inout Hearing,
        isRest: Bool,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        guard !isRest else { return nil }
        if let choice = strayChoice(in: &hearing, optionsOf: options) { return choice }
        guard case .value = hearing.expected.form,
            let found = WellKnownValue.find(in: hearing.utterance.text, for: named, most: 3)
        else { return nil }
        hearing.add("value of another slot", "set", found.range, Self.verdict(found))
        return .stray(found.value, slots: found.slots, isReplacement: false)
    }

    /// Options of a question that was answered before, by their names: "I also want Completeness" when the metrics are done.
    private func strayChoice(in hearing: inout Hearing, optionsOf options: (Int) -> [ChoiceOption]) -> Decision? {
        switch hearing.expected.form {
        case .value(let type) where type.role == .text || type.role == .block: return nil
        case .nothing, .change: return nil
        case .value, .confirmation, .gate: break
        }
        let text = hearing.utterance.text
        guard text.utf8.count <= 120 else { return nil }
        let said = text.lowercased()
        for slot in named.vocabulary where slot.type.role == .choice || slot.type.role == .choices {
            let options = options(slot.index)
            guard slot.index != hearing.expected.slot, options.contains(where: \.isChosen) else { continue }
            let question = Question(
                form: .value(slot.type),
                slot: slot.index,
                options: options,
                current: options.indices.filter { options[$0].isChosen }
            )
            // Numbers and places of a list count only while it is shown.
            guard options.contains(where: { $0.name.utf8.count >= 4 && said.contains($0.name.lowercased()) }),
                case .value(let value, let range) = slot.type.read(hearing.utterance, answering: question)
            else { continue }
            hearing.add("option of another slot", "set", range, .decided)
            return .stray(value, slots: [slot.index], isReplacement: false)
        }
        return nil
    }

    /// One slot decides, several are asked about.
    private static func verdict(_ found: WellKnownValue) -> Evidence.Verdict {
        found.slots.count == 1 ? .decided : .lost(.neverTwoSlots)
    }

    /// What free text must not swallow: a value of another slot, and a question.
    func claimed(
        in hearing: inout Hearing,
        _ value: Value,
        _ range: Range<Int>,
        _ polarity: Polarity
    ) -> Decision? {
        let text = hearing.utterance.text
        if let found = WellKnownValue.find(in: text, for: named, most: 3) {
            hearing.add("text", "value", range, .lost(.claimedBeatsText))
            hearing.add("value of another slot", "set", found.range, Self.verdict(found))
            return .stray(found.value, slots: found.slots, isReplacement: false)
        }
        if let stranger = misplacedNoun(of: text) {
            hearing.add("text", "value", range, .lost(.claimedBeatsText))
            return .misplaced(stranger)
        }
        let asks = polarity.marks.contains { $0.sign == .question && $0.range.lowerBound == 0 && $0.range.count > 1 }
        guard asks && text.utf8.last == UInt8(ascii: "?") || Self.isInverted(text) else { return nil }
        hearing.add("text", "value", range, .lost(.questionIsNoText))
        return .questioning(value)
    }

    /// What a reply of one word is called that free text should not swallow, since it is a value of an entity type of the
    /// flow; `nil` where it is prose.
    private func misplacedNoun(of text: String) -> String? {
        guard !text.utf8.contains(where: { $0 == 0x20 || $0 == 0x0A }) else { return nil }
        return entities.first { $0.base.misplacedNoun != nil && $0.base.isWhole(text) }?.base.misplacedNoun
    }

    /// Whether a text without a question mark begins as only questions do: "what are custom metrics", "can I see it", and not
    /// "what customers ask", "can answer".
    static func isInverted(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" }.prefix(4).map(String.init)
        return zip(words, words.dropFirst()).contains { first, second in
            asking.contains(first) && auxiliaries.contains(second)
                || auxiliaries.contains(first) && asked.contains(second)
        }
    }

    private static let asking: Set<String> = ["what", "which", "who", "where", "when", "why", "how"]
    private static let auxiliaries: Set<String> = [
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "should", "would", "will", "am",
    ]
    private static let asked: Set<String> = ["i", "you", "we", "there"]
}
