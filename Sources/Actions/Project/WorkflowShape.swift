/// What values of a state file look like, so that junk is not taken for a hint.
///
/// - Note: Source: the patterns of the SageMaker and S3 API references; regions by AWS's partition data.
enum WorkflowShape {
    /// Plain text of at most 2,000 characters.
    @Sendable static func isSentence(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 2000 && text.unicodeScalars.allSatisfy { $0.isPlainToRead || $0 == "\n" }
    }

    /// The S3 URI of an object.
    @Sendable static func isObject(_ text: String) -> Bool {
        guard isSentence(text), text.utf8.count <= 1024, !text.contains("\n") else { return false }
        guard case .object? = try? DatasetLocation(text) else { return false }
        return true
    }

    /// The S3 URI of a bucket or of a folder in one.
    @Sendable static func isBucketOrFolder(_ text: String) -> Bool {
        let bucket = text.dropFirst("s3://".count).prefix { $0 != "/" }
        return text.hasPrefix("s3://") && isSentence(text) && text.utf8.count <= 1024 && !text.contains("\n")
            && (3...63).contains(bucket.utf8.count)
    }

    /// A region's name, as in `us-west-2`.
    @Sendable static func isRegion(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), text.utf8.count <= 24, let first = parts.first, let last = parts.last
        else {
            return false
        }
        return ["af", "ap", "ca", "cn", "eu", "eusc", "il", "me", "mx", "sa", "us"].contains(first)
            && parts.dropFirst().dropLast().allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isLowercaseLetter) }
            && !last.isEmpty && last.utf8.allSatisfy(isDigit)
    }

    /// A name as SageMaker gives them to groups and jobs.
    @Sendable static func isEntityName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
            && text.utf8.allSatisfy {
                isLowercaseLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-")
                    || ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z"))
            }
    }

    /// The ARN of a model package, with or without its version.
    @Sendable static func isModelPackage(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == "sagemaker" else {
            return false
        }
        let resource = parts[5].split(separator: "/", omittingEmptySubsequences: false)
        return isRegion(String(parts[3])) && parts[4].utf8.count == 12 && parts[4].utf8.allSatisfy(isDigit)
            && (2...3).contains(resource.count) && resource[0] == "model-package" && isEntityName(String(resource[1]))
            && resource.dropFirst(2).allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isLowercaseLetter(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
}
