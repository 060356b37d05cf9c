internal import Patterns

/// Finds the signs of a reply's polarity.
public struct PolarityScale: Sendable {
    let rules: [(sign: Polarity.Sign, rule: Rule)]
    private let list: RuleList
    private let index: RuleIndex
    private let subjects: Set<String>

    /// Takes the rules of the kind `mark`; others are left out.
    ///
    /// - Parameters:
    ///   - rules: Rules of any kind.
    ///   - subjects: Words for what is talked about, in lower case; beside a yes they are no residue ("yes, that
    ///     dataset"), except at a gate.
    public init(_ rules: [Rule], subjects: Set<String> = []) {
        self.init(rules, subjects: subjects, index: RuleIndex())
    }

    /// Takes the rules of the kind `mark`, and adds them to an index.
    init(_ rules: [Rule], subjects: Set<String>, index: RuleIndex) {
        self.subjects = subjects
        self.index = index
        let signs = rules.compactMap { rule -> (sign: Polarity.Sign, rule: Rule)? in
            guard rule.kind == .mark, let sign = Polarity.Sign(rawValue: rule.intent) else { return nil }
            return (sign, rule)
        }
        self.rules = signs
        list = index.add(signs.map(\.rule))
    }

    /// Weighs a reply.
    ///
    /// - Parameters:
    ///   - text: Normalised text.
    ///   - isGate: Whether nothing but consent may stand in it.
    ///   - candidates: The rules that may match the text, where they are known already.
    ///   - scratch: Memory for matching, reused over patterns.
    /// - Returns: The signs that count, and whether words remain.
    /// - Complexity: O(rules whose words are in the text × length).
    func weigh(
        _ text: String,
        isGate: Bool = false,
        among candidates: RuleCandidates? = nil,
        scratch: borrowing MatchScratch
    ) -> Polarity {
        var found: [Polarity.Mark] = []
        for (offset, rule) in list.among(candidates ?? index.candidates(in: text)) {
            let sign = rules[offset].sign
            // A work limit reached ends the rule's search; on a capped reply, no bundled rule comes near it.
            try? rule.pattern.forEachRange(in: text, scratch: scratch) { range in
                Self.insert(Polarity.Mark(sign: sign, range: range, rule: rule.name), into: &found)
            }
        }
        let marks = Self.inClauses(Self.withoutOverlaps(found), of: text)
        let residue = residue(of: text, besides: marks, isGate: isGate)
        return Polarity(marks: marks, residue: residue.count, residueStart: residue.start, isStrict: isGate)
    }

    /// Puts a mark among others: longer ones first, of equally long ones the one that was found first.
    private static func insert(_ mark: Polarity.Mark, into marks: inout [Polarity.Mark]) {
        let place = marks.firstIndex { $0.range.count < mark.range.count } ?? marks.count
        marks.insert(mark, at: place)
    }

    /// The marks that overlap no longer one, in the order of the text, out of marks with the longest first.
    private static func withoutOverlaps(_ byLength: [Polarity.Mark]) -> [Polarity.Mark] {
        guard byLength.count > 1 else { return byLength }
        var kept: [Polarity.Mark] = []
        kept.reserveCapacity(byLength.count)
        for mark in byLength where !kept.contains(where: { $0.range.overlaps(mark.range) }) {
            let place = kept.firstIndex { $0.range.lowerBound > mark.range.lowerBound } ?? kept.count
            kept.insert(mark, at: place)
        }
        return kept
    }

    /// The marks with the clauses they stand in; only a negation makes a difference between clauses.
    private static func inClauses(_ marks: [Polarity.Mark], of text: String) -> [Polarity.Mark] {
        guard marks.count > 1, marks.contains(where: { $0.sign == .negate }) else { return marks }
        var marks = marks
        var clause = 0
        var next = 0
        var offset = 0
        for byte in text.utf8 {
            while next < marks.count, marks[next].range.lowerBound == offset {
                marks[next].clause = clause
                next += 1
            }
            if byte.endsClause { clause += 1 }
            offset += 1
        }
        return marks
    }

    /// How many words stand outside all marks, and where the first of them begins: runs of letters, digits and symbols
    /// beyond ASCII.
    ///
    /// Words for what is talked about do not count, except at a gate.
    private func residue(
        of text: String,
        besides marks: [Polarity.Mark],
        isGate: Bool
    ) -> (count: Int, start: Int?) {
        var count = 0
        var start: Int?
        var word: Int?
        var next = 0
        var offset = 0
        func end() {
            guard let first = word else { return }
            word = nil
            guard isGate || !isSubject(text.slice(utf8: first..<offset)) else { return }
            count += 1
            start = start ?? first
        }
        for byte in text.utf8 {
            while next < marks.count, marks[next].range.upperBound <= offset { next += 1 }
            let isMarked = next < marks.count && marks[next].range.contains(offset)
            if !isMarked, byte.isWord { word = word ?? offset } else { end() }
            offset += 1
        }
        end()
        return (count, start)
    }

    /// Whether a word names what is talked about.
    func isSubject(_ word: String) -> Bool { subjects.contains(word.lowercased()) }
}

extension UInt8 {
    /// Whether the byte belongs to a letter, a digit or a symbol beyond ASCII.
    var isWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }

    /// Whether a negation before it says nothing of what comes after it.
    fileprivate var endsClause: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "!"),
            UInt8(ascii: "?"), UInt8(ascii: "\n"):
            true
        default: false
        }
    }
}
