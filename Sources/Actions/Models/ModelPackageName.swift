/// What a user gave to name a model package: an ARN, a group, or something else.
///
/// ARN shapes are those of the SageMaker API (`ModelPackageArn`, `ModelPackageGroupArn`, `EntityName` in botocore's
/// service model), tested by their parts: a group ARN and an ARN without a version match the API's own pattern for
/// packages, and a group may be named with digits alone.
enum ModelPackageName: Hashable {
    /// A package with its version, as an ARN.
    case version(arn: String, partition: String, region: String, group: String, version: Int)
    /// A group: by name, with its ARN and region where it was given by one.
    case group(name: String, arn: String?, region: String?)
    /// Something that names no model package: what it is, and why it was not taken.
    case other(kind: String, detail: String)
}

extension ModelPackageName {
    /// Tells what a text names.
    init(_ text: String) {
        let text = text.drop(while: \.isWhitespace).description
        let trimmed = String(text.reversed().drop(while: \.isWhitespace).reversed())
        if trimmed.hasPrefix("arn:") {
            self = Self.arn(trimmed)
        } else if trimmed.hasPrefix("s3://") {
            self = .other(kind: "S3 location", detail: trimmed)
        } else if Self.isName(trimmed) {
            self = .group(name: trimmed, arn: nil, region: nil)
        } else {
            self = .other(
                kind: "text",
                detail: "a model package group's name has 1 to 63 letters, digits and hyphens between them"
            )
        }
    }

    /// The region an ARN names, of whatever it is.
    static func region(ofARN arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[3].isEmpty else { return nil }
        return String(parts[3])
    }

    private static func arn(_ arn: String) -> ModelPackageName {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6 else { return .other(kind: "ARN", detail: "an ARN has six parts between colons") }
        let (partition, service, region, account) = (parts[1], parts[2], parts[3], parts[4])
        let resource = parts[5].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard service == "sagemaker", resource[0] == "model-package" || resource[0] == "model-package-group" else {
            return .other(kind: kind(ofService: service, resource), detail: arn)
        }
        if let detail = problem(partition, region, account) { return .other(kind: "ARN", detail: detail) }
        switch (resource[0], resource.count) {
        case ("model-package-group", 2) where isName(resource[1]):
            return .group(name: resource[1], arn: arn, region: region)
        case ("model-package", 2) where isName(resource[1]):
            return .group(name: resource[1], arn: nil, region: region)
        case ("model-package", 3) where isName(resource[1]):
            guard let version = version(resource[2]) else {
                return .other(kind: "ARN", detail: "'\(resource[2])' is no version; versions are numbers from 1 on")
            }
            return .version(arn: arn, partition: partition, region: region, group: resource[1], version: version)
        default:
            return .other(kind: "ARN", detail: "'\(parts[5])' is not model-package/GROUP/VERSION")
        }
    }

    private static func problem(_ partition: String, _ region: String, _ account: String) -> String? {
        if !isDigits(account) || account.utf8.count != 12 {
            return "'\(account)' is no account id; one has 12 digits"
        }
        let isRegion =
            (9...16).contains(region.utf8.count)
            && region.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        if !isRegion { return "'\(region)' is no region" }
        guard Partition.isPartition(partition) else { return "'\(partition)' is no partition" }
        if let other = Partition.of(region: region), other != partition {
            return "region \(region) is in partition \(other), not \(partition)"
        }
        return nil
    }

    /// Whether a text is a name of an entity: letters, digits and hyphens, 1 to 63, a letter or digit at both ends.
    static func isName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D }
            && text.utf8.first != 0x2D && text.utf8.last != 0x2D
    }

    private static func version(_ text: String) -> Int? {
        guard isDigits(text), (1...9).contains(text.utf8.count), let number = Int(text), number > 0 else { return nil }
        return number
    }

    private static func isDigits(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// What an ARN of something else is, in words.
    private static func kind(ofService service: String, _ resource: [String]) -> String {
        switch (service, resource[0]) {
        case ("sagemaker", "hub-content"):
            switch resource.dropFirst(2).first {
            case "DataSet": "dataset"
            case "Model": "hub model"
            default: "hub content"
            }
        case ("sagemaker", let type) where type.contains(":"): "SageMaker resource"
        case ("sagemaker", let type): type.split(separator: "-").joined(separator: " ")
        case ("bedrock", let type): "Bedrock \(type.split(separator: "-").joined(separator: " "))"
        case ("s3", _): "S3 location"
        case ("iam", let type): "IAM \(type)"
        case ("sts", _): "session of an assumed role"
        default: "\(service) resource"
        }
    }
}
