/// A part of a reply that could stand by itself.
struct Clause: Hashable {
    /// What separates it from the part before it.
    enum Separator: Hashable {
        /// Nothing: it is the first.
        case none
        /// A comma, which may also stand inside of one statement ("no, the region …", "query, response").
        case comma
        /// A semicolon, the end of a sentence or line, or "and".
        case strong
    }

    /// Half-open UTF-8 byte range, without separators and white space at its ends.
    var range: Range<Int>
    /// What stands before it.
    var separator: Separator

    /// Cuts a text where its parts could stand by themselves, never inside double quotes or backticks.
    ///
    /// A separator counts only before white space, so URIs, numbers and abbreviations in one word stay whole.
    ///
    /// - Returns: The parts in order; empty where there is only one.
    /// - Complexity: O(n); nothing is allocated where there is only one.
    static func split(_ text: String) -> [Clause] {
        var text = text
        return text.withUTF8 { bytes in
            var clauses: [Clause] = []
            var start = 0
            var separator = Separator.none
            var quote: UInt8?
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 0x22 || byte == 0x60 {
                    quote = quote == nil ? byte : quote == byte ? nil : quote
                } else if quote == nil, let (kind, length) = Self.separator(in: bytes, at: index) {
                    if let range = trimmed(start..<index + (byte == 0x3F ? 1 : 0), bytes) {
                        clauses.append(Clause(range: range, separator: separator))
                        separator = kind
                    } else if kind == .strong {
                        separator = clauses.isEmpty ? .none : .strong
                    }
                    index += length
                    start = index
                    continue
                }
                index += 1
            }
            guard !clauses.isEmpty, let last = trimmed(start..<bytes.count, bytes) else {
                return clauses.count > 1 ? clauses : []
            }
            clauses.append(Clause(range: last, separator: separator))
            return clauses
        }
    }

    /// A separator at an offset, with its length in bytes.
    private static func separator(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Separator, Int)? {
        let byte = bytes[index]
        switch byte {
        case 0x0A: return (.strong, 1)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            guard index + 1 < bytes.count, ByteClass.isSpace(bytes[index + 1]) else { return nil }
            return (byte == UInt8(ascii: ",") ? .comma : .strong, 1)
        case 0x20:
            for word in conjunctions where hasWord(word, in: bytes, at: index + 1) { return (.strong, word.count + 1) }
            return nil
        default: return nil
        }
    }

    private static let conjunctions = [Array("and".utf8), Array("&".utf8), Array("plus".utf8)]

    private static func hasWord(_ word: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard start + word.count < bytes.count, bytes[start + word.count] == 0x20 else { return false }
        return word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] | 0x20 }
    }

    private static func trimmed(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, ByteClass.isSpace(bytes[lower]) { lower += 1 }
        while upper > lower, ByteClass.isSpace(bytes[upper - 1]) || bytes[upper - 1] == UInt8(ascii: ",") { upper -= 1 }
        return lower < upper ? lower..<upper : nil
    }
}
