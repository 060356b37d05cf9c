/// Reads one JSON text from its first scalar to its last.
struct JSONReader {
    struct Failure: Error {
        var message: String
        var location: Location
    }

    private static let maximumDepth = 128

    private let scalars: [Unicode.Scalar]
    private let file: String
    private var index = 0
    private var line: Int
    private var lineStart = 0
    private var depth = 0

    init(_ text: String, file: String, line: Int) {
        scalars = Array(text.unicodeScalars)
        self.file = file
        self.line = line
        if scalars.first == "\u{FEFF}" { index = 1 }
    }

    private var place: Location { Location(file: file, line: line, column: index - lineStart + 1) }
    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func failure(_ message: String, at location: Location? = nil) -> Failure {
        Failure(message: "not valid JSON: " + message, location: location ?? place)
    }

    private func unexpected(_ expected: String) -> Failure {
        guard let next else { return failure("expected \(expected), but the text ends") }
        let isShown = next.value > 0x20 && next.value != 0x7F && next.properties.generalCategory != .format
        let found = isShown ? "'\(next)'" : "the character U+" + Self.hexadecimal(next.value)
        return failure("expected \(expected), found \(found)")
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    mutating func document() throws(Failure) -> JSONNode {
        skipSpace()
        let node = try value()
        skipSpace()
        guard next == nil else { throw unexpected("nothing more") }
        return node
    }

    private mutating func skipSpace() {
        while let scalar = next {
            switch scalar {
            case " ", "\t", "\r": index += 1
            case "\n":
                index += 1
                line += 1
                lineStart = index
            default: return
            }
        }
    }

    private mutating func value() throws(Failure) -> JSONNode {
        let location = place
        let content: JSONNode.Content
        switch next {
        case "{":
            try enter()
            content = .object(try object())
        case "[":
            try enter()
            content = .list(try list())
        case "\"": content = .text(try string())
        case "t": content = try word("true", .flag(true))
        case "f": content = try word("false", .flag(false))
        case "n": content = try word("null", .null)
        default:
            guard let next, next == "-" || ("0"..."9").contains(next) else { throw unexpected("a value") }
            content = .number(try number())
        }
        return JSONNode(content: content, location: location)
    }

    private mutating func enter() throws(Failure) {
        guard depth < Self.maximumDepth else { throw failure("nested deeper than \(Self.maximumDepth) levels") }
        depth += 1
        index += 1
        skipSpace()
    }

    /// Goes past a comma, or past the end of what was entered; whether it was the end.
    private mutating func leaves(at end: Unicode.Scalar) throws(Failure) -> Bool {
        skipSpace()
        let isEnd = next == end
        guard isEnd || next == "," else { throw unexpected("',' or '\(end)'") }
        index += 1
        if isEnd { depth -= 1 } else { skipSpace() }
        return isEnd
    }

    private mutating func list() throws(Failure) -> [JSONNode] {
        var elements: [JSONNode] = []
        if next == "]" {
            _ = try leaves(at: "]")
            return elements
        }
        repeat { elements.append(try value()) } while try !leaves(at: "]")
        return elements
    }

    private mutating func object() throws(Failure) -> [JSONNode.Entry] {
        var entries: [JSONNode.Entry] = []
        var keys: Set<String> = []
        if next == "}" {
            _ = try leaves(at: "}")
            return entries
        }
        repeat {
            let location = place
            guard next == "\"" else { throw unexpected("a key in double quotes") }
            let key = try string()
            guard keys.insert(key).inserted else { throw failure("the key '\(key)' is here twice", at: location) }
            skipSpace()
            guard next == ":" else { throw unexpected("':'") }
            index += 1
            skipSpace()
            entries.append(JSONNode.Entry(key: key, keyLocation: location, value: try value()))
        } while try !leaves(at: "}")
        return entries
    }

    private mutating func word(_ word: String, _ content: JSONNode.Content) throws(Failure) -> JSONNode.Content {
        let location = place
        for scalar in word.unicodeScalars {
            guard next == scalar else { throw failure("expected a value such as '\(word)'", at: location) }
            index += 1
        }
        return content
    }

    private mutating func number() throws(Failure) -> String {
        let start = index
        if next == "-" { index += 1 }
        if next == "0" { index += 1 } else { try digits() }
        if next == "." {
            index += 1
            try digits()
        }
        if next == "e" || next == "E" {
            index += 1
            if next == "+" || next == "-" { index += 1 }
            try digits()
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<index])
        return String(text)
    }

    private mutating func digits() throws(Failure) {
        let start = index
        while let scalar = next, ("0"..."9").contains(scalar) { index += 1 }
        guard index > start else { throw unexpected("a digit") }
    }

    private mutating func string() throws(Failure) -> String {
        let start = place
        index += 1
        var text = String.UnicodeScalarView()
        while let scalar = next {
            switch scalar {
            case "\"":
                index += 1
                return String(text)
            case "\\": text.append(try escape())
            case "\u{0}"..."\u{1F}": throw unexpected("a text without control characters")
            default:
                text.append(scalar)
                index += 1
            }
        }
        throw failure("this text has no closing quotation mark", at: start)
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        let location = place
        index += 1
        let letter = next
        index += 1
        switch letter {
        case "\"", "\\", "/": return letter ?? "/"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let first = try unit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            guard first < 0xDC00, next == "\\", index + 1 < scalars.count, scalars[index + 1] == "u" else {
                throw failure("this is half of a surrogate pair", at: location)
            }
            index += 2
            let second = try unit()
            guard (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw failure("this is half of a surrogate pair", at: location) }
            return scalar
        default: throw failure("there is no such escape", at: location)
        }
    }

    private mutating func unit() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = next, let digit = Self.digit(scalar) else { throw unexpected("a hexadecimal digit") }
            value = value << 4 + digit
            index += 1
        }
        return value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - 0x30
        case "a"..."f": scalar.value - 0x61 + 10
        case "A"..."F": scalar.value - 0x41 + 10
        default: nil
        }
    }
}
