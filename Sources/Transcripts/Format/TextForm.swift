/// The parts of one line of a text as it stands in a file.
///
/// In a plain text only `${name}` means something. In a marked one (`user~:`, `bot~:`) a backslash escapes, and in a
/// pattern `[..]` and `[#]` leave something out.
enum TextForm {
    /// A part of a line.
    enum Part: Sendable, Hashable {
        /// These words.
        case literal(String)
        /// The value of a variable.
        case variable(String, at: Int)
        /// Any text within the line, or none.
        case anything
        /// One digit or more.
        case digits
    }

    /// How a line is read.
    enum Mode: Sendable {
        case plain
        case marked
        case pattern
    }

    /// What is wrong with a line, and at which byte of it.
    struct Problem: Error, Hashable {
        var message: String
        var offset: Int
    }

    /// Reads a line.
    static func parts(of line: Substring, _ mode: Mode) throws(Problem) -> [Part] {
        var parts: [Part] = []
        let utf8 = line.utf8
        var start = utf8.startIndex
        var index = start
        var pending = ""
        func offset(_ index: String.Index) -> Int { utf8.distance(from: utf8.startIndex, to: index) }
        func flush(_ parts: inout [Part], _ pending: inout String, to end: String.Index) {
            pending += line[start..<end]
            if !pending.isEmpty { parts.append(.literal(pending)) }
            pending = ""
        }
        while index < utf8.endIndex {
            switch utf8[index] {
            case UInt8(ascii: "$"):
                var name = utf8.index(after: index)
                while name < utf8.endIndex, utf8[name] == UInt8(ascii: "$") { name = utf8.index(after: name) }
                guard let end = Self.endOfName(utf8, from: name) else {
                    index = name
                    continue
                }
                let dollars = utf8.distance(from: index, to: name)
                if dollars > 1 {
                    // One dollar sign of several is the escape.
                    pending += line[start..<utf8.index(before: name)]
                    start = name
                } else {
                    flush(&parts, &pending, to: index)
                    let word = line[utf8.index(after: name)..<end]
                    parts.append(.variable(String(word), at: offset(index)))
                    start = utf8.index(after: end)
                }
                index = utf8.index(after: end)
            case UInt8(ascii: "\\") where mode != .plain:
                pending += line[start..<index]
                let (character, next) = try Self.escape(line, at: index)
                pending.unicodeScalars.append(character)
                start = next
                index = next
            case UInt8(ascii: "[") where mode == .pattern:
                if utf8[index...].starts(with: "[..]".utf8) {
                    flush(&parts, &pending, to: index)
                    parts.append(.anything)
                    index = utf8.index(index, offsetBy: 4)
                    start = index
                } else if utf8[index...].starts(with: "[#]".utf8) {
                    flush(&parts, &pending, to: index)
                    parts.append(.digits)
                    index = utf8.index(index, offsetBy: 3)
                    start = index
                } else if utf8[index...].starts(with: "[...]".utf8) {
                    throw Problem(
                        message: "'[...]' stands for whole lines, alone in its line; '[..]' leaves out a part of one",
                        offset: offset(index)
                    )
                } else {
                    index = utf8.index(after: index)
                }
            default: index = utf8.index(after: index)
            }
        }
        flush(&parts, &pending, to: utf8.endIndex)
        return parts
    }

    /// The brace that ends `{name}`, where such a thing begins here.
    private static func endOfName(_ utf8: Substring.UTF8View, from start: String.Index) -> String.Index? {
        guard start < utf8.endIndex, utf8[start] == UInt8(ascii: "{") else { return nil }
        var index = utf8.index(after: start)
        guard index < utf8.endIndex, utf8[index].isNameStart else { return nil }
        while index < utf8.endIndex, utf8[index].isNameByte { index = utf8.index(after: index) }
        return index < utf8.endIndex && utf8[index] == UInt8(ascii: "}") ? index : nil
    }

    private static func escape(
        _ line: Substring,
        at index: String.Index
    ) throws(Problem) -> (Unicode.Scalar, String.Index) {
        let utf8 = line.utf8
        let place = utf8.distance(from: utf8.startIndex, to: index)
        let next = utf8.index(after: index)
        guard next < utf8.endIndex else {
            throw Problem(message: "a backslash ends this line; write '\\\\' for one", offset: place)
        }
        let after = utf8.index(after: next)
        switch utf8[next] {
        case UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "$"):
            return (Unicode.Scalar(utf8[next]), after)
        case UInt8(ascii: "r"): return ("\r", after)
        case UInt8(ascii: "t"): return ("\t", after)
        case UInt8(ascii: "u"):
            if after < utf8.endIndex, utf8[after] == UInt8(ascii: "{"),
                let close = utf8[after...].prefix(12).firstIndex(of: UInt8(ascii: "}")),
                let number = UInt32(line[utf8.index(after: after)..<close], radix: 16),
                let scalar = Unicode.Scalar(number), scalar != "\n"
            {
                return (scalar, utf8.index(after: close))
            }
            throw Problem(message: "expected a Unicode scalar in hexadecimal, such as '\\u{20}'", offset: place)
        default:
            let shown = line[next...].unicodeScalars.first.map { String($0) } ?? ""
            throw Problem(
                message: "there is no escape '\\\(shown)'; there are \\\\ \\[ \\( \\$ \\r \\t and \\u{…}",
                offset: place
            )
        }
    }

    /// A text in which nothing is read as a variable.
    static func escapingVariables(_ text: some StringProtocol) -> String {
        guard text.utf8Cut("${") != nil else { return String(text) }
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
            var end = rest.utf8.index(after: dollar)
            while end < rest.endIndex, rest.utf8[end] == UInt8(ascii: "$") { end = rest.utf8.index(after: end) }
            result += rest[..<end]
            if endOfName(rest.utf8, from: end) != nil { result += "$" }
            rest = rest[end...]
        }
        return result + rest
    }

    /// A line of a marked text that stands for these words.
    static func marking(_ text: some StringProtocol, isFirst: Bool) -> String {
        var result = ""
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "\\", "[", "$": result += "\\" + String(scalar)
            case "(" where offset == 0: result += "\\("
            case "\r": result += "\\r"
            case " " where offset == 0 && isFirst: result += "\\u{20}"
            case _ where scalar.isHidden: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a plain text could not be read back, or would hide something from its reader.
    static func needsMarks(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: " ") || text.unicodeScalars.contains { $0 == "\r" || $0.isHidden }
    }
}

extension Unicode.Scalar {
    /// Whether it changes how a text looks without being seen: control characters, marks of direction and of order.
    fileprivate var isHidden: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: false
        case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
