/// Cutting text by bytes: a combining mark after a colon or a comma is no part of it, as it would be by characters.
extension StringProtocol {
    /// The text without white space at its ends.
    var spaceTrimmed: SubSequence {
        var rest = self[startIndex..<endIndex]
        while let first = rest.unicodeScalars.first, first.properties.isWhitespace {
            rest = rest[rest.unicodeScalars.index(after: rest.startIndex)...]
        }
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace {
            rest = rest[..<rest.unicodeScalars.index(before: rest.endIndex)]
        }
        return rest
    }

    /// The parts between the places where an ASCII byte stands; one more than there are of these.
    func utf8Split(_ byte: UInt8) -> [SubSequence] {
        var parts: [SubSequence] = []
        var start = startIndex
        while let end = utf8[start...].firstIndex(of: byte) {
            parts.append(self[start..<end])
            start = utf8.index(after: end)
        }
        parts.append(self[start...])
        return parts
    }

    /// What stands before and after the first place of some ASCII text.
    func utf8Cut(_ mark: StaticString) -> (before: SubSequence, after: SubSequence)? {
        let bytes = Array(mark.description.utf8)
        guard let first = bytes.first else { return nil }
        var from = startIndex
        while let start = utf8[from...].firstIndex(of: first) {
            if utf8[start...].starts(with: bytes) {
                return (self[..<start], self[utf8.index(start, offsetBy: bytes.count)...])
            }
            from = utf8.index(after: start)
        }
        return nil
    }

    /// The text without some ASCII text at its beginning, or `nil` where that does not stand there.
    func dropping(_ prefix: String) -> SubSequence? {
        utf8.starts(with: prefix.utf8) ? self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...] : nil
    }

    /// The text without some ASCII text at its end, or `nil` where that does not stand there.
    func droppingLast(_ suffix: String) -> SubSequence? {
        guard utf8.count >= suffix.utf8.count else { return nil }
        let start = utf8.index(endIndex, offsetBy: -suffix.utf8.count)
        return utf8[start...].elementsEqual(suffix.utf8) ? self[..<start] : nil
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 48 && self <= 57 }

    /// Whether it may stand in the name of a variable; digits and hyphens not at the beginning.
    var isNameByte: Bool { isNameStart || isDigit || self == UInt8(ascii: "-") }

    /// Whether the name of a variable may begin with it.
    var isNameStart: Bool { (self | 32 >= 97 && self | 32 <= 122) || self == UInt8(ascii: "_") }
}
