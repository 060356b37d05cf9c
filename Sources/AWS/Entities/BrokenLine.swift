internal import Intents

/// The end of a line at which a terminal or a chat client may have broken a value of AWS.
///
/// Only what shows by itself where it begins is put together again: a place in S3, an ARN, a web address, a Region's code.
struct BrokenLine {
    /// The values that can be told by how they begin.
    enum Kind {
        /// A place in S3, or a web address.
        case place
        case arn
        case region
    }

    let kind: Kind
    private let value: Substring

    /// Finds the value at the end of a line's last word.
    init?(_ word: String) {
        let lowercased = word.asciiLowercased
        for (start, kind) in Self.starts {
            guard let range = lowercased.firstRange(of: start) else { continue }
            let before = lowercased[..<range.lowerBound].utf8.last
            guard before.map({ !ByteClass.isAlphanumeric($0) && $0 < 0x80 }) ?? true else { continue }
            let offset = lowercased.utf8.distance(from: lowercased.startIndex, to: range.lowerBound)
            self.kind = kind
            value = word[word.utf8.index(word.startIndex, offsetBy: offset)...]
            return
        }
        // "us-west-" alone; "us-" begins other things too.
        guard lowercased.utf8.last == 0x2D, lowercased.utf8.first.map(ByteClass.isLetter) ?? false else { return nil }
        kind = .region
        value = word[...]
    }

    private static let starts: [(String, Kind)] = [
        ("s3://", .place), ("s3a://", .place), ("s3n://", .place), ("https://", .place), ("http://", .place),
        ("arn:", .arn),
    ]

    /// Whether the value goes on in a line that begins with a word.
    func goesOn(in next: LineStart) -> Bool {
        guard !next.beginsAnew, let last = value.utf8.last else { return false }
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

    /// The extensions of dataset files.
    private static let dataExtensions: Set<String> = ["jsonl", "json", "ndjson", "csv", "tsv", "parquet", "txt", "gz"]
}

extension LineStart {
    /// Whether it begins something of its own.
    fileprivate var beginsAnew: Bool {
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
}
