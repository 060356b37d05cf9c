internal import Intents

/// Reads the web address of an object: of its bucket, of the S3 service, or of its page in the AWS console.
///
/// - Note: Source: Amazon S3 User Guide "Virtual hosting of general purpose buckets" (virtual-hosted and path style,
///   older `s3-REGION` hosts, dual-stack hosts). The addresses of the console are observed, not documented.
enum S3WebAddress {
    /// `bucket/key`, or `nil` if the address is not one of S3.
    static func place(of address: String) -> String? {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        let rest = address[scheme.upperBound...].prefix { $0 != "#" }
        let query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] } ?? ""
        let location = rest.prefix { $0 != "?" }
        let slash = location.firstIndex(of: "/") ?? location.endIndex
        let host = String(location[..<slash].prefix { $0 != ":" }).asciiLowercased
        let path = location[slash...].drop { $0 == "/" }
        if consoles.contains(where: { host == $0 || host.hasSuffix("." + $0) }) {
            return consolePlace(path: path, query: query)
        }
        guard let bucket = bucket(ofHost: host), let path = PercentEncoding.decoded(path) else { return nil }
        if bucket.isEmpty { return path.isEmpty ? nil : path }
        return bucket + "/" + path
    }

    /// The hosts of the console: of the public Regions, GovCloud and China.
    private static let consoles = [
        "console.aws.amazon.com", "console.amazonaws-us-gov.com", "console.amazonaws.cn",
    ]

    /// `bucket/key` of an address that lacks its `https://`, as browsers show it; `nil` if it is not one of S3.
    static func placeWithoutScheme(of address: String) -> String? {
        // A bare host names no place, and a word with a slash no host.
        guard let slash = address.utf8.firstIndex(of: UInt8(ascii: "/")),
            address[..<slash].utf8.contains(UInt8(ascii: ".")),
            !address.contains("://")
        else { return nil }
        return place(of: "https://" + address)
    }

    /// The bucket in front of an S3 host, `""` for a host of the service itself, `nil` for another host.
    private static func bucket(ofHost host: String) -> String? {
        // The longest suffix first, as amazonaws.com.cn is not amazonaws.com with a region.
        guard
            let suffix = Partition.all.map(\.dnsSuffix).filter({ host.hasSuffix("." + $0) }).max(by: {
                $0.count < $1.count
            })
        else { return nil }
        let labels = host.dropLast(suffix.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        // BUCKET . (s3 | s3-REGION) [. dualstack] [. REGION]
        guard let service = labels.lastIndex(where: { $0 == "s3" || $0.hasPrefix("s3-") }) else { return nil }
        let after = labels[(service + 1)...].drop { $0 == "dualstack" }
        guard after.isEmpty || after.count == 1 && Partition(ofRegionCode: after.joined()) != nil else { return nil }
        return labels[..<service].joined(separator: ".")
    }

    /// `/s3/object/BUCKET?prefix=KEY`, `/s3/buckets/BUCKET?prefix=FOLDER/`, and the older `/s3/object/BUCKET/KEY`.
    private static func consolePlace(path: Substring, query: Substring) -> String? {
        let segments = path.split(separator: "/", maxSplits: 3)
        guard segments.count >= 3, segments[0] == "s3", segments[1] == "object" || segments[1] == "buckets" else {
            return nil
        }
        for parameter in query.split(separator: "&") where parameter.hasPrefix("prefix=") {
            // A form writes a space as a plus sign.
            let spaced = String(parameter.dropFirst(7).map { $0 == "+" ? " " : $0 })
            return PercentEncoding.decoded(spaced[...]).map { "\(segments[2])/\($0)" }
        }
        guard segments.count == 4 else { return "\(segments[2])/" }
        return PercentEncoding.decoded(segments[3]).map { "\(segments[2])/\($0)" }
    }
}
