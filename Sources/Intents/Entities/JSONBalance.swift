/// Finds where a JSON array or object ends.
struct JSONBalance {
    private let reply: ReplyBytes
    /// Deeper nesting is refused, as parsers have limits of their own (Foundation's is 512).
    private static let maximumDepth = 512

    init(_ reply: ReplyBytes) { self.reply = reply }

    /// Whether a bracket or brace opens JSON, judged by the first sign after it.
    func canBegin(at offset: Int) -> Bool {
        let opening = reply.byte(offset)
        guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") else { return false }
        var next = offset + 1
        while next < reply.count, ByteClass.isSpace(reply.bytes[next]) { next += 1 }
        let first = reply.byte(next)
        if opening == UInt8(ascii: "{") {
            // A single quote is the way of Python, and a problem to name.
            return first == 0x22 || first == UInt8(ascii: "}") || first == 0x27
        }
        return first == 0x22 || first == UInt8(ascii: "]") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            || first == 0x27 || ByteClass.isDigit(first) || first == UInt8(ascii: "-")
            || ["true", "false", "null"].contains { reply.hasWord($0, at: next) }
    }

    /// The offset after the bracket that closes the one at an offset.
    func end(from start: Int) throws(EntityProblem) -> Int {
        var openings: [Int] = []
        var offset = start
        while offset < reply.count {
            let byte = reply.bytes[offset]
            switch byte {
            case 0x22:
                offset = try endOfString(from: offset)
                continue
            case 0x27:
                throw EntityProblem(
                    .notJSON,
                    "JSON has double quotes around texts and names; a single quote is \(place(of: offset)).",
                    suggestion: withDoubleQuotes(from: start)
                )
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                openings.append(offset)
                guard openings.count <= Self.maximumDepth else {
                    throw EntityProblem(.unbalanced, "The JSON is nested more than \(Self.maximumDepth) deep.")
                }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                // `{` and `}`, and `[` and `]`, are two apart in ASCII.
                guard let opening = openings.popLast(), reply.bytes[opening] == byte - 2 else {
                    let shown = Unicode.Scalar(byte).shown
                    throw EntityProblem(.unbalanced, "The \(shown) \(place(of: offset)) closes no bracket of its kind.")
                }
                if openings.isEmpty { return offset + 1 }
            default: break
            }
            offset += 1
        }
        let opening = openings.last ?? start
        let shown = Unicode.Scalar(reply.byte(opening)).shown
        throw EntityProblem(.unbalanced, "The \(shown) \(place(of: opening)) is never closed. Please paste it whole.")
    }

    /// The text with double quotes for single ones, where it has no double quotes and is balanced then.
    private func withDoubleQuotes(from start: Int) -> String? {
        let bytes = reply.bytes[start..<reply.trimmedRange.upperBound]
        guard !bytes.contains(0x22) else { return nil }
        let text = String(decoding: bytes.map { $0 == 0x27 ? 0x22 : $0 }, as: UTF8.self)
        return (try? JSONBlock(parsing: text))?.text
    }

    /// The offset after the quote that closes a string.
    private func endOfString(from start: Int) throws(EntityProblem) -> Int {
        var offset = start + 1
        while offset < reply.count {
            switch reply.bytes[offset] {
            case 0x22: return offset + 1
            case 0x5C: offset += 2
            case 0x0A, 0x0D:
                throw EntityProblem(
                    .unbalanced,
                    "The text that begins \(place(of: start)) has a line break before its closing quote."
                )
            default: offset += 1
            }
        }
        throw EntityProblem(.unbalanced, "The text that begins \(place(of: start)) has no closing quote.")
    }

    /// "in line 2, column 5": 1-based, counted in characters of Unicode.
    private func place(of offset: Int) -> String {
        let lineStart = reply.bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = reply.text(lineStart..<offset).unicodeScalars.count + 1
        return "in line \(reply.line(of: offset)), column \(column)"
    }
}

extension ReplyBytes {
    /// The 1-based line of an offset.
    func line(of offset: Int) -> Int { bytes[..<min(offset, count)].count { $0 == 0x0A } + 1 }
}
