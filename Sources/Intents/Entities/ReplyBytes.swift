/// The UTF-8 bytes of a reply and the questions that all finders ask of them.
package struct ReplyBytes {
    package let bytes: [UInt8]

    package init(_ text: String) { bytes = Array(text.utf8) }

    package var count: Int { bytes.count }

    /// The byte at an offset, or 0 outside of the text.
    package func byte(_ offset: Int) -> UInt8 { bytes.indices.contains(offset) ? bytes[offset] : 0 }

    /// The text of a range that lies within the reply and splits no character.
    package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether an ASCII word in lower case stands at an offset, in either case.
    package func hasWord(_ word: StaticString, at offset: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard offset >= 0, offset + length <= count else { return false }
        return word.withUTF8Buffer { expected in
            for index in 0..<length where ByteClass.lowercased(bytes[offset + index]) != expected[index] {
                return false
            }
            return true
        }
    }

    /// The number of bytes of the white space at an offset; 0 if there is none.
    ///
    /// Counts the no-break space (U+00A0) and the ideographic space (U+3000) too, which pages and input methods make.
    package func spaceLength(at offset: Int) -> Int {
        let first = byte(offset)
        if offset < count, ByteClass.isSpace(first) { return 1 }
        if first == 0xC2, byte(offset + 1) == 0xA0 { return 2 }
        if first == 0xE3, byte(offset + 1) == 0x80, byte(offset + 2) == 0x80 { return 3 }
        return 0
    }

    /// Whether white space ends at an offset.
    package func hasSpace(before offset: Int) -> Bool {
        spaceLength(at: offset - 1) == 1 || spaceLength(at: offset - 2) == 2 || spaceLength(at: offset - 3) == 3
    }

    /// The reply without white space around it.
    package var trimmedRange: Range<Int> {
        var lower = 0
        while lower < count, spaceLength(at: lower) > 0 { lower += spaceLength(at: lower) }
        var upper = count
        while upper > lower {
            if spaceLength(at: upper - 1) == 1 {
                upper -= 1
            } else if spaceLength(at: upper - 2) == 2 {
                upper -= 2
            } else if spaceLength(at: upper - 3) == 3 {
                upper -= 3
            } else {
                break
            }
        }
        return lower..<upper
    }

    /// Whether the byte before an offset leaves room for a word to begin there.
    ///
    /// An underscore does if it opens emphasis, `_word_`, and not inside a name, `my_word`.
    package func canBeginWord(at offset: Int) -> Bool {
        guard offset > 0 else { return true }
        let before = bytes[offset - 1]
        if before == UInt8(ascii: "_") { return offset == 1 || ByteClass.isSpace(bytes[offset - 2]) }
        return !ByteClass.isAlphanumeric(before) && before < 0x80 && before != UInt8(ascii: "-")
    }

    /// The quote or backtick that opens directly before an offset and closes on the same line: the closing offset.
    package func closingQuote(ofValueAt start: Int) -> Int? {
        let quote = byte(start - 1)
        guard start > 0, quote == 0x22 || quote == 0x27 || quote == 0x60 else { return nil }
        var end = start
        while end < count, bytes[end] != 0x0A, bytes[end] != 0x0D {
            if bytes[end] == quote {
                // An apostrophe inside a word ('s3://b/it's.json') closes nothing.
                if quote != 0x27 || !ByteClass.isAlphanumeric(byte(end + 1)) { return end }
            }
            end += 1
        }
        return nil
    }

    /// Where a value that begins at an offset ends, if it holds no white space.
    ///
    /// It ends before white space, a double quote, a backtick, an angle bracket, or a comma that another value follows.
    /// Punctuation at its end, and closing brackets that it did not open, belong to the sentence.
    package func endOfValue(from start: Int) -> Int {
        var end = start
        while end < count, spaceLength(at: end) == 0, !Self.endsValue(bytes[end]) {
            if end > start, bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: ";") {
                if hasWord("arn:", at: end + 1) || hasWord("s3://", at: end + 1) { break }
            }
            end += 1
        }
        return endWithoutPunctuation(start..<end)
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x60 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    }

    /// The end of a range without the punctuation of the sentence around it.
    package func endWithoutPunctuation(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        var brackets: Brackets?
        while end > range.lowerBound {
            let last = bytes[end - 1]
            switch last {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
                UInt8(ascii: "?"), 0x22, 0x27, 0x60:
                end -= 1
            case UInt8(ascii: "*"), UInt8(ascii: "_"):
                // Emphasis, if it opens before the value as well.
                guard byte(range.lowerBound - 1) == last else { return end }
                end -= 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                // Counted once, and only where a bracket is last.
                if brackets == nil { brackets = Brackets(in: bytes[range.lowerBound..<end]) }
                guard brackets?.removeSurplus(last) == true else { return end }
                end -= 1
            case 0xA6 where ends(before: end, with: [0xE2, 0x80]), 0x82 where ends(before: end, with: [0xE3, 0x80]),
                0x81 where ends(before: end, with: [0xE3, 0x80]):
                // The ellipsis and the ideographic full stop and comma.
                end -= 3
            default:
                return end
            }
        }
        return end
    }

    /// How many brackets of each kind close more often than they open.
    private struct Brackets {
        private var round = 0
        private var square = 0
        private var curly = 0

        init(in bytes: ArraySlice<UInt8>) {
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "("): round -= 1
                case UInt8(ascii: ")"): round += 1
                case UInt8(ascii: "["): square -= 1
                case UInt8(ascii: "]"): square += 1
                case UInt8(ascii: "{"): curly -= 1
                case UInt8(ascii: "}"): curly += 1
                default: break
                }
            }
        }

        /// Takes one closing bracket away, if there is one too many of its kind.
        mutating func removeSurplus(_ bracket: UInt8) -> Bool {
            switch bracket {
            case UInt8(ascii: ")"):
                round -= 1
                return round >= 0
            case UInt8(ascii: "]"):
                square -= 1
                return square >= 0
            default:
                curly -= 1
                return curly >= 0
            }
        }
    }

    private func ends(before end: Int, with prefix: [UInt8]) -> Bool {
        byte(end - 3) == prefix[0] && byte(end - 2) == prefix[1]
    }

    /// The whitespace-delimited token around an offset.
    package func token(around offset: Int) -> Range<Int> {
        var lower = offset
        while lower > 0, !ByteClass.isSpace(bytes[lower - 1]) { lower -= 1 }
        var upper = offset
        while upper < count, !ByteClass.isSpace(bytes[upper]) { upper += 1 }
        return lower..<upper
    }
}

extension String {
    /// Whether some byte of the text passes a test, without copying the text.
    package func hasByte(where test: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.contains(where: test) } ?? utf8.contains(where: test)
    }
}
