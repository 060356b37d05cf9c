extension JSON {
    /// The value as JSON on one line, with a space after `:` and `,`.
    package var compactText: String {
        String(decoding: compactBytes, as: UTF8.self)
    }

    /// ``compactText`` in UTF-8.
    package var compactBytes: [UInt8] {
        var writer = JSONWriter(indent: nil)
        writer.write(self, depth: 0)
        return writer.bytes
    }

    /// The value as JSON over several lines, without a newline at the end.
    ///
    /// - Parameters:
    ///   - indent: Spaces for one level.
    ///   - depth: How many levels in the first line stands.
    /// - Returns: Equal texts for equal values.
    package func prettyText(indent: Int = 2, depth: Int = 0) -> String {
        var writer = JSONWriter(indent: indent)
        writer.write(self, depth: depth)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Writes JSON as UTF-8 bytes, strings in runs between the characters that need an escape.
private struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indent: Int?

    init(indent: Int?) {
        self.indent = indent
    }

    mutating func write(_ value: JSON, depth: Int) {
        switch value {
        case .null: append("null")
        case .bool(let bool): append(bool ? "true" : "false")
        case .number(let digits): append(digits)
        case .string(let string): write(string)
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                separate(index, depth: depth + 1)
                write(element, depth: depth + 1)
            }
            close("]", isEmpty: elements.isEmpty, depth: depth)
        case .object(let members):
            append("{")
            for (index, member) in members.enumerated() {
                separate(index, depth: depth + 1)
                write(member.name)
                append(": ")
                write(member.value, depth: depth + 1)
            }
            close("}", isEmpty: members.isEmpty, depth: depth)
        }
    }

    private mutating func separate(_ index: Int, depth: Int) {
        if index > 0 { append(indent == nil ? ", " : ",") }
        breakLine(depth: depth)
    }

    private mutating func close(_ bracket: String, isEmpty: Bool, depth: Int) {
        if !isEmpty { breakLine(depth: depth) }
        append(bracket)
    }

    private mutating func breakLine(depth: Int) {
        guard let indent else { return }
        bytes.append(0x0A)
        bytes += [UInt8](repeating: 0x20, count: indent * depth)
    }

    private mutating func append(_ text: String) {
        bytes += Array(text.utf8)
    }

    private mutating func write(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        let text = Array(string.utf8)
        var start = 0
        var index = 0
        while index < text.count {
            let length = lengthToEscape(in: text, at: index)
            if length > 0 {
                bytes += text[start..<index]
                append(Self.escape(text[index..<index + length]))
                start = index + length
            }
            index += max(1, length)
        }
        bytes += text[start...]
        bytes.append(UInt8(ascii: "\""))
    }

    /// How many bytes from here need an escape; 0 for none.
    private func lengthToEscape(in text: [UInt8], at index: Int) -> Int {
        let byte = text[index]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { return 1 }
        // U+2028 and U+2029 are allowed in JSON and break lines elsewhere.
        guard byte == 0xE2, text[index + 1] == 0x80 else { return 0 }
        return text[index + 2] == 0xA8 || text[index + 2] == 0xA9 ? 3 : 0
    }

    private static func escape(_ character: ArraySlice<UInt8>) -> String {
        switch character.first {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case 0x0A: return "\\n"
        case 0x0D: return "\\r"
        case 0x09: return "\\t"
        case 0xE2: return character.last == 0xA8 ? "\\u2028" : "\\u2029"
        default:
            let digits = String(character.first ?? 0, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
