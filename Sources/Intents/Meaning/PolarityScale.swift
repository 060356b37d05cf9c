internal import Patterns

/// Finds the signs of a reply's polarity.
public struct PolarityScale: Sendable {
    private let rules: [(sign: Polarity.Sign, rule: Rule)]

    /// Takes the rules of the kind `mark`; others are left out.
    public init(_ rules: [Rule]) {
        self.rules = rules.compactMap { rule in
            guard rule.kind == .mark, let sign = Polarity.Sign(rawValue: rule.intent) else { return nil }
            return (sign, rule)
        }
    }

    /// Weighs a reply.
    ///
    /// - Parameters:
    ///   - text: Normalised text.
    ///   - scratch: Memory for matching, reused over patterns.
    /// - Complexity: O(rules × length).
    func weigh(_ text: String, scratch: borrowing MatchScratch) -> Polarity {
        var found: [Polarity.Mark] = []
        for (sign, rule) in rules {
            // A work limit reached counts as no match; on a capped reply, no bundled rule comes near it.
            guard let matches = try? rule.pattern.allMatches(in: text, scratch: scratch) else { continue }
            for match in matches where !match.range.isEmpty {
                found.append(Polarity.Mark(sign: sign, range: match.range, rule: rule.name))
            }
        }
        let marks = Self.withoutOverlaps(found)
        return Polarity(marks: marks, hasResidue: Self.hasResidue(text, besides: marks))
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

    /// Whether a letter, digit or symbol beyond ASCII stands outside all marks.
    private static func hasResidue(_ text: String, besides marks: [Polarity.Mark]) -> Bool {
        var offset = 0
        var next = 0
        for byte in text.utf8 {
            defer { offset += 1 }
            while next < marks.count, marks[next].range.upperBound <= offset { next += 1 }
            if next < marks.count, marks[next].range.contains(offset) { continue }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                return true
            default: continue
            }
        }
        return false
    }
}
