/// The words of a reply to a list, with what stands between them where it matters.
struct ChoiceWords {
    /// A run of letters and digits; apostrophes inside are dropped, so "don't" is `dont`.
    struct Word {
        var text: String
        /// Half-open UTF-8 byte range.
        var range: Range<Int>
        /// A comma, semicolon, colon, period, question mark or line end follows.
        var endsClause = false
        /// A period between two digits follows: the `3` of `3.5`.
        var joinsNext = false
        /// A hyphen or dash between two numbers follows: the `1` of `1-3`.
        var beginsRange = false
        /// A `#` or `No.` stands before it.
        var isMarked = false
        /// A minus sign stands before it and nothing before that.
        var isNegative = false
    }

    private(set) var words: [Word] = []
    /// Whether it asks: a question mark at the end, or a word such as "what" at the start.
    private(set) var isQuestion = false

    /// Words that ask where they begin a reply.
    private static let asking: Set<String> = ["what", "whats", "why", "how", "hows", "who", "which", "whichever"]

    init(_ text: String) {
        let tail = text.utf8.allSatisfy { $0 < 0x80 } ? readASCII(text) : readScalars(text)
        if !words.isEmpty { words[words.count - 1].endsClause = true }
        isQuestion = tail.utf8.contains(UInt8(ascii: "?")) || words.first.map { Self.asking.contains($0.text) } ?? false
    }

    /// The same as ``readScalars(_:)`` for text in ASCII, which most of it is, byte by byte.
    private mutating func readASCII(_ text: String) -> String {
        let apostrophe = UInt8(ascii: "'")
        let bytes = text.utf8
        var word: [UInt8] = []
        var index = bytes.startIndex
        var offset = 0
        var gap = bytes.startIndex
        while index < bytes.endIndex {
            guard ByteClass.isAlphanumeric(bytes[index]) else {
                index = bytes.index(after: index)
                offset += 1
                continue
            }
            let start = offset
            let between = String(text[gap..<index])
            word.removeAll(keepingCapacity: true)
            while index < bytes.endIndex {
                let byte = bytes[index]
                let next = bytes.index(after: index)
                if ByteClass.isAlphanumeric(byte) {
                    word.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
                } else if byte != apostrophe || next == bytes.endIndex || !ByteClass.isAlphanumeric(bytes[next]) {
                    break
                }
                index = next
                offset += 1
            }
            append(Word(text: String(decoding: word, as: UTF8.self), range: start..<offset), after: between)
            gap = index
        }
        return String(text[gap...])
    }

    /// Takes in the words; what stands after the last one is given back.
    private mutating func readScalars(_ text: String) -> String {
        let scalars = text.unicodeScalars
        var offset = 0
        var between = String.UnicodeScalarView()
        var index = scalars.startIndex
        while index < scalars.endIndex {
            guard Self.isWordScalar(scalars[index]) else {
                between.append(scalars[index])
                offset += UTF8.width(scalars[index])
                index = scalars.index(after: index)
                continue
            }
            let start = offset
            var word = String.UnicodeScalarView()
            while index < scalars.endIndex, Self.continues(scalars, at: index) {
                if scalars[index] != "'" { word.append(scalars[index]) }
                offset += UTF8.width(scalars[index])
                index = scalars.index(after: index)
            }
            append(Word(text: String(word).lowercased(), range: start..<offset), after: String(between))
            between = String.UnicodeScalarView()
        }
        return String(between)
    }

    private mutating func append(_ word: Word, after between: String) {
        var word = word
        let isNumber = word.text.allBytes(ByteClass.isDigit)
        word.isMarked = between.hasSuffix("#")
        word.isNegative = isNumber && (between == "-" && words.isEmpty || between.hasSuffix(" -"))
        if var last = words.popLast() {
            let areNumbers = isNumber && last.text.allBytes(ByteClass.isDigit)
            last.joinsNext = areNumbers && between == "."
            last.beginsRange = areNumbers && ["-", "\u{2013}", " - ", " \u{2013} ", "..", "..."].contains(between)
            if last.beginsRange { word.isNegative = false }
            let breaks = between.unicodeScalars.contains(where: Self.breaksClause)
            if last.text == "no", between == "." || between == ". ", isNumber { word.isMarked = true }
            last.endsClause = breaks && !last.joinsNext
            words.append(last)
        }
        words.append(word)
    }

    private static func breaksClause(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", ":", ".", "?", "!", "(", ")", "\n", "\u{2014}": true
        default: false
        }
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ByteClass.isAlphanumeric(UInt8(truncatingIfNeeded: scalar.value)) }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
    }

    /// Whether the scalar is in the word that stands before it; an apostrophe is if a letter follows.
    private static func continues(_ scalars: String.UnicodeScalarView, at index: String.Index) -> Bool {
        if isWordScalar(scalars[index]) { return true }
        let next = scalars.index(after: index)
        return scalars[index] == "'" && next < scalars.endIndex && isWordScalar(scalars[next])
    }
}
