import Dialogue
import Intents
import Testing

@testable import Actions

@Suite("find_model_package_groups")
struct FindModelPackageGroupsTests {
    private func groups(_ names: [String]) -> Value {
        ["ModelPackageGroupSummaryList": .list(names.map { ["ModelPackageGroupName": .text($0)] })]
    }

    private func exchange(_ word: String, _ names: [String]) -> AWSExchange {
        .success(
            "sagemaker",
            "list-model-package-groups",
            parameters: ["NameContains": .text(word)],
            result: groups(names)
        )
    }

    private func find(_ keywords: String, _ exchanges: [AWSExchange]) async throws -> ActionResult {
        try await run(FindModelPackageGroups(), ["keywords": .text(keywords)], aws: RecordedAWS(exchanges))
    }

    private func names(_ result: ActionResult) -> [String] {
        (result.values["groups"]?.list ?? []).compactMap { $0.record?["name"]?.text }
    }

    @Test("words are tried together first")
    func triesWordsTogether() async throws {
        let result = try await find("support bot", [exchange("support-bot", ["support-bot-v2", "support-bot"])])
        #expect(result.outcome == "found")
        #expect(names(result) == ["support-bot-v2", "support-bot"])
    }

    @Test("then each alone, and what holds more of them comes first")
    func triesWordsAlone() async throws {
        let result = try await find(
            "something like the Support model of llama",
            [
                exchange("Support-llama", []), exchange("Support", ["Support-x"]),
                exchange("llama", ["llama-x", "Support-of-llama"]),
            ]
        )
        #expect(names(result) == ["Support-of-llama", "Support-x", "llama-x"])
    }

    @Test("then in lower case")
    func triesLowerCase() async throws {
        let result = try await find("Support", [exchange("Support", []), exchange("support", ["support-bot"])])
        #expect(names(result) == ["support-bot"])
    }

    @Test("the choice carries the ARN where there is one")
    func carriesARN() async throws {
        let list: Value = [
            "ModelPackageGroupSummaryList": [["ModelPackageGroupName": "g", "ModelPackageGroupArn": "arn:g"]]
        ]
        let result = try await find("gg", [.success("sagemaker", "list-model-package-groups", result: list)])
        #expect(result.values["groups"] == [["id": "arn:g", "name": "g"]])
    }

    @Test("nothing found, and nothing to look for, are none", arguments: ["???", "", "support", "-"])
    func tellsNone(keywords: String) async throws {
        #expect(try await find(keywords, [exchange("support", [])]) == ActionResult(outcome: "none"))
    }

    @Test(
        "only what a name can hold is left of the words",
        arguments: [
            ("my-bot's \"v2\"; rm -rf /", ["my-bot", "s", "v2", "rm", "rf"]),
            ("--a--b-- a--b A--B", ["a--b"]),
            ("žluť", ["lu"]),
            (String(repeating: "x", count: 64), []),
        ]
    )
    func reducesWords(text: String, words: [String]) {
        #expect(FindModelPackageGroups.words(text) == words)
    }

    @Test("a failed call is an outcome of its kind", arguments: AWSFailure.Kind.allCases)
    func reportsFailures(kind: AWSFailure.Kind) async throws {
        let result = try await find("support", [.failure("sagemaker", "list-model-package-groups", kind)])
        #expect(result.outcome == kind.rawValue)
    }
}

@Suite("list_model_package_versions")
struct ListModelPackageVersionsTests {
    @Test("versions are choices, the highest first, with status and day")
    func listsVersions() async throws {
        let list = packageList("g", [(1, "Completed"), (2, "Failed")])
        let aws = RecordedAWS([.success("sagemaker", "list-model-packages", region: "us-west-2", result: list)])
        let input: [String: Value] = ["group": "arn:aws:sagemaker:us-west-2:012345678901:model-package-group/g"]
        let result = try await run(ListModelPackageVersions(), input, aws: aws)
        let base = "arn:aws:sagemaker:us-west-2:012345678901:model-package/g"
        #expect(
            result
                == ActionResult(
                    outcome: "found",
                    values: [
                        "packages": [
                            ["id": .text("\(base)/2"), "name": "version 2, Failed, 2026-10-04"],
                            ["id": .text("\(base)/1"), "name": "version 1, Completed, 2026-10-03"],
                        ]
                    ]
                )
        )
    }

    @Test("a group without versions has none")
    func tellsNone() async throws {
        let aws = RecordedAWS([.success("sagemaker", "list-model-packages", result: packageList("g", []))])
        #expect(try await run(ListModelPackageVersions(), ["group": "g"], aws: aws) == ActionResult(outcome: "none"))
    }

    @Test(
        "what is no group is not asked about",
        arguments: [
            ("s3://b/k", "An ARN begins with arn:, as in arn:aws:service:region:account:resource."),
            ("arn:aws:s3:::b", "arn:aws:s3:::b is no model package group"),
        ]
    )
    func refusesOthers(group: String, detail: String) async throws {
        let result = try await run(ListModelPackageVersions(), ["group": .text(group)], aws: RecordedAWS([]))
        #expect(result == ActionResult(outcome: "aws_error", values: ["detail": .text(detail)]))
    }

    @Test("a failed call is an outcome of its kind", arguments: AWSFailure.Kind.allCases)
    func reportsFailures(kind: AWSFailure.Kind) async throws {
        let aws = RecordedAWS([.failure("sagemaker", "list-model-packages", kind)])
        #expect(try await run(ListModelPackageVersions(), ["group": "g"], aws: aws).outcome == kind.rawValue)
    }

    @Test(
        "times of both versions of the command give a day",
        arguments: [
            (.number(0), "1970-01-01"), (.number(-1), "1969-12-31"), (.number(951_782_400), "2000-02-29"),
            (.number(1_790_899_199), "2026-10-01"), ("1790899200.123", "2026-10-02"),
            ("2026-10-02T10:11:12.123000+02:00", "2026-10-02"), ("2026-10-02", "2026-10-02"), ("nan", nil), ("x", nil),
            ("", nil), (true, nil), (.number(.max), nil), ("1e300", nil),
        ] as [(Value, String?)]
    )
    func tellsDays(time: Value, day: String?) {
        #expect(AWSTime.day(time) == day)
    }
}
