import Actions
import Dialogue
import Intents
import Testing

@Suite("diagnose_role against a stand-in", .enabled(if: RealParts.areThere, RealParts.reason))
struct RealRoleTests {
    @Test(
        "each identity is diagnosed as it is",
        arguments: [
            ("trusted", "trusted", []), ("conditional", "conditional", []),
            ("path", "not_trusted", ["bedrock.amazonaws.com"]),
            ("untrusted", "not_trusted", ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"]),
            ("sso", "sso_role", nil),
            ("user", "no_role", nil), ("limited", "no_role", nil), ("unknown-key", "no_credentials", nil),
        ] as [(String, String, [String]?)]
    )
    func diagnoses(profile: String, outcome: String, missing: [String]?) async throws {
        let result = try await run(DiagnoseRole(), [:], aws: RealParts.client(profile: profile))
        #expect(result.outcome == outcome)
        #expect(result.values["missing"] == missing.map { .list($0.map { .text($0) }) })
    }

    @Test("a role that is given is looked at, and one that does not exist is missing")
    func looksAtGivenRole() async throws {
        let base = "arn:aws:iam::123456789012:role"
        let given = try await run(
            DiagnoseRole(),
            ["role_arn": .text("\(base)/service-role/EvaluationExecution")],
            aws: RealParts.client(profile: "user")
        )
        #expect(given.outcome == "not_trusted")
        let missing = try await run(
            DiagnoseRole(),
            ["role_arn": .text("\(base)/Nobody")],
            aws: RealParts.client(profile: "user")
        )
        #expect(missing.outcome == "role_missing")
    }
}
