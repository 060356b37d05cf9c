import Intents
import Testing

@testable import Actions

@Suite("Requests as commands")
struct CLICommandTests {
    private func command(_ request: AWSRequest, profile: String? = nil) throws -> CLICommand {
        try CLICommand(request, profile: profile, connectTimeout: 10, readTimeout: 30)
    }

    @Test("parameters go through one JSON file")
    func passesParametersAsJSON() throws {
        let command = try command(
            AWSRequest(
                "sagemaker",
                "list-model-packages",
                region: "us-west-2",
                parameters: ["ModelPackageGroupName": "--profile=x file:///etc/passwd ž", "MaxResults": 100]
            )
        )
        #expect(
            command.arguments(in: "/private") == [
                "sagemaker", "list-model-packages", "--cli-input-json", "file:///private/input.json", "--output",
                "json",
                "--no-paginate", "--region", "us-west-2", "--cli-connect-timeout=10", "--cli-read-timeout=30",
            ]
        )
        #expect(command.files.keys.sorted() == ["input.json"])
        #expect(
            String(decoding: command.files["input.json"] ?? [], as: UTF8.self)
                == #"{"MaxResults":100,"ModelPackageGroupName":"--profile=x file:///etc/passwd \u017e"}"#
        )
        #expect(command.bodyFile == nil)
    }

    @Test("an operation with a body takes a file for each parameter")
    func passesParametersOfBodyOperationsAsFiles() throws {
        let command = try command(
            AWSRequest(
                "s3api",
                "get-object",
                parameters: ["Bucket": "b", "Key": "file:///etc/passwd", "VersionId": 3]
            ),
            profile: "-x"
        )
        #expect(
            command.arguments(in: "/private") == [
                "s3api", "get-object", "--bucket", "file:///private/parameter-Bucket", "--key",
                "file:///private/parameter-Key", "--version-id", "file:///private/parameter-VersionId",
                "/private/answer-body", "--output", "json", "--no-paginate", "--profile=-x", "--cli-connect-timeout=10",
                "--cli-read-timeout=30",
            ]
        )
        #expect(command.files["parameter-Key"] == Array("file:///etc/passwd".utf8))
        #expect(command.bodyFile == "answer-body")
    }

    @Test("what is uploaded is a file of its own")
    func passesContentAsFile() throws {
        let command = try command(
            AWSRequest("s3api", "put-object", parameters: ["Bucket": "b", "Key": "k"], body: Array("{}\r\n".utf8))
        )
        #expect(command.arguments(in: "/p").prefix(4) == ["s3api", "put-object", "--body", "/p/request-body"])
        #expect(command.files["request-body"] == Array("{}\r\n".utf8))
        #expect(command.files["input.json"] == Array(#"{"Bucket":"b","Key":"k"}"#.utf8))
    }

    @Test(
        "what is no name is refused before anything runs",
        arguments: [
            AWSRequest("--debug", "x"), AWSRequest("s3", "ls;rm"), AWSRequest("s3", ""),
            AWSRequest("sts", "get", region: "--debug"), AWSRequest("sts", "get", region: "us-east-1.evil.example/"),
            AWSRequest("sts", "get", region: "US-EAST-1"), AWSRequest("sts", "get", region: ""),
            AWSRequest("s3api", "get-object", parameters: ["Key": ["a"]]),
            AWSRequest("s3api", "get-object", parameters: ["Key": "a\rb"]),
        ]
    )
    func refusesOtherNames(request: AWSRequest) throws {
        let failure = try #require(throws: AWSFailure.self) { try command(request) }
        #expect(failure.kind == .other)
        #expect(failure.code == "InvalidRequest")
    }

    @Test(
        "JSON is ASCII and reads back the same",
        arguments: [
            Value.text("žluť 日本 👍 \"\\\n\t\u{0}\u{7F}"), ["a": [1, true, "x", [:], []], "ž": -3], 0, false, "",
        ]
    )
    func encodesASCII(value: Value) throws {
        let text = AWSJSON.encode(value)
        #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(try AWSJSON.decode(Array(text.utf8)) == value)
    }

    @Test("numbers with a fraction become texts, and null is absent")
    func decodesAnswers() throws {
        let json = #"{"a": null, "b": [null, 1], "c": 1700000000.5, "d": 12345678901234567890, "e": {"f": null}}"#
        let value = try AWSJSON.decode(Array(json.utf8))
        #expect(
            value == ["b": [1], "c": "1700000000.5", "d": .text("1.2345678901234567e+19"), "e": [:]]
        )
        #expect(throws: DecodingError.self) { try AWSJSON.decode(Array("{".utf8)) }
    }
}
