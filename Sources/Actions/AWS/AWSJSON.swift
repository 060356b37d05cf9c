import Foundation
import Intents

/// JSON as the `aws` command reads and writes it, to and from ``Value``.
enum AWSJSON {
    /// Writes a value as JSON in ASCII alone, keys sorted: other characters become `\u` escapes, so the text means the
    /// same in whatever encoding the reader's locale names.
    static func encode(_ value: Value) -> String {
        var text = ""
        append(value, to: &text)
        return text
    }

    /// Reads JSON: a number with a fraction becomes a text, and `null` an absent key or element.
    ///
    /// - Throws: `DecodingError` where it is no JSON in UTF-8.
    static func decode(_ bytes: [UInt8]) throws -> Value? {
        try JSONDecoder().decode(Element.self, from: Data(bytes)).value
    }

    private static func append(_ value: Value, to text: inout String) {
        switch value {
        case .text(let string): append(string, to: &text)
        case .number(let number): text += String(number)
        case .flag(let flag): text += flag ? "true" : "false"
        case .list(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                append(element, to: &text)
            }
            text += "]"
        case .record(let fields):
            text += "{"
            for (index, field) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text += "," }
                append(field.key, to: &text)
                text += ":"
                append(field.value, to: &text)
            }
            text += "}"
        }
    }

    private static func append(_ string: String, to text: inout String) {
        text += "\""
        for unit in string.utf16 {
            switch unit {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let hex = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }
        }
        text += "\""
    }

    /// One JSON value of any kind; `nil` for null.
    private struct Element: Decodable {
        var value: Value?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = nil
            } else if let flag = try? container.decode(Bool.self) {
                value = .flag(flag)
            } else if let number = try? container.decode(Int.self) {
                value = .number(number)
            } else if let number = try? container.decode(Double.self) {
                value = .text(String(number))
            } else if let text = try? container.decode(String.self) {
                value = .text(text)
            } else if let list = try? container.decode([Element].self) {
                value = .list(list.compactMap(\.value))
            } else {
                value = .record(try container.decode([String: Element].self).compactMapValues(\.value))
            }
        }
    }
}
