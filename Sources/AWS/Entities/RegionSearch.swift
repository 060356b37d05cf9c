internal import Intents

/// Looks for regions at the words of a reply.
struct RegionSearch {
    private let reply: ReplyBytes

    init(_ reply: ReplyBytes) { self.reply = reply }

    /// A code or a name, as bytes in lower case.
    private struct Term {
        var bytes: [UInt8]
        var isCode: Bool
        var region: Region
    }

    /// All codes and names by their first letter, `a` first.
    private static let terms: [[Term]] = {
        var terms = [[Term]](repeating: [], count: 26)
        for region in Region.known {
            for (text, isCode) in [(region.code, true)] + region.spokenNames.map({ ($0, false) }) {
                let bytes = Array(text.utf8)
                if let first = bytes.first {
                    terms[Int(first - 0x61)].append(Term(bytes: bytes, isCode: isCode, region: region))
                }
            }
        }
        return terms
    }()

    func findAll() -> [Found<Region>] {
        var found: [Found<Region>] = []
        var offset = 0
        while offset < reply.count {
            guard ByteClass.isLetter(reply.bytes[offset]), reply.canBeginWord(at: offset) else {
                offset += 1
                continue
            }
            if let (region, length) = region(at: offset), canEnd(at: offset + length), canBegin(at: offset) {
                found.append(Found(range: offset..<(offset + length), result: .success(region)))
                offset += length
            } else if let length = lengthOfUnknownCode(at: offset), canBegin(at: offset) {
                let code = reply.text(offset..<(offset + length))
                found.append(Found(range: offset..<(offset + length), result: .failure(Region.problem(with: code))))
                offset += length
            } else {
                offset += 1
            }
        }
        return found
    }

    /// The region whose code or name stands at an offset, with the bytes it takes; the longest if several do.
    func region(at start: Int) -> (Region, Int)? {
        let first = ByteClass.lowercased(reply.byte(start))
        guard ByteClass.isLower(first) else { return nil }
        var best: (Region, Int)?
        for term in Self.terms[Int(first - 0x61)] {
            let length = term.isCode ? length(ofCode: term.bytes, at: start) : length(ofName: term.bytes, at: start)
            if let length, length > best?.1 ?? 0 { best = (term.region, length) }
        }
        return best
    }

    /// The bytes of a code at an offset; each hyphen of it may be a hyphen, an underscore, a space, or nothing.
    private func length(ofCode code: [UInt8], at start: Int) -> Int? {
        var offset = start
        for expected in code {
            if expected == 0x2D {
                let actual = reply.byte(offset)
                if actual == 0x2D || actual == 0x5F || actual == 0x20 { offset += 1 }
            } else if ByteClass.lowercased(reply.byte(offset)) == expected {
                offset += 1
            } else {
                return nil
            }
        }
        return ByteClass.isAlphanumeric(reply.byte(offset)) ? nil : offset - start
    }

    /// The bytes of a place name at an offset, in either case, `é`, `ü` and `ã` included.
    private func length(ofName name: [UInt8], at start: Int) -> Int? {
        var offset = start
        var before: UInt8 = 0
        for expected in name {
            var actual = ByteClass.lowercased(reply.byte(offset))
            // U+00C0...U+00DE differ from their lower case by 0x20 in the second byte.
            if before == 0xC3, (0x80...0x9E).contains(actual), actual != 0x97 { actual += 0x20 }
            guard actual == expected else { return nil }
            before = actual
            offset += 1
        }
        let next = reply.byte(offset)
        return ByteClass.isAlphanumeric(next) || next >= 0x80 && next != 0xE2 ? nil : offset - start
    }

    /// Whether a region can begin at the start of a word.
    ///
    /// It may follow white space, an opening bracket or quote, or `region:` and `region=`.
    private func canBegin(at offset: Int) -> Bool {
        switch reply.byte(offset - 1) {
        case UInt8(ascii: "."), UInt8(ascii: "@"): return false
        case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: "&"), UInt8(ascii: "?"):
            // Not inside a longer value.
            let token = reply.bytes[reply.token(around: offset)]
            let isLonger = token.count { $0 == UInt8(ascii: ":") } > 1 || token.contains(UInt8(ascii: "/"))
            return !isLonger
        default: return true
        }
    }

    /// What follows must not make it part of a longer word, host name or path.
    private func canEnd(at offset: Int) -> Bool {
        switch reply.byte(offset) {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "@"): return false
        case UInt8(ascii: "."), UInt8(ascii: ":"): return !ByteClass.isAlphanumeric(reply.byte(offset + 1))
        case let byte: return !ByteClass.isAlphanumeric(byte)
        }
    }

    /// The bytes of a word that has the form of a code and is none: `eu-central-9`, `us-wset-2`, `us-west-2a`.
    private func lengthOfUnknownCode(at start: Int) -> Int? {
        var end = start
        var hasHyphen = false
        while ByteClass.isAlphanumeric(reply.byte(end)) || reply.byte(end) == 0x2D {
            hasHyphen = hasHyphen || reply.byte(end) == 0x2D
            end += 1
        }
        guard hasHyphen, end - start >= 6, end - start <= 24, canEnd(at: end) else { return nil }
        let word = reply.text(start..<end).asciiLowercased
        if word.hasPrefix("aws-") { return word.hasSuffix("global") ? end - start : nil }
        guard word.utf8.contains(where: ByteClass.isDigit) else { return nil }
        if Region.problem(with: word).suggestion != nil { return end - start }
        guard Partition(ofRegionCode: word) != nil else { return nil }
        // `\w+` between the hyphens would make "me-too-2" a region; a place on the compass makes it meant as one.
        let places = ["north", "south", "east", "west", "central"]
        return places.contains { word.contains($0) } ? end - start : nil
    }
}
