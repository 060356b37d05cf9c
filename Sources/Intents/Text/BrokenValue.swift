/// Puts values together again that a terminal or a chat client broke over lines.
///
/// Only what shows by itself where it begins is put together: a place in S3, an ARN, a web address, a Region's code. The
/// next line must look like the rest of it, and like nothing else; `Recognizer` asks about it where both the first line
/// and the whole would do.
struct BrokenValue {
    /// The bytes of a text with what breaks its values; `\n` ends a line.
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Where line ends, and the spaces around them, stand inside of values: half-open ranges, in order.
    ///
    /// - Complexity: O(n).
    func breaks() -> [Range<Int>] {
        var breaks: [Range<Int>] = []
        // What stands before a break, without the breaks before.
        var value: [UInt8] = []
        var start = 0
        var end = 0
        while end < bytes.count {
            guard bytes[end] == 0x0A else {
                end += 1
                continue
            }
            var lower = end
            while lower > start, bytes[lower - 1] == 0x20 { lower -= 1 }
            var tokenStart = lower
            while tokenStart > start, bytes[tokenStart - 1] > 0x20 { tokenStart -= 1 }
            value = (tokenStart == start ? value : []) + bytes[tokenStart..<lower]
            var upper = end + 1
            while upper < bytes.count, bytes[upper] == 0x20 { upper += 1 }
            let token = Token(in: bytes, at: upper)
            if lower > start || tokenStart == start, goesOn(value, in: token) {
                breaks.append(lower..<upper)
            } else {
                value = []
            }
            start = upper
            end = upper
        }
        return breaks
    }

    /// The first word of a line.
    private struct Token {
        /// Without the punctuation of a sentence at its end.
        let text: String
        /// Whether the line holds nothing else.
        let isAlone: Bool

        init(in bytes: [UInt8], at start: Int) {
            var end = start
            while end < bytes.count, bytes[end] > 0x20 { end += 1 }
            var rest = end
            while rest < bytes.count, bytes[rest] == 0x20 { rest += 1 }
            isAlone = rest == bytes.count || bytes[rest] == 0x0A
            while end > start, ".,;!?)\"'`".utf8.contains(bytes[end - 1]) { end -= 1 }
            text = String(decoding: bytes[start..<end], as: UTF8.self)
        }

        /// Whether it begins something of its own.
        var beginsAnew: Bool {
            let lowercased = text.asciiLowercased
            guard let first = text.utf8.first,
                ByteClass.isAlphanumeric(first) || first >= 0x80 || "/:._-=".utf8.contains(first)
            else { return true }
            if text.utf8.count == 1, !ByteClass.isAlphanumeric(first) { return true }
            return ["s3:", "s3a:", "s3n:", "arn:", "http:", "https:", "./", "../", "~/"].contains(
                where: lowercased.hasPrefix
            )
                || Partition(ofRegionCode: lowercased) != nil
        }

        /// Whether it looks like a part of a path: a slash, or a file extension.
        var isPathLike: Bool { text.utf8.contains(UInt8(ascii: "/")) || text.fileExtension != nil }
    }

    /// Whether a value goes on in a line that begins with a word.
    private func goesOn(_ line: [UInt8], in next: Token) -> Bool {
        guard !next.text.isEmpty, !next.beginsAnew, let last = line.last, !",;!?\"'`)>]".utf8.contains(last) else {
            return false
        }
        let line = String(decoding: line, as: UTF8.self)
        guard let (kind, value) = Kind.find(in: line) else { return false }
        let isJoint = "-_=%:".utf8.contains(last)
        switch kind {
        case .region: return Region(code: (value + next.text).asciiLowercased) != nil
        case .arn:
            let colons = value.utf8.count { $0 == UInt8(ascii: ":") }
            if colons < 5 { return next.isAlone || next.text.utf8.contains(UInt8(ascii: ":")) }
            if isJoint { return next.isAlone || next.isPathLike }
            // A version ends it.
            let isVersioned = value.split(separator: "/").last?.allBytes(ByteClass.isDigit) ?? false
            return next.isAlone && !isVersioned && next.text.utf8.contains(UInt8(ascii: "/"))
        case .place:
            let place = value.firstRange(of: "://").map { value[$0.upperBound...] } ?? ""
            if place.isEmpty { return next.isAlone || next.isPathLike }
            if isJoint { return next.isAlone || next.isPathLike }
            guard next.isAlone else { return false }
            let ending = place.utf8.contains(UInt8(ascii: "/")) ? value.fileExtension : nil
            if let ending {
                return !Self.dataExtensions.contains(ending) && Self.dataExtensions.contains(ending + next.text)
            }
            return next.isPathLike
        }
    }

    /// The values that can be told by how they begin.
    private enum Kind {
        case place, arn, region

        /// The value at the end of a line's last word.
        static func find(in word: String) -> (Kind, Substring)? {
            let lowercased = word.asciiLowercased
            for (start, kind) in starts {
                guard let range = lowercased.firstRange(of: start) else { continue }
                let before = lowercased[..<range.lowerBound].utf8.last
                guard before.map({ !ByteClass.isAlphanumeric($0) && $0 < 0x80 }) ?? true else { continue }
                let offset = lowercased.utf8.distance(from: lowercased.startIndex, to: range.lowerBound)
                return (kind, word[word.utf8.index(word.startIndex, offsetBy: offset)...])
            }
            // "us-west-" alone; "us-" begins other things too.
            return lowercased.utf8.last == 0x2D && lowercased.utf8.first.map(ByteClass.isLetter) ?? false
                ? (.region, word[...]) : nil
        }

        private static let starts: [(String, Kind)] = [
            ("s3://", .place), ("s3a://", .place), ("s3n://", .place), ("https://", .place), ("http://", .place),
            ("arn:", .arn),
        ]
    }

    /// How files of datasets end.
    private static let dataExtensions: Set<String> = ["jsonl", "json", "ndjson", "csv", "tsv", "parquet", "txt", "gz"]
}

extension StringProtocol {
    /// What follows the last period of a path, in lower case, if it ends like a file: 1...8 letters or digits, not all of them
    /// digits.
    var fileExtension: String? {
        let ending = utf8.reversed().prefix { $0 != UInt8(ascii: ".") }.reversed()
        guard ending.count < utf8.count else { return nil }
        guard (1...8).contains(ending.count), ending.allSatisfy(ByteClass.isAlphanumeric),
            ending.contains(where: ByteClass.isLetter)
        else { return nil }
        return String(decoding: ending.map(ByteClass.lowercased), as: UTF8.self)
    }
}
