/// Reads JSON strictly by RFC 8259: no comments, trailing commas, NaN or bare control characters.
///
/// Two things it allows are left open there: a byte order mark in front, and a key given twice. Two it forbids: nesting
/// deeper than ``depthLimit``, and half of a surrogate pair in an escape, which is no text.
///
/// - Complexity: O(n), n = bytes.
package struct JSONParser {
    /// How deep arrays and objects may be nested; it keeps the stack bounded whatever the bytes are.
    package static let depthLimit = 200

    private let bytes: [UInt8]
    private let end: Int
    private var position: Int

    private init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        if end - position >= 3, bytes[position] == 0xEF, bytes[position + 1] == 0xBB, bytes[position + 2] == 0xBF {
            position += 3
        }
    }

    /// Reads one value and nothing after it but white space.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - range: The part to read; all of it unless given.
    /// - Returns: The value.
    /// - Throws: ``JSONError``, whose line and column count from the start of `bytes`.
    package static func parse(_ bytes: [UInt8], in range: Range<Int>? = nil) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes, in: range ?? bytes.indices)
        let value = try parser.value(depth: 0)
        try parser.finish()
        return value
    }

    /// Reads an object and tells where the value of each of its keys stands, as half-open byte ranges.
    ///
    /// - Returns: `nil` for the members when the document is not an object.
    package static func parseMembers(
        _ bytes: [UInt8]
    ) throws(JSONError) -> [(member: JSON.Member, range: Range<Int>)]? {
        var parser = JSONParser(bytes, in: bytes.indices)
        parser.skipSpace()
        guard parser.peek == UInt8(ascii: "{") else {
            _ = try parser.value(depth: 0)
            try parser.finish()
            return nil
        }
        var found: [(JSON.Member, Range<Int>)] = []
        try parser.object(depth: 0) { found.append(($0, $1)) }
        try parser.finish()
        return found
    }

    /// Reads one value, whatever follows it.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - start: Where it begins.
    /// - Returns: The offset after its last byte.
    /// - Throws: ``JSONError``.
    static func endOfFirstValue(_ bytes: [UInt8], from start: Int) throws(JSONError) -> Int {
        var parser = JSONParser(bytes, in: start..<bytes.count)
        _ = try parser.value(depth: 0)
        return parser.position
    }

    private var peek: UInt8? {
        position < end ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func finish() throws(JSONError) {
        skipSpace()
        guard position == end else { throw error("something follows the end of the value") }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        skipSpace()
        guard let first = peek else { throw error("it ends where a value should stand", atEnd: true) }
        switch first {
        case UInt8(ascii: "{"):
            var members: [JSON.Member] = []
            try object(depth: depth) { member, _ in members.append(member) }
            return .object(members)
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: return try word()
        }
    }

    private mutating func object(
        depth: Int,
        found: (JSON.Member, Range<Int>) -> Void
    ) throws(JSONError) {
        guard depth < Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit) levels") }
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("expected “:” after a key") }
            skipSpace()
            let start = position
            let value = try value(depth: depth + 1)
            found(JSON.Member(name, value), start..<position)
            skipSpace()
            if take(UInt8(ascii: "}")) { return }
            guard take(UInt8(ascii: ",")) else { throw error("expected “,” or “}” in an object") }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
        guard depth < Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit) levels") }
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw error("expected “,” or “]” in an array") }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if let next = peek, isDigit(next) { throw error("a number with a leading zero") }
        } else {
            try digits()
        }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        guard let first = peek, isDigit(first) else { throw error("expected a digit") }
        while let next = peek, isDigit(next) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private mutating func word() throws(JSONError) -> JSON {
        for (word, value) in [("true", JSON.bool(true)), ("false", .bool(false)), ("null", .null)] {
            let stop = position + word.utf8.count
            if stop <= end, bytes[position..<stop].elementsEqual(word.utf8) {
                position = stop
                return value
            }
            if stop > end, word.utf8.starts(with: bytes[position..<end]) {
                throw error("it breaks off in a word", atEnd: true)
            }
        }
        throw error("expected a value")
    }
}

extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        let first = position
        while position < end, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            guard bytes[position] >= 0x20 else { throw error("a control character in a string") }
            position += 1
        }
        if peek == UInt8(ascii: "\"") {
            position += 1
            guard let text = String(validating: bytes[first..<position - 1], as: UTF8.self) else {
                throw error("a string that is not UTF-8", at: start)
            }
            return text
        }
        return try stringWithEscapes(from: start, first: first)
    }

    private mutating func stringWithEscapes(from start: Int, first: Int) throws(JSONError) -> String {
        var units = [UInt8](bytes[first..<position])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let text = String(validating: units, as: UTF8.self) else {
                    throw error("a string that is not UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"):
                units += try escape()
            case 0..<0x20:
                throw error("a control character in a string")
            default:
                units.append(byte)
                position += 1
            }
        }
        throw error("a string without its closing quote", atEnd: true)
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        let start = position
        position += 1
        guard let byte = peek else { throw error("a string without its closing quote", atEnd: true) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let unit = try hexadecimal(from: start)
            guard unit & 0xF800 == 0xD800 else { return utf8(unit) }
            guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw error("half of a surrogate pair", at: start)
            }
            let low = try hexadecimal(from: start)
            guard low & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair", at: start) }
            return utf8(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
        default: throw error("an unknown escape in a string", at: start)
        }
    }

    private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        guard position + 4 <= end else { throw error("an escape that is cut off", atEnd: true) }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw error("an unknown escape in a string", at: start)
            }
            unit = unit << 4 + UInt32(digit)
        }
        position += 4
        return unit
    }

    private func utf8(_ scalar: UInt32) -> [UInt8] {
        UnicodeScalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
    }

    private func error(_ problem: String, at offset: Int? = nil, atEnd: Bool = false) -> JSONError {
        // What breaks off is told from what is wrong, so that a cut can be seen.
        JSONError(problem, at: offset ?? position, in: bytes, isCut: atEnd || position >= end)
    }
}
