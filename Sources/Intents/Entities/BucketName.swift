/// The rules for names of S3 buckets.
///
/// - Note: Source: Amazon S3 User Guide "General purpose bucket naming rules"; facts 9.3 and trap T36.
enum BucketName {
    /// What makes a name unusable, with a better name where there is one; `nil` if it is good.
    static func problem(with name: String) -> EntityProblem? {
        guard !name.isEmpty else { return EntityProblem(.empty, "The S3 URI names no bucket.") }
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
                "Bucket names have only lower-case letters, digits, periods and hyphens; this one has \(shown)."
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
            return EntityProblem(.wrongBucket, "Bucket names begin and end with a letter or digit.")
        }
        guard name.utf8.contains(UInt8(ascii: ".")) else { return nil }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !labels.contains("") else {
            return EntityProblem(.wrongBucket, "Bucket names have no two periods in a row.")
        }
        if labels.count == 4, labels.allSatisfy({ $0.allBytes(ByteClass.isDigit) && $0.utf8.count <= 3 }) {
            return EntityProblem(.wrongBucket, "A bucket name cannot have the form of an IP address.")
        }
        return nil
    }

    private static let reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]
    private static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

    /// Which reserved affixes a name has.
    ///
    /// Such a bucket can be read; a new general purpose bucket cannot be named so.
    static func warnings(for name: String) -> [EntityProblem] {
        reservedPrefixes.filter(name.hasPrefix).map { prefix in
            let why = prefix == "amzn-s3-demo-" ? "is for examples in documents" : "is reserved"
            return EntityProblem(.reservedName, "The beginning \(prefix) of the bucket name \(why).")
        }
            + reservedSuffixes.filter(name.hasSuffix).map { suffix in
                EntityProblem(.reservedName, "The ending \(suffix) of the bucket name is reserved.")
            }
    }
}
