/// The partitions of AWS: parts of the cloud with accounts, regions and endpoints of their own.
///
/// Source: botocore `partitions.json`, read 2026-11-23.
enum Partition {
    /// Whether a name has the shape of a partition's: `aws`, or `aws-` and letters and hyphens.
    static func isPartition(_ name: String) -> Bool {
        name.hasPrefix("aws") && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
    }

    /// The partition whose regions are named like this one, or `nil` where none is known.
    static func of(region: String) -> String? {
        // Longer beginnings first: `us-gov-` and `us-iso-` are not in the partition of `us-`.
        let beginnings: [(String, String)] = [
            ("us-gov-", "aws-us-gov"), ("us-isob-", "aws-iso-b"), ("us-isof-", "aws-iso-f"), ("us-iso-", "aws-iso"),
            ("eu-isoe-", "aws-iso-e"), ("eusc-", "aws-eusc"), ("cn-", "aws-cn"),
            ("us-", "aws"), ("eu-", "aws"), ("ap-", "aws"), ("sa-", "aws"), ("ca-", "aws"), ("me-", "aws"),
            ("af-", "aws"), ("il-", "aws"), ("mx-", "aws"),
        ]
        return beginnings.first { region.hasPrefix($0.0) }?.1
    }
}
