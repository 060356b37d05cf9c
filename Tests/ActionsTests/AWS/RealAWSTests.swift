import Actions
import Foundation
import Intents
import Testing

@Suite("The real aws command against a stand-in", .enabled(if: RealParts.areThere, RealParts.reason))
struct RealAWSTests {
    private let bucket: Value = "usher-datasets"

    private func failure(_ request: AWSRequest, by client: SlottedAWS = RealParts.client()) async throws -> AWSFailure {
        try await #require(throws: AWSFailure.self) { try await client.call(request) }
    }

    @Test("the first bytes of an object")
    func readsRange() async throws {
        let response = try await RealParts.client().call(
            AWSRequest(
                "s3api",
                "get-object",
                parameters: ["Bucket": bucket, "Key": "evaluation/good.jsonl", "Range": "bytes=0-7"]
            )
        )
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"query""#)
        #expect(response.result.record?["ContentRange"]?.text?.hasPrefix("bytes 0-7/") == true)
        #expect(response.result.record?["ContentLength"] == 8)
    }

    @Test(
        "bytes come through as they are",
        arguments: [("crlf-bom.jsonl", [0xEF, 0xBB, 0xBF]), ("good.jsonl.gz", [0x1F, 0x8B])]
    )
    func readsBytes(name: String, start: [UInt8]) async throws {
        let request = AWSRequest(
            "s3api",
            "get-object",
            parameters: ["Bucket": bucket, "Key": .text("evaluation/\(name)")]
        )
        let response = try await RealParts.client().call(request)
        #expect(response.body.starts(with: start))
        #expect(response.result.record?["ContentLength"] == .number(response.body.count))
    }

    @Test("a key that looks like a file is a key")
    func passesHostileKey() async throws {
        let request = AWSRequest(
            "s3api",
            "get-object",
            parameters: ["Bucket": bucket, "Key": "evaluation/file:///etc/passwd"]
        )
        #expect(String(decoding: try await RealParts.client().call(request).body, as: UTF8.self).contains("order 0"))
    }

    @Test(
        "what looks like a file, a URL or an option is only a name that does not exist",
        arguments: [
            "file:///etc/passwd", "fileb:///etc/passwd", "http://127.0.0.1:1/x", "--debug", "-h", "~/x", "$HOME",
            "ž 日本",
        ]
    )
    func passesHostileValues(key: String) async throws {
        let object = AWSRequest("s3api", "get-object", parameters: ["Bucket": bucket, "Key": .text(key)])
        #expect(try await failure(object).code == "NoSuchKey")
    }

    @Test("so it is where parameters go as JSON", arguments: ["file:///etc/passwd", "--debug"])
    func passesHostileValuesAsJSON(key: String) async throws {
        let request = AWSRequest("s3api", "head-object", parameters: ["Bucket": bucket, "Key": .text(key)])
        #expect(try await failure(request).kind == .notFound)
    }

    @Test("what is written is read back, and listed")
    func writesObject() async throws {
        let client = RealParts.client()
        let key: Value = "written/ž file:///x \"quoted\".jsonl"
        let content = "{\"query\": \"ž\"}\r\nfile:///etc/passwd\n"
        _ = try await client.call(
            AWSRequest("s3api", "put-object", parameters: ["Bucket": bucket, "Key": key], body: Array(content.utf8))
        )
        let object = try await client.call(
            AWSRequest("s3api", "get-object", parameters: ["Bucket": bucket, "Key": key])
        )
        #expect(String(decoding: object.body, as: UTF8.self) == content)
        let list = try await client.call(
            AWSRequest("s3api", "list-objects-v2", parameters: ["Bucket": bucket, "Prefix": "written/"])
        )
        #expect(list.result.record?["Contents"]?.list?.compactMap { $0.record?["Key"] } == [key])
    }

    @Test("what is not there is not found, and an empty object has no range")
    func tellsMissing() async throws {
        let object: (Value, Value, Value?) -> AWSRequest = { bucket, key, range in
            var parameters: [String: Value] = ["Bucket": bucket, "Key": key]
            parameters["Range"] = range
            return AWSRequest("s3api", "get-object", parameters: parameters)
        }
        #expect(try await failure(object("no-such-bucket-here", "k", nil)).code == "NoSuchBucket")
        #expect(try await failure(object(bucket, "evaluation/", nil)).kind == .notFound)
        let empty = try await failure(object(bucket, "evaluation/empty.jsonl", "bytes=0-4095"))
        #expect(empty.kind == .other)
        #expect(empty.code == "InvalidRange")
        #expect(
            try await failure(AWSRequest("s3api", "head-bucket", parameters: ["Bucket": "none-such"])).kind == .notFound
        )
    }

    @Test(
        "permissions and keys are told apart",
        arguments: [
            ("limited", AWSRequest("sagemaker", "list-model-packages"), AWSFailure.Kind.denied),
            ("limited", AWSRequest("iam", "get-role", parameters: ["RoleName": "x"]), .denied),
            ("limited", AWSRequest("s3api", "list-objects-v2", parameters: ["Bucket": "b-b"]), .denied),
            ("wrong-secret", AWSRequest("sts", "get-caller-identity"), .noCredentials),
            ("unknown-key", AWSRequest("sts", "get-caller-identity"), .noCredentials),
            ("no-such-profile", AWSRequest("sts", "get-caller-identity"), .noCredentials),
        ]
    )
    func tellsRefusals(profile: String, request: AWSRequest, kind: AWSFailure.Kind) async throws {
        #expect(try await failure(request, by: RealParts.client(profile: profile)).kind == kind)
    }

    @Test("a user who may do little may still ask who they are")
    func letsLimitedUserAsk() async throws {
        let response = try await RealParts.client(profile: "limited").call(AWSRequest("sts", "get-caller-identity"))
        #expect(response.result.record?["Arn"] == "arn:aws:iam::123456789012:user/limited")
    }

    @Test("a machine without configuration is told what is missing")
    func tellsMissingConfiguration() async throws {
        let models = AWSRequest("sagemaker", "list-model-packages")
        let nowhere = RealParts.client(changes: ["AWS_CONFIG_FILE": "/dev/null"])
        #expect(try await failure(models, by: nowhere).kind == .noRegion)
        let nobody = RealParts.client(
            changes: [
                "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
                "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_DEFAULT_REGION": "us-east-1",
            ]
        )
        #expect(try await failure(models, by: nobody).kind == .noCredentials)
    }

    @Test("nobody at the other end is unreachable")
    func tellsUnreachable() async throws {
        let client = RealParts.client(changes: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"])
        #expect(try await failure(AWSRequest("sts", "get-caller-identity"), by: client).kind == .unreachable)
    }

    @Test(
        "what the command does not know is taken for a command that is too old",
        arguments: [
            AWSRequest("bedrock", "get-nothing-at-all"), AWSRequest("no-such-service", "x"),
            AWSRequest("sagemaker", "list-model-packages", parameters: ["NoSuchParameter": 1]),
        ]
    )
    func tellsOldCommand(request: AWSRequest) async throws {
        #expect(try await failure(request).kind == .cliMissing)
    }

    @Test("a parameter that the service would refuse is refused by the command")
    func tellsInvalidParameters() async throws {
        let request = AWSRequest("iam", "get-role", parameters: ["RoleName": ""])
        let failure = try await failure(request)
        #expect(failure.kind == .other)
        #expect(failure.detail.contains("RoleName"))
    }
}
