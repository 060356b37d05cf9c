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
        let marks = Self.withoutOverlaps(found)
        let residue = Self.residue(text, besides: marks)
        let hasResidue = residue.contains { isGate || !subjects.contains($0) }
        return Polarity(marks: marks, hasResidue: hasResidue)
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

    /// The words outside all marks, in lower case: runs of letters, digits and symbols beyond ASCII.
    private static func residue(_ text: String, besides marks: [Polarity.Mark]) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var offset = 0
        var next = 0
        for byte in text.utf8 {
            defer { offset += 1 }
            while next < marks.count, marks[next].range.upperBound <= offset { next += 1 }
            let isMarked = next < marks.count && marks[next].range.contains(offset)
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                if !isMarked { word.append(byte) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if !isMarked { word.append(byte | 0x20) }
            default:
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word = []
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }
}
