/// How much a reply says yes or no: the signs found in it, weighed by stated rules.
///
/// Signs are found by rules of the kind `mark`, whose intent names the sign. The weighing is compositional: no rule
/// knows a whole sentence, and whatever no sign accounts for is *residue*, which never becomes consent.
public struct Polarity: Sendable, Hashable {
    /// A sign that a mark rule can give.
    public enum Sign: String, Sendable, Hashable, CaseIterable {
        /// Consent that stands whatever follows: yes, I agree.
        case affirm
        /// Consent where nothing else is said: ok, sure, go ahead. Before other words it only opens a sentence.
        case assent
        /// A judgement that something is right or good: correct, that's true, great. At a gate it is no consent.
        case approve
        /// Weight for what stands beside it, and consent by itself: absolutely, of course.
        case emphasis
        /// Refusal: no, wrong, I decline.
        case deny
        /// Turns the next yes or no of its clause round, and refuses where none follows: not, don't, can't.
        case negate
        /// Less than certain: maybe, I guess, either.
        case hedge
        /// An opinion rather than an answer: I think, I believe, it seems.
        case opinion
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
        /// Words that carry no polarity of their own and may stand beside consent at a gate: please, thanks.
        case filler
        /// Words that carry no polarity of their own, and are residue at a gate: that, the answer, again.
        case chatter
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
        /// The clause it stands in, counted from 0 by the punctuation before it.
        public var clause = 0
    }

    /// The signs that count: of overlapping ones the longest, of equally long ones the first found.
    public var marks: [Mark]
    /// How many words remain that no sign accounts for.
    public var residue: Int
    /// Where the first of these words begins, a UTF-8 offset.
    public var residueStart: Int?
    /// Whether nothing less than consent counts, as at a gate.
    public var isStrict = false

    /// Whether words remain that no sign accounts for.
    public var hasResidue: Bool { residue > 0 }

    /// How many words without a sign a no or a "don't know" bears.
    ///
    /// With more of them the reply is about something else, unless it begins with a no.
    static let bearableResidue = 1

    /// What the signs add up to.
    ///
    /// 1. A negation turns the next yes or no of its clause round: "I can't agree" is a refusal, "that is not false" a
    ///    judgement that it is right. Where none follows it is a refusal itself.
    /// 2. Emphasis alone is consent; beside any other yes or no it says nothing.
    /// 3. Consent together with refusal, a wait, a reservation, a condition, a question, a hedge or not knowing is
    ///    doubtful, in that order of what is named as the reason.
    /// 4. Consent alone is consent: plain where neither residue nor an opinion stands beside it. With residue only a
    ///    real yes that begins the reply is consent, since "ok" and "right" begin sentences about anything.
    /// 5. At a gate a judgement is no consent, and no refusal may stand beside consent, even one that is turned round.
    /// 6. A wait without consent is doubtful too: it is an answer, only not yet.
    /// 7. Refusal without consent is refusal: with any words behind a no that begins the reply, else with few.
    /// 8. Not knowing without yes and no is not knowing, and so is a hedge with nothing else; an opinion with nothing
    ///    else is consent that is not plain.
    public var weight: Weight {
        let signs = signsInScope()
        let isFew = residue <= Self.bearableResidue
        let hasConsent =
            signs.contains(.affirm) || signs.contains(.assent)
            || (signs.contains(.emphasis) && signs.isDisjoint(with: [.deny, .approve, .unsure]))
        if hasConsent || signs.contains(.approve) {
            let doubts: [Sign] = [.deny, .wait, .contrast, .condition, .question, .hedge, .unsure]
            if let doubt = doubts.first(where: signs.contains) {
                if signs.contains(.hedge), doubt == .deny { return .unsure }
                return isFew || doubt != .hedge ? .doubtful(doubt) : .neutral
            }
            if isStrict, !hasConsent { return .neutral }
            if isStrict, marks.contains(where: { $0.sign == .deny || $0.sign == .negate }) { return .doubtful(.deny) }
            guard hasResidue || (isStrict && signs.contains(.chatter)) else {
                return .affirm(isPlain: !signs.contains(.opinion))
            }
            return isLed(by: [.affirm]) ? .affirm(isPlain: false) : .neutral
        }
        if signs.contains(.wait) { return .doubtful(.wait) }
        if signs.contains(.deny) {
            if signs.contains(.question) { return .doubtful(.question) }
            // A negation with nothing to turn round and words besides is about something else.
            guard marks.contains(where: { $0.sign == .deny || Self.consenting.contains($0.sign) }) else {
                return hasResidue ? .neutral : .deny
            }
            return isFew || isLed(by: [.deny]) ? .deny : .neutral
        }
        if signs.contains(.unsure) {
            let asks = marks.first { $0.sign == .question || $0.sign == .unsure }?.sign == .question
            return isFew && !asks ? .unsure : .neutral
        }
        guard !hasResidue, !signs.contains(.question) else { return .neutral }
        if signs.contains(.hedge) { return isStrict ? .doubtful(.hedge) : .unsure }
        return signs.contains(.opinion) ? .affirm(isPlain: false) : .neutral
    }

    private static let consenting: SignSet = [.affirm, .assent, .approve]

    /// Whether one of these signs stands before every word without a sign.
    private func isLed(by signs: SignSet) -> Bool {
        guard let first = marks.first(where: { $0.sign != .filler }), signs.contains(first.sign) else { return false }
        return residueStart.map { first.range.lowerBound < $0 } ?? true
    }

    /// The signs with each negation applied to what it turns round.
    private func signsInScope() -> SignSet {
        var signs: SignSet = []
        var negatedClause: Int?
        for mark in marks {
            if let clause = negatedClause, clause != mark.clause {
                signs.insert(.deny)
                negatedClause = nil
            }
            switch mark.sign {
            case .negate:
                negatedClause = mark.clause
            case .affirm, .assent, .approve:
                signs.insert(negatedClause == nil ? mark.sign : .deny)
                negatedClause = nil
            case .deny:
                signs.insert(negatedClause == nil ? .deny : .approve)
                negatedClause = nil
            case .wait, .contrast, .condition, .unsure:
                if negatedClause != nil { signs.insert(.deny) }
                negatedClause = nil
                signs.insert(mark.sign)
            case .emphasis, .hedge, .opinion, .question, .filler, .chatter:
                signs.insert(mark.sign)
            }
        }
        if negatedClause != nil { signs.insert(.deny) }
        return signs
    }
}

/// A set of signs, as bits: made for every reply, so nothing is allocated for it.
private struct SignSet: ExpressibleByArrayLiteral {
    private var bits: UInt16 = 0

    init(arrayLiteral signs: Polarity.Sign...) {
        for sign in signs { insert(sign) }
    }

    mutating func insert(_ sign: Polarity.Sign) { bits |= sign.bit }

    func contains(_ sign: Polarity.Sign) -> Bool { bits & sign.bit != 0 }

    func isDisjoint(with other: SignSet) -> Bool { bits & other.bits == 0 }
}

extension Polarity.Sign {
    fileprivate var bit: UInt16 {
        switch self {
        case .affirm: 1 << 0
        case .assent: 1 << 1
        case .approve: 1 << 2
        case .emphasis: 1 << 3
        case .deny: 1 << 4
        case .negate: 1 << 5
        case .hedge: 1 << 6
        case .opinion: 1 << 7
        case .condition: 1 << 8
        case .contrast: 1 << 9
        case .wait: 1 << 10
        case .question: 1 << 11
        case .unsure: 1 << 12
        case .filler: 1 << 13
        case .chatter: 1 << 14
        }
    }
}
