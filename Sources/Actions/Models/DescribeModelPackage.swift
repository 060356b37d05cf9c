internal import AWS
public import Dialogue
public import Intents

/// Looks a model package up and tells whether the evaluation can use it.
///
/// It asks in the ARN's own region. A package is `usable` when it is completed and its first container names a base
/// model that is not of the Nova family, because the evaluator of the SageMaker SDK takes no others.
public struct DescribeModelPackage: Action {
    /// `describe_model_package`.
    public static let signature = ActionSignature(
        name: "describe_model_package",
        inputs: [.init("model_package_arn", .text)],
        outputs: [
            .init("status", .text, isRequired: false),
            .init("base_model", .text, isRequired: false),
            .init("base_model_version", .text, isRequired: false),
            .init("model_data", .text, isRequired: false),
            .init("group", .text, isRequired: false),
            .init("version", .number, isRequired: false),
            .init("partition_note", .text, isRequired: false),
        ] + AWSOutcomes.outputs,
        outcomes: ["usable", "not_completed", "no_base_model", "nova_base"] + AWSOutcomes.failures()
    )

    /// Said of a command that leaves base models out of its answers.
    ///
    /// - Note: Source: botocore 1.42.2 of 2025-12-03, the first with `ModelPackageContainerDefinition.BaseModel`.
    private static let tooOld = "this aws command cannot tell the base model of a package; December 2025 or later can"

    /// Makes the action.
    public init() {}

    /// Describes the package.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let arn = input["model_package_arn"]?.text ?? ""
        return try await reportingFailures {
            progress("Asking SageMaker about the model package")
            let package = try await world.aws.describeModelPackage(arn)
            let outcome = outcome(of: package)
            if outcome == "no_base_model", !(await knowsBaseModels(world.aws)) {
                throw FailedCall(
                    failure: AWSFailure(.cliMissing, detail: Self.tooOld),
                    request: AWSRequest("sagemaker", "describe-model-package", region: ARN.region(of: arn))
                )
            }
            return ActionResult(outcome: outcome, values: values(of: package, asked: arn))
        }
    }

    /// The operation that makes packages takes what the one that describes them gives.
    private func knowsBaseModels(_ aws: any AWSClient) async -> Bool {
        await aws.knows("BaseModel", inInputOf: "create-model-package", of: "sagemaker")
    }

    private func outcome(of package: ModelPackageDescription) -> String {
        guard package.status == "Completed" else { return "not_completed" }
        guard let base = package.baseModel, !base.isEmpty else { return "no_base_model" }
        return base.lowercased().contains("nova") ? "nova_base" : "usable"
    }

    private func values(of package: ModelPackageDescription, asked: String) -> [String: Value] {
        var values: [String: Value] = ["status": .text(package.status)]
        values["base_model"] = package.baseModel.map { .text($0) }
        values["base_model_version"] = package.baseModelVersion.map { .text($0) }
        values["model_data"] = package.modelData.map { .text($0) }
        values["group"] = package.group.map { .text($0) }
        values["version"] = package.version.map { .number($0) }
        values["region"] = ARN.region(of: asked).map { .text($0) }
        if let reference = try? ModelPackageReference(parsing: asked),
            case .versionedPackage(let group, let version) = reference.kind
        {
            values["group"] = values["group"] ?? .text(group)
            values["version"] = values["version"] ?? .number(version)
            if let partition = reference.arn?.partition, !reference.isStandardPartition {
                // Source: sagemaker-train 1.7.0 and 1.27.0, which test for the literal beginning `arn:aws:sagemaker:`.
                values["partition_note"] = .text(
                    "It is in partition \(partition); the SageMaker SDK's evaluator takes packages of partition aws only."
                )
            }
        }
        return values
    }
}
