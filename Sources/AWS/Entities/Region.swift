internal import Diagnostics
public import Intents

/// An AWS region that exists.
///
/// Users write regions in many ways; all of `us-west-2`, `US West 2`, `us-west2` and `Oregon` name one region.
///
/// - Note: Source: botocore 1.43.11, `partitions.json`.
public struct Region: Entity, CustomStringConvertible {
    /// The code, such as `us-west-2`.
    public let code: String
    /// The name that AWS gives it, such as `US West (Oregon)`.
    public let name: String
    /// The partition it is in.
    public let partition: Partition
    /// What users call it, in lower case.
    let spokenNames: [String]

    init(_ code: String, _ name: String, _ spokenNames: [String]) {
        self.code = code
        self.name = name
        // AWS's own name too, as it is copied from the console.
        self.spokenNames = spokenNames + [name.asciiLowercased]
        partition = Partition(ofRegionCode: code) ?? .standard
    }

    /// The region with a code, if it is in the table; case counts.
    public init?(code: String) {
        guard let region = Self.byCode[code] else { return nil }
        self = region
    }

    /// Reads a region that is the whole text: its code in any of the ways users write it, or a place name.
    public init(parsing text: String) throws(EntityProblem) {
        if let region = Self(code: text) {
            self = region
            return
        }
        let reply = ReplyBytes(text)
        if let (region, length) = RegionSearch(reply).region(at: 0), length == reply.count {
            self = region
            return
        }
        throw Self.problem(with: text)
    }

    /// Finds region codes and place names, and codes that no region has.
    ///
    /// A code inside a longer value (an ARN, a URL, a bucket name, a path) is part of that value and not found.
    ///
    /// - Complexity: O(n · k), n = bytes of the text, k = regions whose first letter fits.
    public static func findAll(in text: String) -> [Found<Region>] {
        RegionSearch(ReplyBytes(text)).findAll()
    }

    /// The code.
    public var description: String { code }

    /// What to say of a text that names no region.
    static func problem(with text: String) -> EntityProblem {
        let code = text.asciiLowercased
        if code.isEmpty { return EntityProblem(.empty, "There is no region here.") }
        if code.hasPrefix("aws-"), code.hasSuffix("global") {
            return EntityProblem(.pseudoRegion, "\(code) stands for no place; a job needs a region such as us-east-1.")
        }
        // An availability zone is a region and a letter.
        if let last = code.utf8.last, ByteClass.isLower(last), let region = Region(code: String(code.dropLast())) {
            return EntityProblem(
                .unknownRegion,
                "\(code) is an availability zone and not a region.",
                suggestion: region.code
            )
        }
        let codes = known.map(\.code)
        let nearest = NearestWord.nearest(to: code, among: codes, atMost: 2).map { codes[$0] }
        let shown = code.allBytes { $0 > 0x20 && $0 < 0x7F } && code.utf8.count <= 32 ? "'\(code)'" : "This"
        var message = "\(shown) is not an AWS region that I know"
        if nearest.count > 1 {
            message += "; near it are \(nearest.dropLast().prefix(3).joined(separator: ", ")) and \(nearest.last ?? "")"
        }
        message += nearest.isEmpty ? ". Please give a code such as us-east-1." : "."
        // Of several that are as near, one would be a guess.
        return EntityProblem(.unknownRegion, message, suggestion: nearest.count == 1 ? nearest.first : nil)
    }
}
