import Actions
import Dialogue
import Intents
import Testing

@Suite("diagnose_role")
struct DiagnoseRoleTests {
    private let account = "012345678901"
    private let session = "arn:aws:sts::012345678901:assumed-role/Dev/me@example.com"

    private func caller(_ arn: String) -> AWSExchange {
        .success("sts", "get-caller-identity", result: ["Arn": .text(arn), "Account": .text(account), "UserId": "u"])
    }

    private func role(_ name: String, trusting services: Value, condition: Value? = nil) -> AWSExchange {
        var statement: [String: Value] = [
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": ["Service": services],
        ]
        if let condition { statement["Condition"] = condition }
        return .success(
            "iam",
            "get-role",
            parameters: ["RoleName": .text(name)],
            result: [
                "Role": ["RoleName": .text(name), "AssumeRolePolicyDocument": ["Statement": [.record(statement)]]]
            ]
        )
    }

    private func diagnose(_ exchanges: [AWSExchange], role arn: String? = nil) async throws -> ActionResult {
        try await run(DiagnoseRole(), arn.map { ["role_arn": .text($0)] } ?? [:], aws: RecordedAWS(exchanges))
    }

    private var known: [String: Value] {
        ["caller_arn": .text(session), "account": .text(account), "role_name": "Dev"]
    }

    @Test("a role that both services may assume is trusted")
    func tellsTrusted() async throws {
        let result = try await diagnose([
            caller(session), role("Dev", trusting: ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"]),
        ])
        #expect(result == ActionResult(outcome: "trusted", values: known.merging(["missing": []]) { $1 }))
    }

    @Test(
        "a missing service is named, with the statement that helps",
        arguments: [
            (["ec2.amazonaws.com"], ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"]),
            ("sagemaker.amazonaws.com", ["bedrock.amazonaws.com"]),
            ("bedrock.amazonaws.com", ["sagemaker.amazonaws.com"]),
        ] as [(Value, [String])]
    )
    func tellsNotTrusted(trusted: Value, missing: [String]) async throws {
        let result = try await diagnose([caller(session), role("Dev", trusting: trusted)])
        #expect(result.outcome == "not_trusted")
        #expect(result.values["missing"] == .list(missing.map { .text($0) }))
        let fix = try #require(result.values["fix"]?.text)
        for service in ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"] {
            #expect(fix.contains("\"\(service)\"") == missing.contains(service))
        }
    }

    @Test("trust under a condition is told")
    func tellsConditional() async throws {
        let result = try await diagnose([
            caller(session),
            role(
                "Dev",
                trusting: ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"],
                condition: ["StringEquals": ["aws:SourceAccount": "012345678901"]]
            ),
        ])
        #expect(result.outcome == "conditional")
    }

    @Test("the role that is given is looked at, by its name without the path")
    func looksAtGivenRole() async throws {
        let result = try await diagnose(
            [caller(session), role("Exec", trusting: ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"])],
            role: "arn:aws:iam::012345678901:role/service-role/Exec"
        )
        #expect(result.outcome == "trusted")
        #expect(result.values["role_name"] == "Exec")
        #expect(result.values["caller_arn"] == .text(session))
    }

    @Test("a region that is known is passed on")
    func passesRegion() async throws {
        let recorder = RecordingAWS(
            RecordedAWS([caller(session), role("Dev", trusting: ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"])])
        )
        let result = try await run(DiagnoseRole(), ["region": "eu-west-1"], aws: recorder)
        #expect(result.outcome == "trusted")
        #expect(recorder.cassette.exchanges.map(\.region) == ["eu-west-1", "eu-west-1"])
    }

    @Test(
        "who has no role is told what they are, without a call about roles",
        arguments: [
            ("arn:aws:iam::012345678901:user/me", "user"), ("arn:aws:iam::012345678901:root", "root user"),
            ("arn:aws:sts::012345678901:federated-user/me", "federated user"),
        ]
    )
    func tellsNoRole(arn: String, kind: String) async throws {
        let result = try await diagnose([caller(arn)])
        #expect(result.outcome == "no_role")
        #expect(result.values["identity_kind"] == .text(kind))
        #expect(result.values["caller_arn"] == .text(arn))
    }

    @Test("a role that single sign-on manages is told, because its trust cannot be edited")
    func tellsSSORole() async throws {
        let arn = "arn:aws:sts::012345678901:assumed-role/AWSReservedSSO_Developer_0123456789abcdef/me"
        let result = try await diagnose([caller(arn)])
        #expect(result.outcome == "sso_role")
        #expect(result.values["role_name"] == "AWSReservedSSO_Developer_0123456789abcdef")
    }

    @Test("a role that does not exist is missing")
    func tellsMissingRole() async throws {
        let result = try await diagnose([
            caller(session), .failure("iam", "get-role", .notFound, code: "NoSuchEntity", detail: "no"),
        ])
        #expect(result.outcome == "role_missing")
        #expect(result.values["detail"] == "NoSuchEntity: no")
        #expect(result.values["role_name"] == "Dev")
    }

    @Test("a role of another account cannot be looked up under its name here")
    func tellsOtherAccount() async throws {
        let result = try await diagnose([caller(session)], role: "arn:aws:iam::999999999999:role/Dev")
        #expect(result.outcome == "role_missing")
        #expect(result.values["detail"] == "the role is in account 999999999999, the credentials are for 012345678901")
    }

    @Test("a failed call is an outcome of its kind", arguments: AWSFailure.Kind.allCases.filter { $0 != .notFound })
    func reportsFailures(kind: AWSFailure.Kind) async throws {
        let first = try await diagnose([.failure("sts", "get-caller-identity", kind)])
        #expect(first.outcome == kind.rawValue)
        #expect(first.values["operation"] == "sts get-caller-identity")
        let second = try await diagnose([caller(session), .failure("iam", "get-role", kind)])
        #expect(second.outcome == kind.rawValue)
        #expect(second.values["operation"] == "iam get-role")
        #expect(second.values["role_name"] == "Dev")
    }

    @Test(
        "an answer that is not as the API says is a failure, never a trap",
        arguments: [[:], ["Role": "x"], ["Role": [:]], ["Role": ["AssumeRolePolicyDocument": "x"]]] as [Value]
    )
    func survivesOddAnswers(answer: Value) async throws {
        let result = try await diagnose([caller(session), .success("iam", "get-role", result: answer)])
        #expect(result.outcome == "aws_error")
    }
}
