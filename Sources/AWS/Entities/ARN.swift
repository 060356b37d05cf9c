public import Intents

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
///
/// ```swift
/// let arn = try ARN(parsing: "arn:aws:sagemaker:us-west-2:012345678901:model-package/my-group/3")
/// arn.account          // "012345678901"
/// arn.resource.type    // "model-package"
/// arn.resource.id      // "my-group/3"
/// ```
///
/// - Note: Source: AWS General Reference "Amazon Resource Names (ARNs)"; botocore, `partitions.json`.
public struct ARN: Entity, CustomStringConvertible {
    /// The last part of an ARN: `type/id`, `type:id`, or an id alone.
    public struct Resource: Sendable, Hashable, CustomStringConvertible {
        /// What stands before the first `/` or `:`; `nil` for an id alone, as S3 buckets and SNS topics have.
        public let type: String?
        /// The `/` or `:` after the type; `nil` without a type.
        public let separator: Character?
        /// All that follows; never empty.
        ///
        /// Further `/` and `:` belong to it.
        public let id: String

        /// The resource as the ARN writes it.
        public var description: String { (type ?? "") + (separator.map(String.init) ?? "") + id }
    }

    /// The group of regions that it lives in.
    public let partition: Partition
    /// The service, in lower case, such as `sagemaker`.
    public let service: String
    /// The region code; empty where the service is not regional.
    ///
    /// It agrees with the partition.
    public let region: String
    /// The account ID: 12 digits with leading zeros, `aws` for what AWS owns, or empty.
    public let account: String
    /// What is named.
    public let resource: Resource

    /// The ARN as text, as it was written.
    public var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }

    /// The region, if it is one of those in the table; a newer region is good and not known.
    public var knownRegion: Region? { Region(code: region) }

    /// Reads an ARN that is the whole text.
    public init(parsing text: String) throws(EntityProblem) {
        self = try ARNReading(text).arn()
    }

    /// Finds ARNs, and near misses such as `ARN:AWS:…` or one that lost its `arn:`.
    ///
    /// A sentence about ARNs ("which ARN: the old one?") is no near miss: two colons more, or `aws`, must follow.
    ///
    /// - Complexity: O(n), n = bytes of the text; texts without a colon inside a word are not copied.
    public static func findAll(in text: String) -> [Found<ARN>] {
        // In prose a colon stands before white space.
        var before: UInt8 = 0
        let mayHold = text.hasByte { byte in
            defer { before = byte }
            return before == UInt8(ascii: ":") && !ByteClass.isSpace(byte)
        }
        guard mayHold else { return [] }
        let reply = ReplyBytes(text)
        var found: [Found<ARN>] = []
        var searched = 0
        var offset = 0
        while offset < reply.count {
            defer { offset += 1 }
            guard reply.bytes[offset] == UInt8(ascii: ":"), offset >= searched else { continue }
            guard let start = start(beforeColon: offset, in: reply), start >= searched else { continue }
            let range = start..<max(start, end(of: start, in: reply))
            guard range.upperBound > offset, isCandidate(range, in: reply) else { continue }
            let value = reply.text(range)
            do throws(EntityProblem) {
                found.append(Found(range: range, result: .success(try ARN(parsing: value))))
            } catch {
                found.append(Found(range: range, result: .failure(error)))
            }
            searched = range.upperBound
        }
        return found
    }

    /// Where an ARN begins whose first colon is at an offset: at `arn`, or at `aws` if `arn:` is missing.
    private static func start(beforeColon colon: Int, in reply: ReplyBytes) -> Int? {
        var start = colon
        while start > 0, ByteClass.isAlphanumeric(reply.bytes[start - 1]) || reply.bytes[start - 1] == 0x2D {
            start -= 1
        }
        guard reply.canBeginWord(at: start) else { return nil }
        if colon - start == 3, reply.hasWord("arn", at: start) { return start }
        // After a colon it is a part of a longer word, "barn:aws:…".
        guard reply.byte(start - 1) != UInt8(ascii: ":"), reply.hasWord("aws", at: start),
            Partition(id: reply.text(start..<colon).asciiLowercased) != nil
        else {
            return nil
        }
        return start
    }

    /// The end of the value; an em dash ends it too, as it is used without spaces in a sentence.
    private static func end(of start: Int, in reply: ReplyBytes) -> Int {
        if let quote = reply.closingQuote(ofValueAt: start),
            !reply.bytes[start..<quote].contains(where: ByteClass.isSpace)
        {
            return reply.endWithoutPunctuation(start..<quote)
        }
        let end = reply.endOfValue(from: start)
        let dash = (start..<end).first {
            reply.bytes[$0] == 0xE2 && reply.byte($0 + 1) == 0x80 && reply.byte($0 + 2) == 0x94
        }
        return dash.map { reply.endWithoutPunctuation(start..<$0) } ?? end
    }

    /// Whether a token that begins with `arn:` or `aws:` is meant as an ARN.
    private static func isCandidate(_ range: Range<Int>, in reply: ReplyBytes) -> Bool {
        let colons = reply.bytes[range].count { $0 == UInt8(ascii: ":") }
        if reply.hasWord("arn:", at: range.lowerBound) {
            return !reply.hasWord("arn:", at: range.lowerBound + 4)
                && (colons >= 3 || reply.hasWord("aws", at: range.lowerBound + 4))
        }
        return colons >= 4
    }
}

extension ARN {
    /// An ARN from parts that have been checked.
    init(partition: Partition, service: String, region: String, account: String, resource: Resource) {
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
    }
}

extension ARN.Resource {
    /// Splits the last part of an ARN at its first `/` or `:`.
    ///
    /// S3 is the exception: what stands before the slash is the bucket and no type.
    init(_ text: String, service: String) {
        let bytes = text.utf8
        guard service != "s3",
            let index = bytes.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }),
            index > bytes.startIndex, bytes.index(after: index) < bytes.endIndex
        else {
            self.init(type: nil, separator: nil, id: text)
            return
        }
        self.init(
            type: String(text[..<index]),
            separator: bytes[index] == UInt8(ascii: "/") ? "/" : ":",
            id: String(text[bytes.index(after: index)...])
        )
    }
}
