/// Turns what people and chat clients type into the form that patterns are written for.
enum Normalizer {
    /// The bounds without white space at the ends, where a text needs nothing else; `nil` where it does.
    static func plainBounds(of text: String) -> Range<Int>? {
        let bytes = text.utf8
        var first: Int?
        var end = 0
        var offset = 0
        for byte in bytes {
            switch byte {
            case 0x20: break
            case 0x21...0x7E where byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&"):
                if first == nil { first = offset }
                end = offset + 1
            default: return nil
            }
            offset += 1
        }
        guard let first else { return 0..<0 }
        guard !isQuote(bytes, at: first) || !isQuote(bytes, at: end - 1) || end - first < 3 else { return nil }
        return first..<end
    }

    private static func isQuote(_ bytes: String.UTF8View, at offset: Int) -> Bool {
        switch bytes[bytes.index(bytes.startIndex, offsetBy: offset)] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): true
        default: false
        }
    }

    /// Where the bytes of a normalised text come from.
    struct Origin: Sendable, Hashable {
        /// For each byte, the offset in the original where what it stands for begins.
        var starts: [Int]
        /// For each byte, the offset in the original where that ends.
        var ends: [Int]
        /// The offsets of bytes before which a line break was taken out of a value.
        var breaks: [Int]
    }

    /// A normalised text with its origin.
    struct Normalized {
        var text: String
        var origin: Origin
    }

    /// Normalises any text, with values of some entity types whole again that were broken over lines.
    static func normalize(_ typed: String, of types: [AnyEntityType]) -> Normalized {
        var bytes: [UInt8] = []
        var starts: [Int] = []
        bytes.reserveCapacity(typed.utf8.count)
        starts.reserveCapacity(typed.utf8.count + 1)
        let scalars = Array(typed.unicodeScalars)
        var offset = 0
        var index = 0
        var ends: [Int] = []

        func append(_ text: String, at start: Int, length: Int) {
            for byte in text.utf8 {
                bytes.append(byte)
                starts.append(start)
                ends.append(start + length)
            }
        }

        while index < scalars.count {
            let scalar = scalars[index]
            let length = String(scalar).utf8.count
            if scalar == "<", let link = chatLink(in: scalars, at: index) {
                var inner = offset + scalars[index..<link.value.lowerBound].reduce(0) { $0 + String($1).utf8.count }
                for scalar in scalars[link.value] {
                    let width = String(scalar).utf8.count
                    append(String(scalar), at: inner, length: width)
                    inner += width
                }
                for scalar in scalars[index...link.end] { offset += String(scalar).utf8.count }
                index = link.end + 1
                continue
            }
            if scalar == "&",
                let (entity, name) = Self.entities.first(where: { scalars[index...].starts(with: $0.name) })
            {
                append(entity, at: offset, length: name.count)
                offset += name.count
                index += name.count
                continue
            }
            // One line end, not two.
            if scalar != "\r" || index + 1 == scalars.count || scalars[index + 1] != "\n" {
                append(replacement(for: scalar), at: offset, length: length)
            }
            offset += length
            index += 1
        }

        var breaks: [Int] = []
        for range in BrokenValue(bytes, of: types).breaks().reversed() {
            breaks = [range.lowerBound] + breaks.map { $0 - range.count }
            bytes.removeSubrange(range)
            starts.removeSubrange(range)
            ends.removeSubrange(range)
        }

        var lower = 0
        var upper = bytes.count
        trim(bytes, &lower, &upper)
        // A reply that stands in quotes or backticks as a whole means what stands inside.
        while upper - lower >= 3, let quote = bytes[lower..<upper].first, bytes[upper - 1] == quote,
            quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`"),
            !bytes[(lower + 1)..<(upper - 1)].contains(quote)
        {
            lower += 1
            upper -= 1
            trim(bytes, &lower, &upper)
        }
        return Normalized(
            text: String(decoding: bytes[lower..<upper], as: UTF8.self),
            origin: Origin(
                starts: Array(starts[lower..<upper]),
                ends: Array(ends[lower..<upper]),
                breaks: breaks.filter { (lower..<upper).contains($0) }.map { $0 - lower }
            )
        )
    }

    private static func trim(_ bytes: [UInt8], _ lower: inout Int, _ upper: inout Int) {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        while lower < upper, isSpace(bytes[lower]) { lower += 1 }
        while lower < upper, isSpace(bytes[upper - 1]) { upper -= 1 }
    }

    /// What chat clients escape.
    private static let entities: [(text: String, name: [Unicode.Scalar])] = [
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"),
    ].map {
        ($0.0, Array($0.1.unicodeScalars))
    }

    /// Chat clients write a link as `<address>` or `<address|label>`: the address is what the user meant.
    ///
    /// Where they made a link out of a bare name, the label is: `<http://corp.ai|corp.ai>`, `<mailto:me@corp.com|me@corp.com>`.
    private static func chatLink(
        in scalars: [Unicode.Scalar],
        at start: Int
    ) -> (value: Range<Int>, end: Int)? {
        var index = start + 1
        var addressEnd: Int?
        var hasScheme = false
        while index < scalars.count, index - start < 4096 {
            switch scalars[index] {
            case ">":
                guard hasScheme, index > start + 1 else { return nil }
                let address = start + 1..<(addressEnd ?? index)
                let label = addressEnd.map { $0 + 1..<index }
                return (typed(scalars, address: address, label: label), index)
            case "|":
                if addressEnd == nil { addressEnd = index }
            case ":":
                if addressEnd == nil, index > start + 1 { hasScheme = true }
            case "<", "\n": return nil
            case " ":
                if addressEnd == nil { return nil }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Of a link, the part that the user typed.
    private static func typed(_ scalars: [Unicode.Scalar], address: Range<Int>, label: Range<Int>?) -> Range<Int> {
        for scheme in schemes where scalars[address].starts(with: scheme.name) {
            let bare = address.dropFirst(scheme.name.count)
            guard let label, !label.isEmpty else { return scheme.isWeb ? address : bare }
            if !scheme.isWeb { return label }
            let isOwn =
                scalars[bare].elementsEqual(scalars[label]) || scalars[bare].elementsEqual(scalars[label] + ["/"])
            return isOwn ? label : address
        }
        return address
    }

    private static let schemes: [(name: [Unicode.Scalar], isWeb: Bool)] = [
        ("mailto:", false), ("tel:", false), ("http://", true), ("https://", true),
    ].map { (Array($0.0.unicodeScalars), $0.1) }

    private static func replacement(for scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x00B4, 0x02BC, 0x2039, 0x203A: "'"
        case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x00AB, 0x00BB: "\""
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: "-"
        case 0x2026: "..."
        case 0x00A0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0x1680, 0x0009: " "
        case 0x2028, 0x2029, 0x000D, 0x0085: "\n"
        // Zero-width and direction characters, soft hyphen, byte order mark, variation selectors.
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0x00AD, 0xFEFF, 0xFE00...0xFE0F: ""
        // Control characters say nothing.
        case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F...0x9F: ""
        // Full-width forms of ASCII.
        case 0xFF01...0xFF5E: String(Character(Unicode.Scalar(UInt8(scalar.value - 0xFEE0))))
        default: String(Character(scalar))
        }
    }
}
