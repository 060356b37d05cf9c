internal import AWS
public import Dialogue
public import Intents

/// Turns what a user names a model package by (an ARN with a version, a group's name or ARN, an ARN without a version)
/// into the ARN of one version: of a group, the newest that is completed.
///
/// `resolved_older` tells that newer versions exist which are not completed; `skipped` says which. An ARN with a version
/// is checked for its shape and returned without a call. An ARN without a version names its group.
public struct ResolveModelPackage: Action {
    /// `resolve_model_package`.
    public static let signature = ActionSignature(
        name: "resolve_model_package",
        inputs: [.init("reference", .text), .init("region", .text, isRequired: false)],
        outputs: [
            .init("model_package_arn", .text, isRequired: false),
            .init("model_package_group", .text, isRequired: false),
            .init("model_package_version", .number, isRequired: false),
            .init("skipped", .texts, isRequired: false),
            .init("approval", .text, isRequired: false),
            .init("kind", .text, isRequired: false),
        ] + AWSOutcomes.outputs,
        outcomes: ["resolved", "resolved_older", "empty_group", "none_completed", "wrong_kind"] + AWSOutcomes.failures()
    )

    /// How many skipped versions are told.
    private static let skippedLimit = 10

    /// Makes the action.
    public init() {}

    /// Resolves the reference.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let reference: ModelPackageReference
        do throws(EntityProblem) {
            reference = try ModelPackageReference(parsing: input["reference"]?.text ?? "")
        } catch {
            return wrongKind("something else", detail: error.message)
        }
        switch reference.kind {
        case .versionedPackage(let group, let version):
            var values: [String: Value] = [
                "model_package_arn": .text(reference.description), "model_package_group": .text(group),
                "model_package_version": .number(version), "skipped": [],
            ]
            values["region"] = reference.arn.map { .text($0.region) }
            return ActionResult(outcome: "resolved", values: values)
        case .unversionedPackage(let name), .group(let name), .bareName(let name):
            return try await reportingFailures {
                progress("Asking SageMaker for the versions of \(name)")
                let region = reference.group?.region ?? input["region"]?.text
                let packages = try await world.aws.listModelPackages(
                    group: reference.group?.name ?? name,
                    region: region
                )
                return result(of: packages, group: name, region: region)
            }
        case .otherResource(let kind):
            return wrongKind(kind, detail: reference.description)
        }
    }

    private func wrongKind(_ kind: String, detail: String) -> ActionResult {
        ActionResult(outcome: "wrong_kind", values: ["kind": .text(kind), "detail": .text(detail)])
    }

    /// The outcome for a group's packages, which come with the highest version first.
    private func result(of packages: [ModelPackageSummary], group: String, region: String?) -> ActionResult {
        var values: [String: Value] = ["model_package_group": .text(group)]
        if let region { values["region"] = .text(region) }
        guard !packages.isEmpty else { return ActionResult(outcome: "empty_group", values: values) }
        let newer = packages.prefix { !$0.isCompleted }
        values["skipped"] = .list(
            newer.prefix(Self.skippedLimit).map { .text("version \($0.version) is \($0.status)") }
        )
        guard let package = packages.first(where: \.isCompleted) else {
            return ActionResult(outcome: "none_completed", values: values)
        }
        values["model_package_arn"] = .text(package.arn)
        values["model_package_version"] = .number(package.version)
        if let region = ARN.region(of: package.arn) { values["region"] = .text(region) }
        if let approval = package.approval { values["approval"] = .text(approval) }
        return ActionResult(outcome: newer.isEmpty ? "resolved" : "resolved_older", values: values)
    }
}
