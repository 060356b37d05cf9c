internal import Patterns
internal import Synchronization

/// Stands in front of all rules in scope, and leaves out those that can't match a reply: their words aren't in it.
///
/// A rule is tried where the reply has one literal out of each set that its pattern needs (``RequiredLiterals``). So a
/// flow with many rules costs a reply what the rules cost that are about its words. The index is built when the first
/// reply comes.
final class RuleIndex: Sendable {
    private struct Content {
        var rules: [Rule] = []
        var built: Built?
    }

    private let content = Mutex(Content())

    /// Adds rules that are tried in their order.
    func add(_ rules: [Rule]) -> RuleList {
        content.withLock { content in
            let list = RuleList(rules, at: content.rules.count)
            content.rules += rules
            content.built = nil
            return list
        }
    }

    /// The rules that may match a text, or a part of it.
    ///
    /// - Complexity: O(bytes of the text + rules / 64).
    func candidates(in text: String) -> RuleCandidates {
        let built = content.withLock { content in
            if let built = content.built { return built }
            let built = Built(content.rules)
            content.built = built
            return built
        }
        return built.candidates(in: text)
    }

    private struct Built: Sendable {
        private let scanner: LiteralScanner
        /// The sets that each literal is in: from `ends[literal]` up to `ends[literal + 1]`.
        private var sets: [Int32] = []
        private var ends: [Int32] = [0]
        /// The position of the rule that needs each set.
        private var owners: [Int32] = []
        /// How many sets each rule needs.
        private var needs: [UInt8] = []
        /// The rules that need none.
        private var always: RuleCandidates

        init(_ rules: [Rule]) {
            always = RuleCandidates(count: rules.count)
            var numbers: [RequiredLiterals.Literal: Int] = [:]
            var literals: [RequiredLiterals.Literal] = []
            var setsOfLiteral: [[Int32]] = []
            for (position, rule) in rules.enumerated() {
                let required = rule.requiredLiterals
                needs.append(UInt8(required.sets.count))
                if required.sets.isEmpty { always.insert(position) }
                for set in required.sets {
                    for literal in set {
                        let number = numbers[literal] ?? literals.count
                        if number == literals.count {
                            numbers[literal] = number
                            literals.append(literal)
                            setsOfLiteral.append([])
                        }
                        setsOfLiteral[number].append(Int32(owners.count))
                    }
                    owners.append(Int32(position))
                }
            }
            scanner = LiteralScanner(literals)
            for list in setsOfLiteral {
                sets += list
                ends.append(Int32(sets.count))
            }
        }

        func candidates(in text: String) -> RuleCandidates {
            var candidates = always
            var missing = needs
            var literalsSeen = Bits(count: scanner.literals.count)
            var setsSeen = Bits(count: owners.count)
            scanner.forEachLiteral(in: text) { literal in
                guard literalsSeen.insert(literal) else { return }
                for place in Int(ends[literal])..<Int(ends[literal + 1]) {
                    let set = Int(sets[place])
                    guard setsSeen.insert(set) else { continue }
                    let owner = Int(owners[set])
                    missing[owner] -= 1
                    if missing[owner] == 0 { candidates.insert(owner) }
                }
            }
            return candidates
        }
    }
}

/// Which rules of an index may match a text.
struct RuleCandidates: Sendable {
    private var bits: Bits

    /// None of so many rules.
    init(count: Int) { bits = Bits(count: count) }

    mutating func insert(_ position: Int) { _ = bits.insert(position) }

    /// The first position in a range from a place on; `nil` where there is none.
    func first(from position: Int, upTo end: Int) -> Int? { bits.first(from: position, upTo: end) }
}

/// Rules that are tried in their order: a part of an index.
struct RuleList: Sendable {
    /// The rules.
    let rules: [Rule]
    /// Their positions in the index.
    private let positions: Range<Int>

    /// Takes rules that stand in an index from a position on.
    init(_ rules: [Rule], at position: Int) {
        self.rules = rules
        positions = position..<position + rules.count
    }

    /// The first that matches; a work limit reached is no match, so that the answer is the same every time.
    func firstMatching(_ text: String, among candidates: RuleCandidates, scratch: borrowing MatchScratch) -> Rule? {
        for (_, rule) in among(candidates) where (try? rule.pattern.matches(text, in: scratch)) == true { return rule }
        return nil
    }

    /// The rules that may match, with their offsets in the list.
    func among(_ candidates: RuleCandidates) -> some Sequence<(offset: Int, rule: Rule)> {
        sequence(state: positions.lowerBound) { place -> (offset: Int, rule: Rule)? in
            guard let position = candidates.first(from: place, upTo: positions.upperBound) else { return nil }
            place = position + 1
            let offset = position - positions.lowerBound
            return (offset, rules[offset])
        }
    }
}

/// A set of small numbers.
private struct Bits: Sendable {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    /// Adds a number; returns whether it is new.
    mutating func insert(_ number: Int) -> Bool {
        let bit = UInt64(1) << UInt64(number & 63)
        guard words[number >> 6] & bit == 0 else { return false }
        words[number >> 6] |= bit
        return true
    }

    /// The first number in a range; `nil` where there is none.
    func first(from start: Int, upTo end: Int) -> Int? {
        guard start < end else { return nil }
        var index = start >> 6
        var word = words[index] & (~0 << UInt64(start & 63))
        while word == 0 {
            index += 1
            guard index << 6 < end else { return nil }
            word = words[index]
        }
        let number = index << 6 + word.trailingZeroBitCount
        return number < end ? number : nil
    }
}
