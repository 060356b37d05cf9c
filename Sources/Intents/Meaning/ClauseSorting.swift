internal import Patterns

/// The clauses of a reply, sorted by what each is for: a slot that it names, one that only its value fits, or the
/// question in hand.
struct ClauseSorting {
    /// A clause, or some in a row, that gives one slot a value.
    struct Claim {
        var range: Range<Int>
        var assignment: Assignment
        var rule: String
    }

    /// A clause that no slot claims.
    struct Rest {
        var clause: Clause
        /// Whether a claim follows it after no more than a comma.
        var isLead = false
    }

    /// What each slot is given, in the order of the reply.
    private(set) var claims: [Claim] = []
    /// The first clause that names a slot with a value that cannot be, or holds a value that fits several slots.
    private(set) var problem: Decision?
    /// What is left for the question in hand.
    private(set) var rest: [Rest] = []
    private var unclear: (value: Value, slots: [Int], range: Range<Int>)?
    /// Whether a clause holds what the question in hand asks for, unmistakably.
    private var isAnswered = false
    private let text: String
    private let named: NamedAnswers

    /// Sorts the clauses of a normalised text.
    ///
    /// Where one clause is an answer beyond doubt, the reply is a list of answers, and the others are read as such.
    static func sort(
        _ clauses: [Clause],
        of text: String,
        by named: NamedAnswers,
        in context: NamedAnswers.Context,
        scratch: borrowing MatchScratch
    ) -> ClauseSorting {
        let first = ClauseSorting(clauses, of: text, by: named, in: context, scratch: scratch)
        guard !first.claims.isEmpty || first.isAnswered else { return first }
        var context = context
        context.isList = true
        return ClauseSorting(clauses, of: text, by: named, in: context, scratch: scratch)
    }

    private init(
        _ clauses: [Clause],
        of text: String,
        by named: NamedAnswers,
        in context: NamedAnswers.Context,
        scratch: borrowing MatchScratch
    ) {
        self.text = text
        self.named = named
        var index = 0
        while index < clauses.count {
            let clause = clauses[index]
            let next = index + 1 < clauses.count ? clauses[index + 1] : nil
            index += takeNamed(clause, next, context, scratch)
        }
        resolveUnclear()
    }

    /// Two values for one slot in one reply: a problem, not a guess.
    var contradiction: Decision? {
        var values: [Int: Value] = [:]
        for claim in claims {
            let assignment = claim.assignment
            if let other = values.updateValue(assignment.value, forKey: assignment.slot), other != assignment.value {
                return .badCorrection(
                    slot: assignment.slot,
                    message: "I see several values for it here; please give one.",
                    suggestion: nil
                )
            }
        }
        return nil
    }

    /// Sorts a clause, with the next where both belong together; returns how many it took.
    private mutating func takeNamed(
        _ clause: Clause,
        _ next: Clause?,
        _ context: NamedAnswers.Context,
        _ scratch: borrowing MatchScratch
    ) -> Int {
        if take(clause.range, at: clause, context, scratch) { return 1 }
        // "wrong region, use oregon" says in two clauses what belongs together.
        if let next, named.isNamed(in: text.slice(utf8: clause.range), scratch: scratch),
            take(clause.range.lowerBound..<next.range.upperBound, at: clause, context, scratch)
        {
            return 2
        }
        if takeWellKnown(clause, context) || extendLast(by: clause, context, scratch) { return 1 }
        rest.append(Rest(clause: clause))
        return 1
    }

    private mutating func add(_ claim: Claim, at clause: Clause) {
        if clause.separator == .comma, let last = rest.indices.last,
            claims.last?.range.upperBound ?? 0 <= rest[last].clause.range.lowerBound
        {
            rest[last].isLead = true
        }
        claims.append(claim)
    }

    /// Takes a range that names a slot with a value, or with one that cannot be.
    private mutating func take(
        _ range: Range<Int>,
        at clause: Clause,
        _ context: NamedAnswers.Context,
        _ scratch: borrowing MatchScratch
    ) -> Bool {
        guard let found = named.read(text.slice(utf8: range), in: context, isClause: true, scratch: scratch) else {
            return false
        }
        switch found.reading {
        case .assignment(let assignment):
            add(Claim(range: range, assignment: assignment, rule: found.rule), at: clause)
            return true
        case .problem(let slot, let message, let suggestion):
            problem = problem ?? .badCorrection(slot: slot, message: message, suggestion: suggestion)
            return true
        case .reopening, .recall, .replacement: return false
        }
    }

    /// A list or a text goes on in the next clause, as long as it stays a value: "the metrics are A, B and C".
    private mutating func extendLast(
        by clause: Clause,
        _ context: NamedAnswers.Context,
        _ scratch: borrowing MatchScratch
    ) -> Bool {
        guard let last = claims.last else { return false }
        switch named.type(of: last.assignment.slot)?.role {
        case .choices, .text: break
        default: return false
        }
        let range = last.range.lowerBound..<clause.range.upperBound
        guard let found = named.read(text.slice(utf8: range), in: context, isClause: true, scratch: scratch),
            case .assignment(let longer) = found.reading, longer.slot == last.assignment.slot
        else { return false }
        claims[claims.count - 1].range = range
        claims[claims.count - 1].assignment = longer
        return true
    }

    /// A clause that is little else than a value that shows what it is, unless it answers the question in hand.
    private mutating func takeWellKnown(_ clause: Clause, _ context: NamedAnswers.Context) -> Bool {
        let part = text.slice(utf8: clause.range)
        let most = context.expected.isText ? 1 : 3
        // Among other answers "run it in Oregon" is one.
        let takesNames = context.isList && !context.expected.isText
        let found = WellKnownValue.find(
            in: part,
            for: named,
            most: takesNames ? most + 1 : most,
            takesNames: takesNames
        )
        guard let found else { return false }
        if found.slots.contains(where: { isAsked($0, context.expected) }) {
            isAnswered = true
            return false
        }
        guard found.slots.count == 1, let slot = found.slots.first else {
            unclear = unclear ?? (found.value, found.slots, clause.range)
            return true
        }
        if let message = context.mangled[found.value] {
            problem = problem ?? .badCorrection(slot: slot, message: message, suggestion: found.value)
            return true
        }
        add(only(slot, found.value, clause.range), at: clause)
        return true
    }

    /// Whether a slot is what the question in hand fills, or holds what it asks for.
    private func isAsked(_ slot: Int, _ question: Question) -> Bool {
        if let asked = question.slot { return asked == slot }
        return question.type.map { named.type(of: slot) == $0 } ?? false
    }

    /// Of the slots that a value fits, those with a value of their own in the same reply drop out.
    private mutating func resolveUnclear() {
        guard let unclear else { return }
        let taken = Set(claims.map(\.assignment.slot))
        let free = unclear.slots.filter { !taken.contains($0) }
        if free.count == 1, let slot = free.first {
            claims.append(only(slot, unclear.value, unclear.range))
        } else if !free.isEmpty, problem == nil {
            problem = .stray(unclear.value, slots: free, isReplacement: false)
        }
    }

    private func only(_ slot: Int, _ value: Value, _ range: Range<Int>) -> Claim {
        Claim(
            range: range,
            assignment: Assignment(slot: slot, value: value),
            rule: "what only \(named.name(of: slot)) can be"
        )
    }
}
