internal import Patterns

/// Yes, no and doubt.
extension Explainer {
    /// The signs that took part in the decision, and those that lost.
    func signs() -> [Finding] {
        polarity.marks.filter { !$0.sign.isEmpty }.compactMap { mark in
            fate(of: mark).map { finding(.sign(mark.sign), mark.rule, at: mark.range, $0) }
        }
    }

    private func fate(of mark: Polarity.Mark) -> Finding.Outcome? {
        if mark.sign.isConsent, question.takesConsent, isInDoubt { return .lost(.doubtBeatsConsent) }
        if let verdict = verdict(of: mark.rule, at: mark.range) { return verdict }
        switch decision {
        case .topic where mark.sign == .question: return .counted
        case .correction, .reopening, .badCorrection, .several, .stray:
            let isAnswer = mark.sign.isConsent || mark.sign.isRefusal
            return isAnswer && question.takesConsent ? .lost(.namedSlotBeatsStep) : nil
        default: return nil
        }
    }

    /// Whether a yes was there and something stood against it.
    private var isInDoubt: Bool {
        switch (decision, polarity.weight) {
        case (.doubtful, .doubtful), (.notUnderstood, .doubtful), (.unsure, .doubtful): true
        case (.affirm(isPlain: false), _): question.form == .gate
        default: false
        }
    }

    /// All signs, those that a longer one covers included, and the words that none accounts for.
    func signTable() -> SignTable {
        var entries: [SignTable.Entry] = []
        for (sign, rule) in resolver.scale.rules {
            for match in (try? rule.pattern.allMatches(in: text)) ?? [] where !match.range.isEmpty {
                let counts = polarity.marks.contains { $0.rule == rule.name && $0.range == match.range }
                let longer = polarity.marks.first { $0.range.overlaps(match.range) }
                entries.append(
                    SignTable.Entry(
                        sign: sign,
                        rule: rule.name,
                        range: utterance.typedRange(of: match.range),
                        text: utterance.typedText(of: match.range),
                        coveredBy: counts ? nil : longer?.rule
                    )
                )
            }
        }
        entries.sort {
            ($0.range.lowerBound, -$0.range.count, $0.rule) < ($1.range.lowerBound, -$1.range.count, $1.rule)
        }
        return SignTable(
            entries: entries,
            weight: polarity.weight,
            residue: residue().map {
                SignTable.Residue(range: utterance.typedRange(of: $0), text: utterance.typedText(of: $0))
            }
        )
    }

    /// The words outside all signs, as the scale counts them: what is talked about is none, except at a gate.
    func residue() -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        let bytes = Array(text.utf8)
        for offset in 0...bytes.count {
            let isOutside = offset < bytes.count && !polarity.marks.contains { $0.range.contains(offset) }
            if isOutside, bytes[offset].isWord {
                start = start ?? offset
            } else if let first = start {
                let isSubject = resolver.scale.isSubject(text.slice(utf8: first..<offset))
                if question.form == .gate || !isSubject { words.append(first..<offset) }
                start = nil
            }
        }
        return words
    }
}

extension Polarity.Sign {
    /// Whether it can be a yes.
    var isConsent: Bool {
        switch self {
        case .affirm, .assent, .approve, .emphasis: true
        default: false
        }
    }

    /// Whether it can be a no.
    var isRefusal: Bool { self == .deny || self == .negate }

    /// Whether it says nothing of its own.
    var isEmpty: Bool { self == .filler || self == .chatter }
}
