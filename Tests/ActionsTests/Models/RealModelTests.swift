import Actions
import Dialogue
import Foundation
import Intents
import Testing

@Suite("Model actions against a stand-in", .enabled(if: RealParts.areThere, RealParts.reason))
struct RealModelTests {
    private let base = "arn:aws:sagemaker:us-west-2:123456789012"

    private func run(
        _ action: any Action,
        _ input: [String: Value],
        data: [String: String] = [:]
    ) async throws -> ActionResult {
        try await ActionsTests.run(action, input, aws: RealParts.client(), data: data)
    }

    @Test(
        "each group resolves as it should",
        arguments: [
            ("support-bot", "resolved_older"), ("empty-bot", "empty_group"), ("failed-bot", "none_completed"),
            ("nova-bot", "resolved"), ("arn:aws:sagemaker:us-west-2:123456789012:model-package/nova-bot", "resolved"),
            ("arn:aws:sagemaker:us-west-2:123456789012:model-package-group/nova-bot", "resolved"),
        ]
    )
    func resolves(reference: String, outcome: String) async throws {
        #expect(try await run(ResolveModelPackage(), ["reference": .text(reference)]).outcome == outcome)
    }

    @Test("the newest completed version is taken, and the failed one told")
    func takesCompleted() async throws {
        let result = try await run(ResolveModelPackage(), ["reference": "support-bot", "region": "us-west-2"])
        #expect(
            result.values == [
                "model_package_arn": .text("\(base):model-package/support-bot/2"), "model_package_group": "support-bot",
                "model_package_version": 2, "region": "us-west-2", "skipped": ["version 3 is Failed"],
                "approval": "PendingManualApproval",
            ]
        )
    }

    @Test(
        "each package is described as it is",
        arguments: [
            ("support-bot/2", "usable"), ("support-bot/3", "not_completed"), ("nova-bot/1", "nova_base"),
            ("no-base-bot/1", "no_base_model"), ("support-bot/9", "not_found"),
        ]
    )
    func describes(name: String, outcome: String) async throws {
        let result = try await run(
            DescribeModelPackage(),
            ["model_package_arn": .text("\(base):model-package/\(name)")]
        )
        #expect(result.outcome == outcome)
    }

    @Test("what is known of a package is told")
    func tellsDescription() async throws {
        let arn: Value = .text("\(base):model-package/support-bot/2")
        let result = try await run(DescribeModelPackage(), ["model_package_arn": arn])
        #expect(result.values["base_model"] == "huggingface-reasoning-qwen3-32b")
        #expect(result.values["model_data"] == "s3://usher-training/support-bot/job-2/output/model/")
        let place: [String: Value] = [
            "model_package_arn": arn, "expected_output": "s3://usher-training/support-bot/job-2",
        ]
        #expect(try await run(CompareModelData(), place).outcome == "same_place")
    }

    @Test("groups are found by words, and their versions listed")
    func findsGroups() async throws {
        let found = try await run(FindModelPackageGroups(), ["keywords": "the support bot"])
        let group: Value = .text("\(base):model-package-group/support-bot")
        #expect(found.values["groups"] == [["id": group, "name": "support-bot"]])
        let listed = try await run(ListModelPackageVersions(), ["group": group])
        let names = listed.values["packages"]?.list?.compactMap { $0.record?["name"]?.text } ?? []
        #expect(names.count == 3)
        #expect(names.first?.wholeMatch(of: /version 3, Failed, \d{4}-\d\d-\d\d/) != nil, "\(names)")
        #expect(try await run(FindModelPackageGroups(), ["keywords": "nothing-like-it"]).outcome == "none")
    }

    @Test("of the bundled judges those stay that Bedrock offers")
    func listsJudges() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let table = try String(
            contentsOf: root.appending(path: "prompts/model-evaluation/judges.yaml"),
            encoding: .utf8
        )
        let result = try await run(ListJudges(), ["region": "us-west-2"], data: ["judges.yaml": table])
        #expect(result.outcome == "listed")
        #expect(
            result.values["judges"] == [
                ["id": "anthropic.claude-3-5-sonnet-20241022-v2:0", "name": "Anthropic Claude 3.5 Sonnet v2"],
                ["id": "anthropic.claude-3-haiku-20240307-v1:0", "name": "Anthropic Claude 3 Haiku"],
                ["id": "mistral.mistral-large-2402-v1:0", "name": "Mistral Large"],
            ]
        )
        #expect(
            result.values["dropped"] == [
                ["name": "Anthropic Claude 3.5 Sonnet v1", "reason": "its lifecycle status is LEGACY"],
                ["name": "Anthropic Claude 3.5 Haiku", "reason": "Bedrock does not know it in us-west-2"],
                [
                    "name": "Meta Llama 3.1 70B Instruct",
                    "reason": "this account cannot use it: authorizationStatus NOT_AUTHORIZED",
                ],
            ]
        )
        #expect(result.values["unchecked"] == [])
    }

    @Test("without permissions the outcome says so")
    func tellsDenied() async throws {
        let client = RealParts.client(profile: "limited")
        let result = try await ActionsTests.run(ResolveModelPackage(), ["reference": "support-bot"], aws: client)
        #expect(result.outcome == "denied")
    }

    @Test("a conversation that was recorded live plays back the same")
    func recordsLive() async throws {
        let recorder = RecordingAWS(RealParts.client())
        let live = try await ActionsTests.run(ResolveModelPackage(), ["reference": "support-bot"], aws: recorder)
        let cassette = try Cassette(yaml: recorder.cassette.yaml(), file: "live.yaml")
        let played = try await ActionsTests.run(
            ResolveModelPackage(),
            ["reference": "support-bot"],
            aws: RecordedAWS(cassette)
        )
        #expect(played == live)
    }
}
