/// JSON that is written from its beginning to its end, for answers that are made with every turn.
///
/// It makes the bytes that `JSONEncoder` makes with sorted keys and plain slashes, if keys are given in their order, in a tenth
/// of the time.
struct JSONBytes {
    /// What is written so far.
    private(set) var bytes: [UInt8] = []

    /// Makes room for about as many bytes.
    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Writes signs of JSON, such as `{"key":`, as they are.
    mutating func raw(_ signs: StaticString) {
        signs.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes a whole number.
    mutating func number(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    /// Writes a text with its quotation marks.
    mutating func text(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { units in
            var start = 0
            for index in units.indices where Self.isEscaped(units[index]) {
                bytes.append(contentsOf: units[start..<index])
                escape(units[index])
                start = index + 1
            }
            bytes.append(contentsOf: units[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        default:
            raw("\\u00")
            bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let digit = byte & 0x0F
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// Writes a list.
    mutating func list<Element>(_ elements: [Element], _ write: (inout JSONBytes, Element) -> Void) {
        raw("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { raw(",") }
            write(&self, element)
        }
        raw("]")
    }
}
