import Actions
import Dialogue
import Intents
import Testing

struct SampleDatasetTests {
    private func sample(_ bytes: [UInt8]) async throws -> (ActionResult, FakeAWS) {
        let aws = FakeAWS(["b/data.jsonl": bytes])
        let input: [String: Value] = ["dataset": "s3://b/data.jsonl", "region": "eu-west-1"]
        let world = World(aws: aws, files: MemoryFiles())
        return (try await runAction("sample_dataset", of: DatasetActions.all, input, in: world), aws)
    }

    private func sample(_ text: String) async throws -> ActionResult {
        try await sample(Array(text.utf8)).0
    }

    @Test func `one request of 64 KiB, in the region that was given`() async throws {
        let record = DatasetSamples.record("sagemaker_eval") + "\n"
        let (result, aws) = try await sample(Array(String(repeating: record, count: 5000).utf8))
        #expect(result.outcome == "sampled")
        #expect(
            aws.requests == [
                AWSRequest(
                    "s3api",
                    "get-object",
                    region: "eu-west-1",
                    parameters: ["Bucket": "b", "Key": "data.jsonl", "Range": "bytes=0-65535"]
                )
            ]
        )
    }

    @Test func `describes format and fields and shows two records`() async throws {
        let record = #"{"query":"Why?","response":"Because.","category":"c"}"#
        let result = try await sample(String(repeating: record + "\n", count: 3))
        #expect(
            result.values == [
                "format": "sagemaker_eval", "format_name": "SageMaker evaluation",
                "description": "SageMaker evaluation records with the fields query, response and category",
                "fields": ["query", "response", "category"], "samples": [.text(record), .text(record)],
            ]
        )
    }

    @Test func `samples are cut and made visible`() async throws {
        let long = String(repeating: "é", count: 400)
        let result = try await sample(#"{"query":"\#(long)","\#u{202E}x":1}"# + "\n{\"query\":\"\u{1B}[31m\ta\"}\n")
        let samples = result.values["samples"]?.list?.compactMap(\.text) ?? []
        #expect(samples.first?.count == 301)
        #expect(samples.first?.hasSuffix("é…") == true)
        #expect(samples.last == #"{"query":"\u{1b}[31m\ta"}"#)
    }

    @Test(arguments: 0..<6)
    func `a cut inside a record or character does no harm`(_ shift: Int) async throws {
        let record = #"{"query":"\#(String(repeating: "x", count: shift))😀😀😀","response":"ß"}"# + "\n"
        let result = try await sample(String(repeating: record, count: 3000))
        #expect(result.outcome == "sampled")
        #expect(result.values["format"] == "sagemaker_eval")
    }

    @Test func `a first record without newline that is all there is counts`() async throws {
        #expect(try await sample(DatasetSamples.record("verl")).outcome == "sampled")
    }

    @Test func `a first record that is longer than the sample is told`() async throws {
        for text in [String(repeating: "é", count: 40_000), "x" + String(repeating: "é", count: 40_000)] {
            let result = try await sample(#"{"query":"\#(text)"}"#)
            #expect(result.outcome == "unknown_format")
            #expect(result.values["description"] == "One record that is longer than 64 KiB")
        }
    }

    @Test(arguments: [
        (#"[{"query":"a"}]"#, "sampled", "A JSON array of SageMaker evaluation records with the field query"),
        (
            "{\n\"query\":\"a\"}\n{}", "sampled",
            "SageMaker evaluation records with the field query, spread over several lines each"
        ),
        (
            #"{"foo":1,"bar":2}"#, "unknown_format",
            "JSON records in no known evaluation format with the fields foo and bar"
        ),
        ("a,b\n1,2", "unknown_format", "A table (CSV), not JSON Lines"),
        ("hello", "unknown_format", "Text that is not JSON Lines"),
        (
            DatasetSamples.record("renamed_columns"), "sampled",
            "JSON records with other field names: id, Question and Answer"
        ),
    ])
    func `says what it sees`(_ text: String, _ outcome: String, _ description: String) async throws {
        let result = try await sample(text)
        #expect(result.outcome == outcome)
        #expect(result.values["description"] == .text(description))
    }

    @Test(
        arguments: [
            ([], "empty"), (Array(" \n".utf8), "empty"), ([0x1F, 0x8B, 8], "compressed"),
            ([0xFF, 0xFE, 0], "not_text"),
        ] as [([UInt8], String)]
    )
    func `what cannot be sampled has its outcome`(_ bytes: [UInt8], _ outcome: String) async throws {
        #expect(try await sample(bytes).0.outcome == outcome)
    }

    @Test(arguments: AWSFailure.Kind.allCases)
    func `a failure of AWS has its outcome`(_ kind: AWSFailure.Kind) async throws {
        let aws = FakeAWS()
        aws.fail("get-object", with: AWSFailure(kind))
        let world = World(aws: aws, files: MemoryFiles())
        let result = try await runAction("sample_dataset", of: DatasetActions.all, ["dataset": "s3://b/k"], in: world)
        #expect(result.outcome == kind.rawValue)
    }

    @Test(arguments: ["data.jsonl", "s3://bucket", "s3://bucket/folder/", ""])
    func `what is no object of S3 is not found`(_ dataset: String) async throws {
        let world = World(aws: FakeAWS(), files: MemoryFiles(files: ["data.jsonl": "{}"]))
        let result = try await runAction(
            "sample_dataset",
            of: DatasetActions.all,
            ["dataset": .text(dataset)],
            in: world
        )
        #expect(result.outcome == "not_found")
    }
}
