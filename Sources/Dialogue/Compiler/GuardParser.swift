internal import Diagnostics
internal import Intents

/// Reads conditions: `has_custom and not (region is known)`, `check == valid`, `check in [valid, not_verified]`.
struct GuardParser {
    private let slots: [SlotDefinition]
    private let index: [String: SlotIndex]
    private let location: Location
    private var tokens: [Token] = []
    private var position = 0
    private var problem: String?

    private enum Token: Equatable {
        case word(String)
        case symbol(String)
    }

    /// Parses a condition.
    ///
    /// - Returns: `nil` where it has an error, which `diagnostics` then holds.
    static func parse(
        _ text: String,
        slots: [SlotDefinition],
        index: [String: SlotIndex],
        at location: Location,
        diagnostics: inout DiagnosticList
    ) -> Guard? {
        var parser = GuardParser(slots: slots, index: index, location: location)
        parser.tokenize(text)
        let parsed = parser.problem == nil ? parser.parseOr() : nil
        if parser.problem == nil, parser.position < parser.tokens.count {
            parser.fail("expected 'and' or 'or' before '\(parser.describeNext())'")
        }
        if let problem = parser.problem {
            diagnostics.error("in the condition '\(text)': \(problem)", at: location)
            return nil
        }
        return parsed
    }

    private init(slots: [SlotDefinition], index: [String: SlotIndex], location: Location) {
        self.slots = slots
        self.index = index
        self.location = location
    }

    private mutating func fail(_ message: String) {
        if problem == nil { problem = message }
    }

    private mutating func tokenize(_ text: String) {
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("==") || rest.hasPrefix("!=") {
                tokens.append(.symbol(String(rest.prefix(2))))
                rest.removeFirst(2)
            } else if "()[],".contains(first) {
                tokens.append(.symbol(String(first)))
                rest.removeFirst()
            } else if first.isLetter || first.isNumber || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) }
                tokens.append(.word(String(word.hasPrefix("slots.") ? word.dropFirst(6) : word)))
                rest.removeFirst(word.count)
            } else {
                return fail("'\(first)' means nothing in a condition")
            }
        }
        if tokens.isEmpty { fail("it is empty") }
    }

    private func describeNext() -> String {
        guard position < tokens.count else { return "the end" }
        switch tokens[position] {
        case .word(let text), .symbol(let text): return text
        }
    }

    private mutating func take(_ token: Token) -> Bool {
        guard position < tokens.count, tokens[position] == token else { return false }
        position += 1
        return true
    }

    private mutating func takeWord(_ what: String) -> String {
        if position < tokens.count, case .word(let word) = tokens[position] {
            position += 1
            return word
        }
        fail("expected \(what) instead of '\(describeNext())'")
        return ""
    }

    private mutating func parseOr() -> Guard? {
        guard var left = parseAnd() else { return nil }
        while take(.word("or")) {
            guard let right = parseAnd() else { return nil }
            left = .or(left, right)
        }
        return left
    }

    private mutating func parseAnd() -> Guard? {
        guard var left = parseUnary() else { return nil }
        while take(.word("and")) {
            guard let right = parseUnary() else { return nil }
            left = .and(left, right)
        }
        return left
    }

    private mutating func parseUnary() -> Guard? {
        if take(.word("not")) { return parseUnary().map { .not($0) } }
        if take(.symbol("(")) {
            let inner = parseOr()
            if !take(.symbol(")")) { fail("expected ')' instead of '\(describeNext())'") }
            return inner
        }
        return parseAtom()
    }

    private mutating func parseAtom() -> Guard? {
        let name = takeWord("a slot's name")
        guard problem == nil else { return nil }
        guard let slot = index[name] else {
            fail("there is no slot '\(name)'" + NearestWord.hint(for: name, among: index.keys))
            return nil
        }
        if take(.word("is")) {
            let isNegated = take(.word("not"))
            let state = takeWord("'known', 'unknown' or 'confirmed'")
            let condition: Guard
            switch state {
            case "known": condition = .isKnown(slot)
            case "unknown": condition = .not(.isKnown(slot))
            case "confirmed": condition = .isConfirmed(slot)
            default:
                fail("a slot is 'known', 'unknown' or 'confirmed', not '\(state)'")
                return nil
            }
            return isNegated ? .not(condition) : condition
        }
        if take(.symbol("==")) { return equals(slot, takeWord("a value")) }
        if take(.symbol("!=")) { return equals(slot, takeWord("a value")).map { .not($0) } }
        if take(.word("in")) {
            if !take(.symbol("[")) { fail("expected '[' after 'in'") }
            var result: Guard?
            repeat {
                guard let one = equals(slot, takeWord("a value")) else { return nil }
                result = result.map { .or($0, one) } ?? one
            } while take(.symbol(","))
            if !take(.symbol("]")) { fail("expected ']' instead of '\(describeNext())'") }
            return result
        }
        guard case .entity(.flag, _) = slots[slot].type else {
            fail("'\(name)' is neither yes nor no; compare it or ask whether it 'is known'")
            return nil
        }
        return .equals(slot, .flag(true))
    }

    private mutating func equals(_ slot: SlotIndex, _ text: String) -> Guard? {
        guard problem == nil else { return nil }
        guard let values = slots[slot].type.finiteValues else {
            fail("'\(slots[slot].name)' has no closed set of values; a condition may only ask whether it is known")
            return nil
        }
        let value: Value
        switch values.first {
        case .flag: value = FlowLinker.flag(text).map(Value.flag) ?? .text(text)
        default: value = .text(text)
        }
        guard values.contains(value) else {
            let known = values.map(\.displayText)
            let all = "it is one of \(known.joined(separator: ", "))"
            fail(
                "'\(slots[slot].name)' is never '\(text)'" + NearestWord.hint(for: text, among: known, otherwise: all)
            )
            return nil
        }
        return .equals(slot, value)
    }
}
