internal import Intents

/// Looks for S3 URIs and their near misses in a reply.
struct S3Search {
    private let reply: ReplyBytes

    /// Whether web addresses of AWS can be in it.
    private let mayHoldHosts: Bool

    init(_ reply: ReplyBytes, text: String) {
        self.reply = reply
        let lowercased = text.asciiLowercased
        mayHoldHosts = Partition.all.contains { lowercased.contains($0.dnsSuffix) } || lowercased.contains("console.")
    }

    func findAll() -> [Found<S3URI>] {
        var found: [Found<S3URI>] = []
        var offset = 0
        while offset < reply.count {
            guard let range = candidate(at: offset) else {
                offset += 1
                continue
            }
            found.append(Found(range: range, result: Self.reading(reply.text(range))))
            offset = range.upperBound
        }
        return found
    }

    private static func reading(_ value: String) -> Result<S3URI, EntityProblem> {
        do throws(EntityProblem) { return .success(try S3URI(parsing: value)) } catch { return .failure(error) }
    }

    /// The value that begins at an offset and is meant as a place in S3.
    private func candidate(at offset: Int) -> Range<Int>? {
        let byte = reply.bytes[offset]
        guard ByteClass.isAlphanumeric(byte) else { return nil }
        let found: Range<Int>? =
            switch byte | 0x20 {
            case UInt8(ascii: "s"): uri(at: offset)
            case UInt8(ascii: "h"): webAddress(at: offset)
            case UInt8(ascii: "a"): arn(at: offset)
            default: nil
            }
        return found ?? (mayHoldHosts ? host(at: offset) : nil)
    }

    private func webAddress(at offset: Int) -> Range<Int>? {
        guard reply.hasWord("http", at: offset), canBegin(at: offset) else { return nil }
        let range = value(at: offset)
        guard reply.bytes[range].contains(UInt8(ascii: "/")) else { return nil }
        return S3WebAddress.place(of: reply.text(range)) == nil ? nil : range
    }

    private func arn(at offset: Int) -> Range<Int>? {
        guard reply.hasWord("arn:aws", at: offset), canBegin(at: offset) else { return nil }
        let range = value(at: offset)
        let fields = reply.text(range).split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        // Access points have a region; they are other things.
        return fields.count == 6 && fields[2] == "s3" && fields[3].isEmpty ? range : nil
    }

    /// A web address without its scheme.
    private func host(at offset: Int) -> Range<Int>? {
        guard canBegin(at: offset) else { return nil }
        let range = value(at: offset)
        return S3WebAddress.placeWithoutScheme(of: reply.text(range)) == nil ? nil : range
    }

    /// A value may follow a colon ("uri:s3://…") and not the slash or period of a longer one.
    private func canBegin(at offset: Int) -> Bool {
        let before = reply.byte(offset - 1)
        return reply.canBeginWord(at: offset) && before != UInt8(ascii: "/") && before != UInt8(ascii: ".")
    }

    private func value(at start: Int) -> Range<Int> {
        if let quote = reply.closingQuote(ofValueAt: start) { return start..<quote }
        return start..<max(start, reply.endOfValue(from: start))
    }

    /// `s3://…` or what is written for it.
    private func uri(at start: Int) -> Range<Int>? {
        guard reply.byte(start + 1) == UInt8(ascii: "3"), canBegin(at: start) else { return nil }
        if let range = spacedURI(at: start) { return range }
        let range = value(at: start)
        let lowercased = reply.text(range).asciiLowercased
        guard let length = S3NearMiss.schemeLength(of: lowercased), length < range.count else { return nil }
        let slashes = lowercased.utf8.prefix(length).count { $0 == UInt8(ascii: "/") || $0 == 0x5C }
        // "s3:GetObject" is a permission; without slashes after "s3:" a key must show that a place is meant.
        if slashes == 0 {
            let hasKey = reply.bytes[range].contains(UInt8(ascii: "/"))
            guard hasKey, ByteClass.isAlphanumeric(reply.byte(start + length)) else { return nil }
        }
        return wholeReply(from: range) ?? range
    }

    /// `s3: //…`, where a keyboard has put spaces into the scheme.
    private func spacedURI(at start: Int) -> Range<Int>? {
        let head = reply.text(start..<min(reply.count, start + 12)).asciiLowercased
        guard let length = S3NearMiss.schemeLength(of: head), head.utf8.prefix(length).contains(0x20) else {
            return nil
        }
        let end = reply.endOfValue(from: start + length)
        return end > start + length ? start..<end : nil
    }

    /// The whole reply, if it begins with the URI and reads as one path with spaces in it.
    private func wholeReply(from range: Range<Int>) -> Range<Int>? {
        let whole = reply.trimmedRange
        guard range.lowerBound == whole.lowerBound, range.upperBound < whole.upperBound,
            reply.byte(range.upperBound) == 0x20
        else { return nil }
        let end = reply.endWithoutPunctuation(whole)
        let words = reply.text(whole.lowerBound..<end).split(separator: " ", omittingEmptySubsequences: false)
        guard let first = words.first, let last = words.last, words.count > 1, !words.contains("") else { return nil }
        let rest = words.dropFirst()
        let beginsAnew: (Substring) -> Bool = { word in
            ["/", "./", "../", "~/", "s3:", "S3:", "http", "arn:", "\"", "'", "`"].contains(where: word.hasPrefix)
        }
        guard !first.hasSuffix("/"), !Self.hasExtension(first), Self.hasExtension(last),
            !rest.contains(where: beginsAnew),
            rest.count == 1 || rest.contains(where: { $0.contains("/") })
        else { return nil }
        return whole.lowerBound..<end
    }

    /// Whether a word ends like a file: a period and 1...8 letters or digits, not all of them digits.
    private static func hasExtension(_ word: Substring) -> Bool {
        guard let dot = word.utf8.lastIndex(of: UInt8(ascii: ".")), dot > word.startIndex else { return false }
        let ending = word[word.utf8.index(after: dot)...]
        return (1...8).contains(ending.utf8.count) && ending.allBytes(ByteClass.isAlphanumeric)
            && ending.utf8.contains(where: ByteClass.isLetter)
    }
}
