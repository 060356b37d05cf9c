internal import Patterns

/// Finds the signs of a reply's polarity.
public struct PolarityScale: Sendable {
    private let rules: [(sign: Polarity.Sign, rule: Rule)]
    private let subjects: Set<String>

    /// Takes the rules of the kind `mark`; others are left out.
    ///
    /// - Parameters:
    ///   - rules: Rules of any kind.
    ///   - subjects: Words for what is talked about, in lower case; beside a yes they are no residue ("yes, that
    ///     dataset"), except at a gate.
    public init(_ rules: [Rule], subjects: Set<String> = []) {
        self.subjects = subjects
        self.rules = rules.compactMap { rule in
            guard rule.kind == .mark, let sign = Polarity.Sign(rawValue: rule.intent) else { return nil }
            return (sign, rule)
        }
    }

    /// Weighs a reply.
    ///
    /// - Parameters:
    ///   - text: Normalised text.
    ///   - isGate: Whether nothing but consent may stand in it.
    ///   - scratch: Memory for matching, reused over patterns.
    /// - Returns: The signs that count, and whether words remain.
    /// - Complexity: O(rules × length).
    func weigh(_ text: String, isGate: Bool = false, scratch: borrowing MatchScratch) -> Polarity {
        var found: [Polarity.Mark] = []
        for (sign, rule) in rules {
            // A work limit reached counts as no match; on a capped reply, no bundled rule comes near it.
            guard let matches = try? rule.pattern.allMatches(in: text, scratch: scratch) else { continue }
            for match in matches where !match.range.isEmpty {
                found.append(Polarity.Mark(sign: sign, range: match.range, rule: rule.name))
            }
        }
        let marks = Self.inClauses(Self.withoutOverlaps(found), of: text)
        let residue = Self.residue(text, besides: marks).filter { isGate || !subjects.contains($0.word) }
        return Polarity(marks: marks, residue: residue.count, residueStart: residue.first?.start, isStrict: isGate)
    }

    private static func withoutOverlaps(_ found: [Polarity.Mark]) -> [Polarity.Mark] {
        guard found.count > 1 else { return found }
        let byLength = found.enumerated().sorted {
            ($1.element.range.count, $0.offset) < ($0.element.range.count, $1.offset)
        }
        var kept: [Polarity.Mark] = []
        for (_, mark) in byLength where !kept.contains(where: { $0.range.overlaps(mark.range) }) {
            kept.append(mark)
        }
        return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The marks with the clauses they stand in; only a negation makes a difference between clauses.
    private static func inClauses(_ marks: [Polarity.Mark], of text: String) -> [Polarity.Mark] {
        guard marks.count > 1, marks.contains(where: { $0.sign == .negate }) else { return marks }
        let ends = text.utf8.enumerated().filter { Self.clauseEnds.contains($0.element) }.map(\.offset)
        var clause = 0
        return marks.map { mark in
            while clause < ends.count, ends[clause] < mark.range.lowerBound { clause += 1 }
            var mark = mark
            mark.clause = clause
            return mark
        }
    }

    private static let clauseEnds = Set(",;:.!?\n".utf8)

    /// The words outside all marks, in lower case, each with the offset of its first byte: runs of letters, digits and
    /// symbols beyond ASCII.
    private static func residue(_ text: String, besides marks: [Polarity.Mark]) -> [(word: String, start: Int)] {
        var words: [(word: String, start: Int)] = []
        var word: [UInt8] = []
        var start = 0
        var offset = 0
        var next = 0
        for byte in text.utf8 {
            defer { offset += 1 }
            while next < marks.count, marks[next].range.upperBound <= offset { next += 1 }
            let isMarked = next < marks.count && marks[next].range.contains(offset)
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                if !isMarked {
                    if word.isEmpty { start = offset }
                    word.append(byte)
                }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if !isMarked {
                    if word.isEmpty { start = offset }
                    word.append(byte | 0x20)
                }
            default:
                if !word.isEmpty { words.append((String(decoding: word, as: UTF8.self), start)) }
                word = []
            }
        }
        if !word.isEmpty { words.append((String(decoding: word, as: UTF8.self), start)) }
        return words
    }
}
