public import Intents

/// The place of an object, a folder or a bucket in Amazon S3: `s3://bucket/key`.
///
/// - Note: Source: Amazon S3 User Guide "General purpose bucket naming rules" and "Naming Amazon S3
///   objects"; botocore, sagemaker `S3Uri`.
public struct S3URI: Entity, CustomStringConvertible {
    /// The bucket.
    public let bucket: String
    /// What follows the bucket and a slash; any Unicode text without control characters, empty for the bucket itself.
    public let key: String

    /// Whether it names a folder or bucket and no object: no key, or a slash at its end.
    public var isPrefix: Bool { key.isEmpty || key.utf8.last == UInt8(ascii: "/") }

    /// The URI as text.
    ///
    /// A bucket alone ends with a slash, so that a name can follow a prefix directly.
    public var description: String { "s3://\(bucket)/\(key)" }

    /// Reads an S3 URI that is the whole text; spaces in the key are good.
    ///
    /// - Throws: ``EntityProblem``. Web addresses and ARNs of objects are `wrongForm` with the URI as suggestion.
    public init(parsing text: String) throws(EntityProblem) {
        guard text.hasPrefix("s3://"), text.utf8.dropFirst(5).first != UInt8(ascii: "/") else {
            throw S3NearMiss.problem(with: text)
        }
        let rest = text.utf8.dropFirst(5)
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        let bucket = String(text[rest.startIndex..<slash])
        let key = slash < rest.endIndex ? String(text[rest.index(after: slash)...]) : ""
        if var problem = BucketName.problem(with: bucket) {
            if let better = problem.suggestion { problem.suggestion = "s3://\(better)/\(key)" }
            throw problem
        }
        if let control = text.firstControl {
            throw EntityProblem(.forbiddenCharacter, "An S3 URI cannot contain \(control.shown).")
        }
        // SageMaker takes URIs of up to 1024 characters; S3 takes keys of up to 1024 bytes.
        guard text.utf8.count <= 1_024 || text.unicodeScalars.count <= 1_024, key.utf8.count <= 1_024 else {
            throw EntityProblem(
                .wrongLength,
                "An S3 URI has at most 1024 characters; this one has \(text.unicodeScalars.count)."
            )
        }
        self.bucket = bucket
        self.key = key
    }

    /// A URI from a bucket that has been checked.
    init(checkedBucket bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }

    /// Finds S3 URIs and near misses: `S3://`, `s3:/bucket`, web addresses, and ARNs of buckets and objects.
    ///
    /// A URI ends at white space. One with spaces is found between quotes or backticks, or as the whole reply if its
    /// first word cannot be a path of its own (no slash or file extension at its end) and the last one can.
    ///
    /// - Complexity: O(n), n = bytes of the text; texts without "s3" are not copied.
    public static func findAll(in text: String) -> [Found<S3URI>] {
        // Every form has "s3" in it, the web addresses too.
        var before: UInt8 = 0
        let mayHold = text.hasByte { byte in
            defer { before = byte }
            return byte == UInt8(ascii: "3") && before | 0x20 == UInt8(ascii: "s")
        }
        guard mayHold else { return [] }
        return S3Search(ReplyBytes(text), text: text).findAll()
    }
}

extension S3URI {
    /// What to say of a bucket name that can be read and could not be created today; empty for most names.
    ///
    /// These are no errors: aliases of access points and directory buckets have such names, and old buckets may.
    public var warnings: [EntityProblem] { BucketName.warnings(for: bucket) }

    /// Why Bedrock would refuse the URI as an output location; `nil` if it would take it.
    ///
    /// The suggestion replaces what is refused. It names another place, which is fine for output that does not exist.
    ///
    /// - Note: Source: botocore, bedrock `S3Uri`: segments of letters, digits and `-!_*'().`, at most one
    ///   slash between them and one at the end.
    public var outputProblem: EntityProblem? {
        let isAllowed: (UInt8) -> Bool = { ByteClass.isAlphanumeric($0) || "-!_*'().".utf8.contains($0) }
        let slash = UInt8(ascii: "/")
        if description.unicodeScalars.count > 1_024 {
            return EntityProblem(.wrongLength, "Bedrock takes output locations of at most 1024 characters.")
        }
        let segments = key.split(separator: "/").map { segment in
            String(decoding: segment.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
        }
        let isOpen = key.utf8.last == slash && !segments.isEmpty
        let corrected = S3URI(
            checkedBucket: bucket,
            key: segments.joined(separator: "/") + (isOpen ? "/" : "")
        ).description
        if let shown = key.firstShown(notIn: { isAllowed($0) || $0 == slash }) {
            return EntityProblem(
                .notForOutput,
                "Bedrock does not take an output location with \(shown) in it.",
                suggestion: corrected
            )
        }
        guard corrected != description else { return nil }
        return EntityProblem(
            .notForOutput,
            "Bedrock does not take an output location with two slashes in a row.",
            suggestion: corrected
        )
    }
}
