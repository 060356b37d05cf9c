internal import Patterns

/// Short texts that a reply has to contain for a pattern to match it: at least one out of each set.
///
/// They are read off the pattern's structure, so that a rule that can't match a reply need not be tried. Nothing is
/// required by a pattern whose structure isn't understood, or of which any part may be left out.
///
/// Literals are written in lower case, in ASCII, with ``boundary`` where a word is known to begin or end.
struct RequiredLiterals: Sendable, Hashable {
    /// One literal, of at most ``longest`` symbols.
    typealias Literal = [UInt8]

    /// The symbol for the place between a character of a word and one of none.
    static let boundary: UInt8 = 0
    /// The number of symbols after which a literal is cut off: more tell hardly more, and take memory.
    static let longest = 7
    /// The number of sets that are kept, those that fewest replies satisfy.
    static let mostSets = 3

    /// The sets, each with the literals of which one is needed; the most telling comes first.
    var sets: [Set<Literal>]

    /// Reads off what a rule's pattern needs.
    init(of rule: WrittenRule) {
        let source = rule.frame.replacing("%", with: "(?:\(rule.body))")
        var analysis = LiteralAnalysis(parts: rule.parts)
        let isWhole = rule.options.contains(.anchoredWhole)
        sets = analysis.sets(of: source, opens: isWhole, closes: isWhole)
    }
}

extension UInt8 {
    /// Whether it is a letter, digit or underscore of ASCII.
    fileprivate var isWordOfASCII: Bool { ByteClass.isAlphanumeric(self) || self == UInt8(ascii: "_") }
}

/// Reads required literals off the structure of patterns.
private struct LiteralAnalysis {
    typealias Literal = RequiredLiterals.Literal

    let parts: PatternParts
    /// The parts being looked into, which may use each other.
    private var open: Set<String> = []

    init(parts: PatternParts) { self.parts = parts }

    /// The sets of a pattern.
    ///
    /// - Parameters:
    ///   - pattern: The pattern, with uses of the parts.
    ///   - opens: Whether a word that the pattern begins with is known to begin there.
    ///   - closes: Whether a word that it ends with is known to end there.
    /// - Returns: The sets, the most telling first.
    mutating func sets(of pattern: String, opens: Bool, closes: Bool) -> [Set<Literal>] {
        guard let tree = try? PatternTreeParser.parse(pattern) else { return [] }
        return sets(of: tree.branches, opens: opens, closes: closes)
    }

    /// Each alternative has to need something; then one of all that they need is needed.
    private mutating func sets(of branches: [PatternTree.Branch], opens: Bool, closes: Bool) -> [Set<Literal>] {
        var each: [[Set<Literal>]] = []
        for branch in branches {
            let sets = sets(of: branch.items[...], opens: opens, closes: closes)
            guard !sets.isEmpty else { return [] }
            each.append(sets)
        }
        let most = each.map(\.count).max() ?? 0
        return (0..<most).map { place in
            each.reduce(into: []) { $0.formUnion($1[min(place, $1.count - 1)]) }
        }
    }

    private mutating func sets(
        of items: ArraySlice<PatternTree.Item>,
        opens: Bool,
        closes: Bool
    ) -> [Set<Literal>] {
        var sequence = LiteralSequence(opens: opens)
        for (place, item) in zip(items.indices, items) {
            let isNeeded = item.quantifier.map { $0.minimum > 0 } ?? true
            let isSingle = item.quantifier.map { $0.maximum == 1 } ?? true
            switch item.kind {
            case .other: sequence.interrupt()
            case .anchor(let anchor): sequence.add(anchor: anchor)
            case .literal(let scalar):
                guard isNeeded, scalar.isASCII else {
                    sequence.interrupt()
                    continue
                }
                sequence.add(UInt8(scalar.value))
                if !isSingle { sequence.interrupt() }
            case .type(let text), .set(let text):
                sequence.interrupt(bySeparator: isNeeded && Self.isSeparator(text))
            case .group(let group):
                if case .look = group.kind {
                    sequence.add(look: group)
                    continue
                }
                guard isNeeded else {
                    sequence.interrupt()
                    continue
                }
                let follows = isSingle && Self.endsWord(items[(place + 1)...], closes: closes)
                let opens = sequence.opensNext
                sequence.interrupt()
                sequence.sets += sets(of: group.branches, opens: opens, closes: follows)
            case .call(let name):
                guard isNeeded else {
                    sequence.interrupt()
                    continue
                }
                let follows = isSingle && Self.endsWord(items[(place + 1)...], closes: closes)
                let opens = sequence.opensNext
                sequence.interrupt()
                sequence.sets += sets(ofPart: name, opens: opens, closes: follows)
            }
        }
        sequence.finish(closes: closes)
        return sequence.mostTelling
    }

    private mutating func sets(ofPart name: String, opens: Bool, closes: Bool) -> [Set<Literal>] {
        if let list = parts.words[name] {
            var literals: Set<Literal> = []
            for word in list.words {
                var sequence = LiteralSequence(opens: opens)
                for scalar in word.unicodeScalars {
                    if scalar.isASCII { sequence.add(UInt8(scalar.value)) } else { sequence.interrupt() }
                }
                sequence.finish(closes: true)
                guard let best = sequence.mostTelling.first else { return [] }
                literals.formUnion(best)
            }
            return literals.isEmpty ? [] : [literals]
        }
        guard let fragment = parts.fragments[name], open.insert(name).inserted else { return [] }
        defer { open.remove(name) }
        return sets(of: fragment, opens: opens, closes: closes)
    }

    /// Whether a word that ends before these items ends there for sure.
    private static func endsWord(_ items: ArraySlice<PatternTree.Item>, closes: Bool) -> Bool {
        guard let next = items.first else { return closes }
        guard next.quantifier.map({ $0.minimum > 0 }) ?? true else { return false }
        switch next.kind {
        case .anchor(let anchor): return ["\\b", "$", "\\z", "\\Z"].contains(anchor)
        case .literal(let scalar): return scalar.isASCII && !UInt8(scalar.value).isWordOfASCII
        case .type(let text), .set(let text): return isSeparator(text)
        case .group(let group): return group.endsWord
        case .call, .other: return false
        }
    }

    /// Whether a class of characters, as written, has none that belongs to a word.
    private static func isSeparator(_ text: String) -> Bool {
        if ["\\s", "\\W", "\\h", "\\v", "\\R"].contains(text) { return true }
        guard text.hasPrefix("["), text.hasSuffix("]"), !text.hasPrefix("[^") else { return false }
        var isEscaped = false
        // A range between two signs can hold letters, as from `+` to `z`.
        let body = Array(text.dropFirst().dropLast().unicodeScalars)
        for (place, scalar) in body.enumerated() {
            if isEscaped {
                isEscaped = false
                guard "sWhv-.,;:!?/\\]['\"()".unicodeScalars.contains(scalar) else { return false }
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "-" {
                guard place == 0 || place == body.count - 1 else { return false }
            } else {
                guard scalar.isASCII, scalar != "[", !UInt8(scalar.value).isWordOfASCII else { return false }
            }
        }
        return !body.isEmpty
    }
}

extension PatternTree.Group {
    /// Whether it is `(?!\w)`.
    fileprivate var endsWord: Bool { kind == .look(isAhead: true, isNegative: true) && isOneWordCharacter }
    /// Whether it is `(?<!\w)`.
    fileprivate var beginsWord: Bool { kind == .look(isAhead: false, isNegative: true) && isOneWordCharacter }

    private var isOneWordCharacter: Bool {
        guard branches.count == 1, branches[0].items.count == 1 else { return false }
        return branches[0].items[0].kind == .type("\\w") && branches[0].items[0].quantifier == nil
    }
}

/// The literals of what has to match one after the other.
private struct LiteralSequence {
    typealias Literal = RequiredLiterals.Literal

    var sets: [Set<Literal>] = []
    private var run: Literal = []
    /// Whether a word that comes next, after nothing that is known, begins there.
    private var opens: Bool

    init(opens: Bool) { self.opens = opens }

    /// Whether a word that comes next is known to begin there.
    var opensNext: Bool { run.last.map { !$0.isWordOfASCII } ?? opens }

    mutating func add(_ byte: UInt8) {
        let byte = ByteClass.lowercased(byte)
        if let last = run.last {
            if last != RequiredLiterals.boundary, last.isWordOfASCII != byte.isWordOfASCII { addBoundary() }
        } else if opens, byte.isWordOfASCII {
            addBoundary()
        }
        run.append(byte)
    }

    mutating func add(anchor: String) {
        switch anchor {
        case "\\b": addBoundary()
        case "^", "\\A": interrupt(opens: true)
        case "$", "\\z", "\\Z": interrupt(bySeparator: true)
        default: interrupt()
        }
    }

    mutating func add(look: PatternTree.Group) {
        if look.endsWord {
            if run.last?.isWordOfASCII == true { addBoundary() }
        } else if look.beginsWord, run.isEmpty {
            opens = true
        }
    }

    /// Ends the literal at hand where something follows that is unknown, or that belongs to no word.
    mutating func interrupt(bySeparator isSeparator: Bool = false) {
        finish(closes: isSeparator)
        opens = isSeparator
    }

    private mutating func interrupt(opens: Bool) {
        finish(closes: false)
        self.opens = opens
    }

    /// Ends the literal at hand.
    mutating func finish(closes: Bool) {
        if closes, run.last?.isWordOfASCII == true { addBoundary() }
        let literal = Array(run.prefix(RequiredLiterals.longest))
        if literal.contains(where: { $0 != RequiredLiterals.boundary }) { sets.append([literal]) }
        opens = run.last.map { $0 != RequiredLiterals.boundary && !$0.isWordOfASCII } ?? false
        run = []
    }

    private mutating func addBoundary() {
        if run.last != RequiredLiterals.boundary { run.append(RequiredLiterals.boundary) }
    }

    /// The sets that fewest replies satisfy.
    var mostTelling: [Set<Literal>] {
        let weighed = sets.map { (set: $0, weight: $0.reduce(0) { $0 + Self.weight(of: $1) }) }
        return weighed.sorted { $0.weight < $1.weight }.prefix(RequiredLiterals.mostSets).map(\.set)
    }

    /// A rough estimate of how likely a literal stands in a reply: each further symbol makes it a tenth as likely.
    private static func weight(of literal: Literal) -> Double {
        literal.reduce(1) { weight, _ in weight / 10 }
    }
}
