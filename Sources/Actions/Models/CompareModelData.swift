public import Dialogue
public import Intents

/// Tells whether a model package's data lie where a training job was expected to write them.
///
/// `expected_output` is an S3 URI, or a name (of a job) that one part of the data's path must equal. Places are the same
/// where one is the other or a folder above it; a bucket alone counts only where the user named just the bucket.
public struct CompareModelData: Action {
    /// `compare_model_data`.
    public static let signature = ActionSignature(
        name: "compare_model_data",
        inputs: [.init("model_package_arn", .text), .init("expected_output", .text)],
        outputs: [.init("model_data", .text, isRequired: false)] + AWSOutcomes.outputs,
        outcomes: ["same_place", "other_place", "no_model_data"] + AWSOutcomes.failures()
    )

    /// Makes the action.
    public init() {}

    /// Compares the places.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let arn = input["model_package_arn"]?.text ?? ""
        let expected = input["expected_output"]?.text ?? ""
        return try await reportingFailures {
            let package = try await world.aws.describeModelPackage(arn)
            guard let data = package.modelData, !data.isEmpty else { return ActionResult(outcome: "no_model_data") }
            let outcome = Self.isSame(data, expected) ? "same_place" : "other_place"
            return ActionResult(outcome: outcome, values: ["model_data": .text(data)])
        }
    }

    static func isSame(_ data: String, _ expected: String) -> Bool {
        let place = parts(data)
        guard expected.hasPrefix("s3://") else { return place.contains(expected) }
        let wanted = parts(expected)
        guard !wanted.isEmpty else { return false }
        return place.starts(with: wanted) || (place.count > 1 && wanted.starts(with: place))
    }

    /// Bucket and path of an S3 URI, part by part.
    private static func parts(_ uri: String) -> [String] {
        uri.split(separator: "/").map(String.init).filter { $0 != "s3:" }
    }
}
