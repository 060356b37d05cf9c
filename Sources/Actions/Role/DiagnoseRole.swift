public import Dialogue
public import Intents

/// Tells whether the role that an evaluation would run with can be assumed by the services that need it.
///
/// Without `role_arn` it is the role of the credentials in use. Both Bedrock, which judges, and SageMaker, which runs the
/// pipeline, must be trusted. Permissions of the role are not looked at. Roles have no region, but version 2 of the `aws`
/// command wants one where none is configured: `region`.
public struct DiagnoseRole: Action {
    /// `diagnose_role`.
    public static let signature = ActionSignature(
        name: "diagnose_role",
        inputs: [.init("role_arn", .text, isRequired: false), .init("region", .text, isRequired: false)],
        outputs: [
            .init("caller_arn", .text, isRequired: false),
            .init("account", .text, isRequired: false),
            .init("role_name", .text, isRequired: false),
            .init("identity_kind", .text, isRequired: false),
            .init("missing", .texts, isRequired: false),
            .init("fix", .text, isRequired: false),
        ] + AWSOutcomes.outputs,
        outcomes: ["trusted", "not_trusted", "conditional", "no_role", "sso_role", "role_missing"]
            + AWSOutcomes.failures(except: [.notFound])
    )

    /// The services that must be able to assume the role.
    ///
    /// - Note: Source: README of the SageMaker AI agent plugin, "Callouts"; Amazon Bedrock User Guide, "Service role
    ///   requirements for model evaluation jobs that use a judge model".
    private static let services = ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"]
    /// How the names of roles begin that single sign-on makes and manages.
    private static let managedPrefix = "AWSReservedSSO_"

    /// Makes the action.
    public init() {}

    /// Diagnoses the role.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let region = input["region"]?.text
        var known: [String: Value] = [:]
        do {
            progress("Asking who the credentials belong to")
            let caller = try await world.aws.callerIdentity(region: region)
            known["caller_arn"] = .text(caller.arn)
            known["account"] = .text(caller.account)
            let arn = input["role_arn"]?.text ?? caller.arn
            guard case .role(let name) = CallerIdentity(arn: arn) else {
                return noRole(arn, known)
            }
            known["role_name"] = .text(name)
            if name.hasPrefix(Self.managedPrefix) { return ActionResult(outcome: "sso_role", values: known) }
            if let account = CallerIdentity.account(ofARN: arn), account != caller.account {
                known["detail"] = .text("the role is in account \(account), the credentials are for \(caller.account)")
                return ActionResult(outcome: "role_missing", values: known)
            }
            progress("Looking at the trust policy of \(name)")
            return result(of: try await world.aws.trustPolicy(ofRole: name, region: region), known)
        } catch let failed as FailedCall {
            var result = ActionResult(failed, values: known)
            if failed.failure.kind == .notFound { result.outcome = "role_missing" }
            return result
        }
    }

    private func noRole(_ arn: String, _ known: [String: Value]) -> ActionResult {
        var values = known
        if case .noRole(let kind) = CallerIdentity(arn: arn) { values["identity_kind"] = .text(kind) }
        return ActionResult(outcome: "no_role", values: values)
    }

    private func result(of trust: TrustPolicy, _ known: [String: Value]) -> ActionResult {
        let trusts = Self.services.map { (service: $0, trust: trust.trust(in: $0)) }
        let missing = trusts.filter { $0.trust == .never }.map(\.service)
        var values = known
        values["missing"] = .list(missing.map { .text($0) })
        if !missing.isEmpty {
            values["fix"] = .text(TrustPolicy.statement(trusting: missing))
            return ActionResult(outcome: "not_trusted", values: values)
        }
        let isConditional = trusts.contains { $0.trust == .underCondition }
        return ActionResult(outcome: isConditional ? "conditional" : "trusted", values: values)
    }
}
