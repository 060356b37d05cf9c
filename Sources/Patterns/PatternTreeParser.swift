/// Takes a PCRE2 pattern apart.
///
/// It reads what rules are written in and refuses what would make a copy with more groups mean something else: references
/// by number, branch resets, conditions, verbs. What it reads has been compiled by PCRE2 before, so it need not judge.
///
/// - Note: Source: pcre2pattern(3).
package struct PatternTreeParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// Whether white space and `#` comments mean nothing here: `(?x)`.
    private var isExtended = false

    /// Reads a pattern.
    ///
    /// - Throws: ``PatternTree/Problem`` for what it refuses.
    package static func parse(_ text: String) throws(PatternTree.Problem) -> PatternTree {
        var parser = PatternTreeParser(scalars: Array(text.unicodeScalars))
        let branches = try parser.parseBranches()
        guard parser.position == parser.scalars.count else { throw parser.problem("a ')' without its '('") }
        return PatternTree(branches: branches)
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private func problem(_ description: String) -> PatternTree.Problem {
        PatternTree.Problem(description: description, offset: position)
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text)
    }

    private func stands(_ word: String, at offset: Int) -> Bool {
        var offset = offset
        for scalar in word.unicodeScalars {
            guard offset < scalars.count, scalars[offset] == scalar else { return false }
            offset += 1
        }
        return true
    }

    private mutating func parseBranches() throws(PatternTree.Problem) -> [PatternTree.Branch] {
        let outer = isExtended
        defer { isExtended = outer }
        var branches: [PatternTree.Branch] = []
        while true {
            let start = position
            var items: [PatternTree.Item] = []
            while let scalar = next, scalar != "|", scalar != ")" { items.append(try parseItem()) }
            branches.append(PatternTree.Branch(range: start..<position, items: items))
            guard next == "|" else { return branches }
            position += 1
        }
    }

    private mutating func parseItem() throws(PatternTree.Problem) -> PatternTree.Item {
        let start = position
        let kind = try parseKind()
        if case .other = kind { return PatternTree.Item(range: start..<position, kind: kind) }
        let quantifier = parseQuantifier()
        return PatternTree.Item(range: start..<position, kind: kind, quantifier: quantifier)
    }

    private mutating func parseKind() throws(PatternTree.Problem) -> PatternTree.Kind {
        let scalar = scalars[position]
        switch scalar {
        case "\\": return try parseEscape()
        case "[": return .set(try parseSet())
        case "(": return try parseGroup()
        case ".":
            position += 1
            return .type(".")
        case "^", "$":
            position += 1
            return .anchor(String(Character(scalar)))
        case "#" where isExtended:
            while let scalar = next, scalar != "\n" { position += 1; _ = scalar }
            return .other
        case " ", "\t", "\n", "\r":
            position += 1
            return isExtended ? .other : .literal(scalar)
        default:
            position += 1
            return .literal(scalar)
        }
    }

    private mutating func parseEscape() throws(PatternTree.Problem) -> PatternTree.Kind {
        let start = position
        position += 1
        guard let scalar = next else { throw problem("a '\\' at the end") }
        position += 1
        switch scalar {
        case "b", "B", "A", "z", "Z", "G": return .anchor(text(start..<position))
        case "K", "E": return .other
        case "Q":
            while position < scalars.count, !stands("\\E", at: position) { position += 1 }
            position = min(position + 2, scalars.count)
            return .other
        case "1"..."9", "g": throw problem("a reference by number")
        case "k": throw problem("a reference to a group")
        case "x", "o", "p", "P", "N":
            if next == "{" {
                while let scalar = next, scalar != "}" { position += 1; _ = scalar }
                position = min(position + 1, scalars.count)
            } else if scalar == "x" {
                let digits = scalars[position...].prefix(2).prefix { $0.properties.isASCIIHexDigit }
                position += digits.count
            } else if scalar != "N" {
                position = min(position + 1, scalars.count)
            }
            let written = text(start..<position)
            if scalar == "x", let code = UInt32(written.dropFirst(2).filter(\.isHexDigit), radix: 16),
                let character = Unicode.Scalar(code)
            {
                return .literal(character)
            }
            return .type(written)
        case "n": return .literal("\n")
        case "t": return .literal("\t")
        case "r": return .literal("\r")
        case "d", "D", "s", "S", "w", "W", "h", "H", "v", "V", "R", "X": return .type(text(start..<position))
        default:
            guard !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
                throw problem("the escape '\\\(scalar)'")
            }
            return .literal(scalar)
        }
    }

    private mutating func parseSet() throws(PatternTree.Problem) -> String {
        let start = position
        position += 1
        if next == "^" { position += 1 }
        // A bracket that comes first stands for itself.
        if next == "]" { position += 1 }
        while let scalar = next {
            position += 1
            if scalar == "]" { return text(start..<position) }
            if scalar == "\\" { position = min(position + 1, scalars.count) }
            if scalar == "[", let kind = next, ":.=".unicodeScalars.contains(kind) {
                var end = position + 1
                while end < scalars.count, scalars[end] != kind, scalars[end] != "]" { end += 1 }
                if end + 1 < scalars.count, scalars[end] == kind, scalars[end + 1] == "]" { position = end + 2 }
            }
        }
        throw problem("a '[' without its ']'")
    }

    private mutating func parseGroup() throws(PatternTree.Problem) -> PatternTree.Kind {
        let start = position
        if stands("(?#", at: position) {
            while let scalar = next, scalar != ")" { position += 1; _ = scalar }
            position = min(position + 1, scalars.count)
            return .other
        }
        if let call = try parseCall() { return .call(call) }
        let outer = isExtended
        guard let kind = try parseOpening() else { return .other }
        let opening = text(start..<position)
        let branches = try parseBranches()
        guard next == ")" else { throw problem("a '(' without its ')'") }
        position += 1
        isExtended = outer
        return .group(PatternTree.Group(kind: kind, opening: opening, branches: branches))
    }

    private mutating func parseCall() throws(PatternTree.Problem) -> String? {
        for opening in ["(?&", "(?P>"] where stands(opening, at: position) {
            position += opening.count
            let start = position
            while let scalar = next, scalar != ")" { position += 1; _ = scalar }
            let name = text(start..<position)
            position = min(position + 1, scalars.count)
            return name
        }
        return nil
    }

    /// Reads what stands before a group's alternatives; `nil` for an option setting such as `(?i)`.
    private mutating func parseOpening() throws(PatternTree.Problem) -> PatternTree.GroupKind? {
        let openings: [(String, PatternTree.GroupKind)] = [
            ("(?:", .plain), ("(?>", .atomic), ("(?=", .look(isAhead: true, isNegative: false)),
            ("(?!", .look(isAhead: true, isNegative: true)), ("(?<=", .look(isAhead: false, isNegative: false)),
            ("(?<!", .look(isAhead: false, isNegative: true)),
        ]
        for (opening, kind) in openings where stands(opening, at: position) {
            position += opening.count
            return kind
        }
        for (opening, end) in [("(?<", ">"), ("(?P<", ">"), ("(?'", "'")] as [(String, Unicode.Scalar)]
        where stands(opening, at: position) {
            position += opening.count
            let start = position
            while let scalar = next, scalar != end { position += 1; _ = scalar }
            let name = text(start..<position)
            position = min(position + 1, scalars.count)
            return .capture(name: name)
        }
        guard stands("(?", at: position) || stands("(*", at: position) else {
            position += 1
            return .capture(name: nil)
        }
        var end = position + 2
        while end < scalars.count, "imsxnUJ-^".unicodeScalars.contains(scalars[end]) { end += 1 }
        guard stands("(?", at: position), end < scalars.count, scalars[end] == ")" || scalars[end] == ":",
            end > position + 2
        else { throw problem("a group that begins with '\(text(position..<min(position + 4, scalars.count)))'") }
        let letters = scalars[(position + 2)..<end].prefix { $0 != "-" }
        let isOff = scalars[(position + 2)..<end].drop { $0 != "-" }.contains("x")
        if letters.contains("x") { isExtended = true } else if isOff { isExtended = false }
        position = end + 1
        return scalars[end] == ":" ? .plain : nil
    }

    private mutating func parseQuantifier() -> PatternTree.Quantifier? {
        let start = position
        let minimum: Int
        let maximum: Int?
        switch next {
        case "?": (minimum, maximum) = (0, 1)
        case "*": (minimum, maximum) = (0, nil)
        case "+": (minimum, maximum) = (1, nil)
        case "{":
            guard let end = scalars[position...].firstIndex(of: "}") else { return nil }
            let parts = text(position + 1..<end).split(separator: ",", omittingEmptySubsequences: false)
            guard let lower = parts.first.flatMap({ Int($0) }), parts.count < 3 else { return nil }
            minimum = lower
            maximum = parts.count == 1 ? lower : Int(parts[1])
            if parts.count == 2, !parts[1].isEmpty, maximum == nil { return nil }
            position = end
        default: return nil
        }
        position += 1
        if let mode = next, mode == "?" || mode == "+" { position += 1 }
        return PatternTree.Quantifier(minimum: minimum, maximum: maximum, text: text(start..<position))
    }
}
