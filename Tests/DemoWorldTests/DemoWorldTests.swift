import Actions
import DemoWorld
import Intents
import Testing

@Suite("What the demo takes place in")
struct DemoWorldTests {
    private let account: RecordedAccount

    init() throws { account = try RecordedAccount(cassettes: DemoWorld.cassettes, region: DemoWorld.region) }

    @Test("there are recordings, and they are small")
    func recordings() {
        #expect(
            DemoWorld.cassettes.map(\.name) == ["datasets", "identity", "judges", "models"].map { "aws/\($0).yaml" }
        )
        #expect(DemoWorld.cassettes.reduce(0) { $0 + $1.text.utf8.count } < 100_000)
    }

    @Test("the start names the folder, and a dataset and a model that are there")
    func welcome() async throws {
        let text = DemoWorld.welcome(workspace: "my-folder")
        #expect(text.contains("the folder my-folder.") && !text.contains("{{"))
        #expect(text.contains("s3://usher-datasets/evaluation/good.jsonl") && text.contains("support-bot"))
        let dataset = AWSRequest(
            "s3api",
            "get-object",
            parameters: ["Bucket": "usher-datasets", "Key": "evaluation/good.jsonl"]
        )
        let lines = try await account.call(dataset).body.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 20)
        let versions = AWSRequest(
            "sagemaker",
            "list-model-packages",
            parameters: ["ModelPackageGroupName": "support-bot"]
        )
        guard case .list(let packages)? = try await account.call(versions).result.record?["ModelPackageSummaryList"]
        else {
            Issue.record("no versions")
            return
        }
        #expect(packages.count == 3)
    }

    @Test(
        "what was not recorded does not exist, in every operation that actions ask for",
        arguments: [
            ("s3api", "get-object"), ("s3api", "head-object"), ("s3api", "put-object"),
            ("sagemaker", "describe-model-package"), ("bedrock", "get-foundation-model"),
            ("bedrock", "get-foundation-model-availability"), ("iam", "get-role"),
        ],
        [nil, "eu-north-1"]
    )
    func unknown(call: (service: String, operation: String), region: String?) async throws {
        let parameters: [String: Value] = [
            "Bucket": "none", "Key": "none", "RoleName": "none", "ModelPackageName": "none", "modelId": "none",
            "modelIdentifier": "none",
        ]
        let request = AWSRequest(call.service, call.operation, region: region, parameters: parameters)
        let failure = try await #require(throws: AWSFailure.self) { try await account.call(request) }
        #expect(failure.kind == .notFound)
        #expect(!failure.detail.contains("nothing-of-that-name"))
    }

    @Test("lists of what was not recorded are empty", arguments: ["list-model-packages", "list-model-package-groups"])
    func unknownLists(operation: String) async throws {
        let parameters: [String: Value] = ["ModelPackageGroupName": "none", "NameContains": "zebra"]
        for region in [nil, "eu-north-1"] {
            let request = AWSRequest("sagemaker", operation, region: region, parameters: parameters)
            let answer = try await account.call(request)
            #expect(answer.result.record?.values.allSatisfy { $0 == [] } == true)
        }
    }
}
