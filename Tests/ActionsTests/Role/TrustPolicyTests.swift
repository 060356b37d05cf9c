import Intents
import Testing

@testable import Actions

@Suite("Trust policies")
struct TrustPolicyTests {
    static func policy(_ statements: String) -> String {
        #"{"Version": "2012-10-17", "Statement": \#(statements)}"#
    }

    private static let allow = #""Effect": "Allow", "Action": "sts:AssumeRole""#
    private static let both = #""Principal": {"Service": ["sagemaker.amazonaws.com", "bedrock.amazonaws.com"]}"#
    private static let condition = #""Condition": {"StringEquals": {"aws:SourceAccount": "012345678901"}}"#

    @Test(
        "who is trusted, by all the ways to write it",
        arguments: [
            (policy("[{\(allow), \(both)}]"), .always),
            (policy("{\(allow), \(both)}"), .always),
            (policy(#"[{\#(allow), "Principal": {"Service": "bedrock.amazonaws.com"}}]"#), .always),
            (policy(#"[{\#(allow), "Principal": {"Service": "Bedrock.amazonaws.com"}}]"#), .always),
            (policy(#"[{\#(allow), "Principal": "*"}]"#), .always),
            (policy(#"[{\#(allow), "Principal": {"AWS": "*"}}]"#), .always),
            (policy(#"[{\#(allow), "Principal": {"AWS": ["*"]}}]"#), .always),
            (policy(#"[{"Effect": "Allow", "Action": "sts:*", \#(both)}]"#), .always),
            (policy(#"[{"Effect": "Allow", "Action": "*", \#(both)}]"#), .always),
            (policy(#"[{"Effect": "Allow", "Action": ["sts:TagSession", "sts:assumerole"], \#(both)}]"#), .always),
            (policy(#"[{"Effect": "Allow", "Action": "sts:Assume?ole", \#(both)}]"#), .always),
            (policy(#"[{"Effect": "Allow", "NotAction": "s3:*", \#(both)}]"#), .always),
            (policy(#"[{\#(allow), \#(both), "Condition": {}}]"#), .always),
            (policy("[{\(allow), \(both), \(condition)}, {\(allow), \(both)}]"), .always),
            (policy("[{\(allow), \(both), \(condition)}]"), .underCondition),
            (
                policy(#"[{\#(allow), \#(both)}, {"Effect": "Deny", "Action": "*", "Principal": "*", \#(condition)}]"#),
                .underCondition
            ),
            (
                policy(#"[{"Effect": "Deny", "Action": "*", "Principal": "*", \#(condition)}, {\#(allow), \#(both)}]"#),
                .underCondition
            ),
            (policy(#"[{\#(allow), \#(both)}, {"Effect": "Deny", "Action": "*", "Principal": "*"}]"#), .never),
            (policy(#"[{"Effect": "Deny", "Action": "*", "Principal": "*", \#(condition)}]"#), .never),
            (
                policy(
                    #"[{\#(allow), \#(both)}, {"Effect": "Deny", "Action": "sts:*", "NotPrincipal": {"AWS": "a"}}]"#
                ), .never
            ),
            (policy(#"[{"Effect": "Deny", "Action": "sts:AssumeRole", \#(both)}]"#), .never),
            (policy(#"[{\#(allow), "Principal": {"Service": "ec2.amazonaws.com"}}]"#), .never),
            (policy(#"[{\#(allow), "Principal": {"AWS": "bedrock.amazonaws.com"}}]"#), .never),
            (policy(#"[{"Effect": "Allow", "Action": "sts:AssumeRoleWithSAML", \#(both)}]"#), .never),
            (policy(#"[{"Effect": "Allow", "NotAction": "sts:*", \#(both)}]"#), .never),
            (policy(#"[{\#(allow), "Principal": 3}, "x", {\#(allow)}]"#), .never),
            (policy("[]"), .never),
        ] as [(String, TrustPolicy.Trust)]
    )
    func tellsTrust(json: String, trust: TrustPolicy.Trust) throws {
        let text = try #require(TrustPolicy(.text(json)))
        #expect(text.trust(in: "bedrock.amazonaws.com") == trust)
        let document = try #require(try AWSJSON.decode(Array(json.utf8)))
        let record = try #require(TrustPolicy(document))
        #expect(record == text)
    }

    @Test("a percent-encoded policy is read as the bare API writes it")
    func readsPercentEncoded() throws {
        let encoded =
            "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22"
            + "bedrock.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D"
        #expect(try #require(TrustPolicy(.text(encoded))).trust(in: "bedrock.amazonaws.com") == .always)
    }

    @Test("what is no policy is none", arguments: ["", "x", "%ZZ", "[]", "{}", 3, ["Version": "x"], []] as [Value])
    func refusesOthers(document: Value) {
        #expect(TrustPolicy(document) == nil)
    }

    @Test("the statement to add makes the role trusted")
    func statementWorks() throws {
        let services = ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"]
        let statement = TrustPolicy.statement(trusting: services)
        let policy = try #require(TrustPolicy(.text(Self.policy("[\(statement)]"))))
        for service in services { #expect(policy.trust(in: service) == .always) }
    }

    @Test(
        "the name of a role is found by the type of the ARN",
        arguments: [
            ("arn:aws:sts::012345678901:assumed-role/Dev/me@example.com", .role(name: "Dev")),
            ("arn:aws:sts::012345678901:assumed-role/role/a=b.c", .role(name: "role")),
            ("arn:aws:iam::012345678901:role/Dev", .role(name: "Dev")),
            ("arn:aws:iam::012345678901:role/service-role/path/AmazonSageMaker-1", .role(name: "AmazonSageMaker-1")),
            ("arn:aws-us-gov:iam::012345678901:role/Dev", .role(name: "Dev")),
            ("arn:aws:iam::012345678901:user/team/me", .noRole(kind: "user")),
            ("arn:aws:iam::012345678901:root", .noRole(kind: "root user")),
            ("arn:aws:sts::012345678901:federated-user/me", .noRole(kind: "federated user")),
            ("arn:aws:iam::012345678901:role/", .noRole(kind: "no identity")),
            ("arn:aws:iam::012345678901:role", .noRole(kind: "no identity")),
            ("arn:aws:sts::012345678901:assumed-role/Dev", .noRole(kind: "no identity")),
            ("arn:aws:s3:::role/Dev", .noRole(kind: "no identity")),
            ("Dev", .noRole(kind: "no identity")),
            ("", .noRole(kind: "no identity")),
        ] as [(String, CallerIdentity)]
    )
    func findsRoleNames(arn: String, identity: CallerIdentity) {
        #expect(CallerIdentity(arn: arn) == identity)
    }
}
