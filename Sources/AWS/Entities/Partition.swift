internal import Intents

/// A group of AWS regions with accounts of its own; the second part of every ARN.
///
/// - Note: Source: botocore 1.43.11 `partitions.json` (ids, region patterns, DNS suffixes).
public struct Partition: Sendable, Hashable, CustomStringConvertible {
    /// The id as ARNs write it, such as `aws-us-gov`.
    public let id: String
    /// What host names of its services end with.
    public let dnsSuffix: String
    /// What a region code of it begins with, before `-PLACE-NUMBER`.
    let regionPrefixes: [String]

    private init(_ id: String, _ dnsSuffix: String, _ regionPrefixes: [String]) {
        self.id = id
        self.dnsSuffix = dnsSuffix
        self.regionPrefixes = regionPrefixes
    }

    /// The partition of the public regions.
    public static let standard = Partition(
        "aws",
        "amazonaws.com",
        ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"]
    )

    /// All partitions, the standard one first.
    public static let all: [Partition] = [
        standard,
        Partition("aws-cn", "amazonaws.com.cn", ["cn"]),
        Partition("aws-us-gov", "amazonaws.com", ["us-gov"]),
        Partition("aws-iso", "c2s.ic.gov", ["us-iso"]),
        Partition("aws-iso-b", "sc2s.sgov.gov", ["us-isob"]),
        Partition("aws-iso-e", "cloud.adc-e.uk", ["eu-isoe"]),
        Partition("aws-iso-f", "csp.hci.ic.gov", ["us-isof"]),
        Partition("aws-eusc", "amazonaws.eu", ["eusc-de"]),
    ]

    /// The partition with an id, if there is one; case counts.
    public init?(id: String) {
        guard let partition = Self.all.first(where: { $0.id == id }) else { return nil }
        self = partition
    }

    /// The partition whose region codes have the form of this one, known or not.
    public init?(ofRegionCode code: String) {
        guard let partition = Self.all.first(where: { $0.owns(regionCode: code) }) else { return nil }
        self = partition
    }

    /// Whether a code has the form of the partition's regions: a prefix, a place in word characters, and a number.
    ///
    /// A code that is newer than this library passes; ``Region/known`` says which exist for certain.
    public func owns(regionCode code: String) -> Bool {
        let bytes = code.utf8
        guard let last = bytes.lastIndex(of: 0x2D), let before = bytes[..<last].lastIndex(of: 0x2D) else {
            return false
        }
        let number = bytes[bytes.index(after: last)...]
        let place = bytes[bytes.index(after: before)..<last]
        guard !number.isEmpty, number.allSatisfy(ByteClass.isDigit), !place.isEmpty else { return false }
        let isWord = place.allSatisfy { ByteClass.isLower($0) || ByteClass.isDigit($0) || $0 == UInt8(ascii: "_") }
        return isWord && regionPrefixes.contains { $0.utf8.elementsEqual(bytes[..<before]) }
    }

    /// The id.
    public var description: String { id }
}
