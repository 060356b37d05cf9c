/// How much a reply says yes or no: the signs found in it, weighed by stated rules.
///
/// Signs are found by rules of the kind `mark`, whose intent names the sign. The weighing is compositional: no rule
/// knows a whole sentence, and whatever no sign accounts for is *residue*, which never becomes consent.
public struct Polarity: Sendable, Hashable {
    /// A sign that a mark rule can give.
    public enum Sign: String, Sendable, Hashable, CaseIterable {
        /// Consent: yes, sure, go ahead, looks good, not bad.
        case affirm
        /// Refusal or negation: no, don't, wrong.
        case deny
        /// Less than certain: maybe, I guess, probably.
        case hedge
        /// Consent that waits for something: if, once, after I check.
        case condition
        /// A turn away from what was said: but, except, however.
        case contrast
        /// Not now: wait, hold on, not yet.
        case wait
        /// A question: a question mark, or words that only ask.
        case question
        /// Not knowing: not sure, no idea.
        case unsure
        /// Words that carry no polarity of their own: please, thanks, that, it is.
        case filler
    }

    /// What the signs add up to.
    public enum Weight: Sendable, Hashable {
        /// Consent, with nothing against it. It is *plain* where nothing at all stands beside it.
        case affirm(isPlain: Bool)
        /// Refusal, with nothing for it.
        case deny
        /// Both, or consent with a reservation: the sign that casts the doubt.
        case doubtful(Sign)
        /// Not knowing.
        case unsure
        /// No sign that says yes or no.
        case neutral
    }

    /// A sign with its place.
    public struct Mark: Sendable, Hashable {
        /// What it signals.
        public var sign: Sign
        /// Half-open UTF-8 byte range.
        public var range: Range<Int>
        /// The rule that found it.
        public var rule: String
    }

    /// The signs that count: of overlapping ones the longest, of equally long ones the first found.
    public var marks: [Mark]
    /// Whether words remain that no sign accounts for.
    public var hasResidue: Bool

    /// What the signs add up to.
    ///
    /// 1. Not knowing, with no consent and no refusal beside it, is not knowing.
    /// 2. Refusal without consent is refusal; words beside it do not weaken it.
    /// 3. Consent together with refusal, a wait, a reservation, a condition, a hedge or a question is doubtful, in
    ///    that order of what is named as the reason.
    /// 4. Consent alone is consent: plain where no residue stands beside it.
    /// 5. A wait without consent is doubtful too: it is an answer, only not yet.
    public var weight: Weight {
        let signs = SignSet(marks)
        if signs.contains(.unsure), !signs.contains(.affirm), !signs.contains(.deny) { return .unsure }
        if signs.contains(.affirm) {
            let doubts: [Sign] = [.deny, .wait, .contrast, .condition, .hedge, .unsure, .question]
            if let doubt = doubts.first(where: signs.contains) { return .doubtful(doubt) }
            return .affirm(isPlain: !hasResidue)
        }
        if signs.contains(.wait) { return .doubtful(.wait) }
        if signs.contains(.deny) { return signs.contains(.question) ? .doubtful(.question) : .deny }
        return .neutral
    }
}

/// Which signs are there, as bits: asked for several times a turn, so nothing is allocated for it.
private struct SignSet {
    private var bits: UInt16 = 0

    init(_ marks: [Polarity.Mark]) {
        for mark in marks { bits |= mark.sign.bit }
    }

    func contains(_ sign: Polarity.Sign) -> Bool { bits & sign.bit != 0 }
}

extension Polarity.Sign {
    fileprivate var bit: UInt16 {
        switch self {
        case .affirm: 1
        case .deny: 1 << 1
        case .hedge: 1 << 2
        case .condition: 1 << 3
        case .contrast: 1 << 4
        case .wait: 1 << 5
        case .question: 1 << 6
        case .unsure: 1 << 7
        case .filler: 1 << 8
        }
    }
}
