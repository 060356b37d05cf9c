internal import AWS
public import Dialogue
public import Intents

/// Lists the versions of a model package group as choices, the highest first: `version 3, Completed, 2026-10-02`.
public struct ListModelPackageVersions: Action {
    /// `list_model_package_versions`.
    public static let signature = ActionSignature(
        name: "list_model_package_versions",
        inputs: [.init("group", .text), .init("region", .text, isRequired: false)],
        outputs: [.init("packages", .options, isRequired: false)] + AWSOutcomes.outputs,
        outcomes: ["found", "none"] + AWSOutcomes.failures()
    )

    /// How many versions are told.
    private static let limit = 50

    /// Makes the action.
    public init() {}

    /// Lists the versions; the group is a name or an ARN.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let reference: ModelPackageReference
        do throws(EntityProblem) {
            reference = try ModelPackageReference(parsing: input["group"]?.text ?? "")
        } catch {
            return refused(error.message)
        }
        guard let group = reference.group else {
            return refused("\(reference) is no model package group")
        }
        return try await reportingFailures {
            progress("Asking SageMaker for the versions of the group")
            let region = group.region ?? input["region"]?.text
            let packages = try await world.aws.listModelPackages(group: group.name, region: region)
            guard !packages.isEmpty else { return ActionResult(outcome: "none") }
            let options = packages.prefix(Self.limit).map { package in
                let name = ["version \(package.version)", package.status, package.day].compactMap(\.self)
                return Value.record(["id": .text(package.arn), "name": .text(name.joined(separator: ", "))])
            }
            return ActionResult(outcome: "found", values: ["packages": .list(options)])
        }
    }

    private func refused(_ detail: String) -> ActionResult {
        ActionResult(outcome: AWSFailure.Kind.other.rawValue, values: ["detail": .text(detail)])
    }
}
