import Intents

/// The calls about who the user is. Each throws ``FailedCall`` or `CancellationError`.
extension AWSClient {
    /// Who the credentials belong to.
    func callerIdentity(region: String?) async throws -> (arn: String, account: String) {
        let answer = try await answer(AWSRequest("sts", "get-caller-identity", region: region))
        return (try answer.text("Arn"), try answer.text("Account"))
    }

    /// The trust policy of a role of the caller's account, by the role's name without a path.
    func trustPolicy(ofRole name: String, region: String?) async throws -> TrustPolicy {
        let request = AWSRequest("iam", "get-role", region: region, parameters: ["RoleName": .text(name)])
        let answer = try await answer(request)
        let role = try answer.record("Role")
        guard let policy = role.fields["AssumeRolePolicyDocument"].flatMap({ TrustPolicy($0) }) else {
            throw role.unexpected("AssumeRolePolicyDocument", "a policy")
        }
        return policy
    }
}
