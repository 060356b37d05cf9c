import Actions
import Diagnostics
import Intents
import Testing

@Suite("Cassettes")
struct CassetteTests {
    @Test("every part of an entry is read")
    func readsEveryPart() throws {
        let yaml = """
            exchanges:
              - service: sagemaker
                operation: list-model-packages
                region: us-west-2
                parameters:
                  ModelPackageGroupName: support-bot
                  MaxResults: 100
                result:
                  ModelPackageSummaryList:
                    - ModelPackageVersion: 3
                      ModelPackageStatus: Completed
                      Note: null
                      Quoted: "3"
                      Date: 2026-10-02
                      Answer: yes
                      IsLatest: true
              - service: sts
                operation: get-caller-identity
                failure: {kind: expired_credentials, code: ExpiredToken, detail: it is expired}
              - service: s3api
                operation: get-object
                body: |
                  {"query": "a"}
              - service: s3api
                operation: get-object
                result: {ContentLength: 2}
                body_base64: H4s=
            """
        let exchanges = try Cassette(yaml: yaml, file: "a.yaml").exchanges
        #expect(
            exchanges == [
                .success(
                    "sagemaker",
                    "list-model-packages",
                    region: "us-west-2",
                    parameters: ["ModelPackageGroupName": "support-bot", "MaxResults": 100],
                    result: [
                        "ModelPackageSummaryList": [
                            [
                                "ModelPackageVersion": 3, "ModelPackageStatus": "Completed", "Quoted": "3",
                                "Date": "2026-10-02", "Answer": "yes", "IsLatest": true,
                            ]
                        ]
                    ]
                ),
                .failure(
                    "sts",
                    "get-caller-identity",
                    .expiredCredentials,
                    code: "ExpiredToken",
                    detail: "it is expired"
                ),
                .success("s3api", "get-object", body: Array("{\"query\": \"a\"}\n".utf8)),
                .success("s3api", "get-object", result: ["ContentLength": 2], body: [0x1F, 0x8B]),
            ]
        )
    }

    @Test(
        "what is wrong is told with its place",
        arguments: [
            ("", "c.yaml:1:1: error: the file is empty"),
            ("exchanges: [", "c.yaml:2:1: error: not valid YAML"),
            ("- a", "c.yaml:1:1: error: a cassette is written as 'key: value' lines"),
            ("exchange: []", "c.yaml:1:1: error: a cassette has no field 'exchange'; did you mean 'exchanges'?"),
            ("{}", "c.yaml:1:1: error: a cassette needs 'exchanges'"),
            ("exchanges:", "c.yaml:1:1: error: 'exchanges' of a cassette is empty"),
            ("exchanges: 3", "c.yaml:1:12: error: 'exchanges' of a cassette is a list"),
            ("exchanges: [3]", "c.yaml:1:13: error: an exchange is written as 'key: value' lines"),
            (
                "exchanges:\n  - service: sts\n    operation: x",
                "c.yaml:2:5: error: an exchange needs one of 'result', 'failure', 'body', 'body_base64'"
            ),
            ("exchanges:\n  - operation: x\n    result: {}", "c.yaml:2:5: error: an exchange needs 'service'"),
            (
                "exchanges:\n  - {service: '', operation: o, result: {}}",
                "c.yaml:2:6: error: 'service' of an exchange is empty"
            ),
            (
                "exchanges:\n  - {service: s, operation: [], result: {}}",
                "c.yaml:2:29: error: 'operation' of an exchange is one text"
            ),
            (
                "exchanges:\n  - {service: s, operation: o, result: {}, failure: {kind: denied}}",
                """
                c.yaml:2:5: error: an exchange has either 'failure' or an answer ('result', 'body', 'body_base64'), \
                not both
                """
            ),
            (
                "exchanges:\n  - {service: s, operation: o, failure: {kind: denid}}",
                "c.yaml:2:48: error: there is no kind of failure 'denid'; did you mean 'denied'?"
            ),
            (
                "exchanges:\n  - {service: s, operation: o, failure: {kind: perhaps}}",
                """
                c.yaml:2:48: error: there is no kind of failure 'perhaps'; it is one of not_found, denied, \
                expired_credentials, no_credentials, no_region, throttled, unreachable, cli_missing, offline, aws_error
                """
            ),
            (
                "exchanges:\n  - {service: s, operation: o, body_base64: '*'}",
                "c.yaml:2:45: error: 'body_base64' is not base64"
            ),
            (
                "exchanges:\n  - {service: s, operation: o, body_base64: YQ==, body: a}",
                "c.yaml:2:45: error: an exchange has either 'body' or 'body_base64', not both"
            ),
            (
                "exchanges:\n  - {service: s, operation: o, parameters: 1, result: {}}",
                "c.yaml:2:44: error: 'parameters' of an exchange is written as 'key: value' lines"
            ),
        ]
    )
    func tellsWhatIsWrong(yaml: String, message: String) throws {
        let error = try #require(throws: DiagnosticsError.self) { try Cassette(yaml: yaml, file: "c.yaml") }
        #expect(error.description.contains(message), "\(error)")
    }

    @Test(
        "an empty answer is one",
        arguments: ["result:", "result: {}", "result: ~", "body:", "body: ''", "body_base64: ''"]
    )
    func emptyAnswers(field: String) throws {
        let yaml = "exchanges:\n  - service: s\n    operation: o\n    \(field)"
        #expect(try Cassette(yaml: yaml, file: "c.yaml").exchanges == [.success("s", "o", result: [:])])
    }

    @Test("all problems come at once")
    func tellsAllProblems() throws {
        let yaml = "exchanges:\n  - {service: a, result: {}}\n  - {operation: b, result: {}, colour: red}\n"
        let error = try #require(throws: DiagnosticsError.self) { try Cassette(yaml: yaml, file: "c.yaml") }
        #expect(error.diagnostics.map(\.location.line) == [2, 3, 3])
    }

    @Test(
        "what is written reads back the same",
        arguments: [
            "", " ", "plain", "true", "Yes", "null", "~", "3", "-3", "03", "1.5", "2026-10-02", "a: b", "- a", "#a",
            "'",
            "\"", "a\nb", "a\nb\n", "\n", "  indented\n  lines", "trailing \nspace", "tab\tin", "cr\r\nlf", "žluť 日本 👍",
            "nul\u{0}", "del\u{7F}", "{a: b}", "[a]", "&a", "*a", "!a", "%a", "@a", "`a", ">", "|",
            "? a",
            "a #b", "a:", "\u{2028}", "\u{85}",
        ]
    )
    func roundTrips(text: String) throws {
        let cassette = Cassette(exchanges: [
            .success(
                "s3api",
                "get-object",
                parameters: ["Key": .text(text), text: 1],
                result: [text: .text(text), "list": [.text(text), 3, true, [], [:]]],
                body: Array(text.utf8)
            ),
            .success("s3api", "get-object", parameters: [:], body: [0x1F, 0x8B, 0x00] + Array(text.utf8)),
            .failure("sts", "get-caller-identity", region: "us-east-1", .denied, code: "AccessDenied", detail: text),
        ])
        let yaml = try cassette.yaml()
        #expect(try Cassette(yaml: yaml, file: "c.yaml") == cassette, "\(yaml)")
    }

    @Test("a body that begins with a byte order mark keeps it")
    func bodyKeepsByteOrderMark() throws {
        let cassette = Cassette(exchanges: [.success("s3api", "get-object", body: Array("\u{FEFF}{}\r\n".utf8))])
        #expect(try Cassette(yaml: cassette.yaml(), file: "c.yaml") == cassette)
    }

    @Test("it is written for people")
    func isWrittenForPeople() throws {
        let cassette = Cassette(exchanges: [
            .success(
                "sagemaker",
                "list-model-packages",
                region: "us-west-2",
                parameters: ["ModelPackageGroupName": "support-bot"],
                result: ["ModelPackageSummaryList": [["ModelPackageVersion": 3]]]
            ),
            .success("s3api", "get-object", body: Array("{\"a\": 1}\n{\"a\": 2}\n".utf8)),
        ])
        #expect(
            try cassette.yaml() == """
                exchanges:
                - service: sagemaker
                  operation: list-model-packages
                  region: us-west-2
                  parameters:
                    ModelPackageGroupName: support-bot
                  result:
                    ModelPackageSummaryList:
                    - ModelPackageVersion: 3
                - service: s3api
                  operation: get-object
                  body: |
                    {"a": 1}
                    {"a": 2}

                """
        )
    }
}
