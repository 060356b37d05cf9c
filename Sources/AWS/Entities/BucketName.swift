internal import Intents

/// The rules for names of S3 buckets.
///
/// - Note: Source: Amazon S3 User Guide "General purpose bucket naming rules".
enum BucketName {
    /// What makes a name unusable, with a better name where there is one; `nil` if it is good.
    static func problem(with name: String) -> EntityProblem? {
        guard !name.isEmpty else {
            return EntityProblem(.empty, "The S3 URI names no bucket; it goes s3://BUCKET/KEY.")
        }
        let isAllowed: (UInt8) -> Bool = {
            ByteClass.isLower($0) || ByteClass.isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
        if name.utf8.contains(where: ByteClass.isUpper), name.asciiLowercased.allBytes(isAllowed) {
            let lowercased = name.asciiLowercased
            let suggestion = problem(with: lowercased) == nil ? lowercased : nil
            return EntityProblem(.wrongCase, "Bucket names are in lower case.", suggestion: suggestion)
        }
        if !name.allBytes(isAllowed), let shown = name.firstShown(notIn: { isAllowed($0) || ByteClass.isUpper($0) }) {
            return EntityProblem(
                .forbiddenCharacter,
                "Bucket names have only lower-case letters, digits, periods and hyphens; this one has \(shown).",
                suggestion: mended(name)
            )
        }
        guard (3...63).contains(name.utf8.count) else {
            return EntityProblem(
                .wrongLength,
                "Bucket names have 3 to 63 characters; this one has \(name.utf8.count)."
            )
        }
        let isEnd: (UInt8?) -> Bool = { $0.map(ByteClass.isAlphanumeric) ?? false }
        guard isEnd(name.utf8.first), isEnd(name.utf8.last) else {
            return EntityProblem(
                .wrongBucket,
                "Bucket names begin and end with a letter or digit.",
                suggestion: mended(name)
            )
        }
        guard name.utf8.contains(UInt8(ascii: ".")) else { return nil }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !labels.contains("") else {
            return EntityProblem(
                .wrongBucket,
                "Bucket names have no two periods in a row.",
                suggestion: mended(name)
            )
        }
        if labels.count == 4, labels.allSatisfy({ $0.allBytes(ByteClass.isDigit) && $0.utf8.count <= 3 }) {
            return EntityProblem(.wrongBucket, "A bucket name cannot have the form of an IP address.")
        }
        return nil
    }

    /// The nearest good name: lower case, a hyphen for an underscore or a space, one period for several, and letters or
    /// digits at both ends; `nil` where that is no good name either, since other characters say nothing of it.
    private static func mended(_ name: String) -> String? {
        var bytes: [UInt8] = []
        for byte in name.asciiLowercased.utf8 {
            if byte == UInt8(ascii: "."), bytes.last == byte { continue }
            bytes.append(byte == UInt8(ascii: "_") || byte == 0x20 ? 0x2D : byte)
        }
        let isOuter: (UInt8) -> Bool = { $0 == UInt8(ascii: ".") || $0 == 0x2D }
        while let last = bytes.last, isOuter(last) { bytes.removeLast() }
        let mended = String(decoding: bytes.drop(while: isOuter), as: UTF8.self)
        return mended != name && problem(with: mended) == nil ? mended : nil
    }

    private static let reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]
    private static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

    /// Which reserved affixes a name has.
    ///
    /// Such a bucket can be read; a new general purpose bucket cannot be named so.
    static func warnings(for name: String) -> [EntityProblem] {
        reservedPrefixes.filter(name.hasPrefix).map { prefix in
            let why = prefix == "amzn-s3-demo-" ? "only examples in documents" : "no bucket of a customer"
            return EntityProblem(.reservedName, "Names that begin with \(prefix) are reserved: \(why) can have one.")
        }
            + reservedSuffixes.filter(name.hasSuffix).map { suffix in
                EntityProblem(
                    .reservedName,
                    "Names that end with \(suffix) are reserved: they stand for something else than a usual bucket."
                )
            }
    }
}
