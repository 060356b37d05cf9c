/// Values that do not answer the question in hand: they never go into its slot, and into no other one silently.
extension Resolver {
    /// A value beside a yes or a no, where only these can answer: "no, it is arn:…".
    func stray(in hearing: inout Hearing, _ polarity: Polarity, isRest: Bool) -> Decision? {
        switch hearing.expected.form {
        case .confirmation, .gate, .change, .value(.flag): break
        case .value, .nothing: return nil
        }
        guard !isRest, let found = WellKnownValue.find(in: hearing.utterance.text, for: named.vocabulary, most: 6)
        else {
            return nil
        }
        let isReplacement = polarity.marks.contains { $0.sign == .deny || $0.sign == .contrast }
        hearing.add("value of another slot", "set", found.range, Self.verdict(found))
        return .stray(found.value, slots: found.slots, isReplacement: isReplacement)
    }

    /// A value of another slot, at a question for a value that nothing has answered.
    func strayAtLast(in hearing: inout Hearing, isRest: Bool) -> Decision? {
        guard !isRest, case .value = hearing.expected.form,
            let found = WellKnownValue.find(in: hearing.utterance.text, for: named.vocabulary, most: 3)
        else { return nil }
        hearing.add("value of another slot", "set", found.range, Self.verdict(found))
        return .stray(found.value, slots: found.slots, isReplacement: false)
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
        if let found = WellKnownValue.find(in: text, for: named.vocabulary, most: 3) {
            hearing.add("text", "value", range, .lost(.claimedBeatsText))
            hearing.add("value of another slot", "set", found.range, Self.verdict(found))
            return .stray(found.value, slots: found.slots, isReplacement: false)
        }
        if let stranger = Recognizer.stranger(in: text) {
            hearing.add("text", "value", range, .lost(.claimedBeatsText))
            return .misplaced(stranger)
        }
        let asks = polarity.marks.contains { $0.sign == .question && $0.range.lowerBound == 0 && $0.range.count > 1 }
        guard asks, text.utf8.last == UInt8(ascii: "?") else { return nil }
        hearing.add("text", "value", range, .lost(.questionIsNoText))
        return .questioning(value)
    }
}
