import Actions
import Dialogue
import Foundation
import Intents
import Synchronization
import Testing

struct TransformDatasetTests {
    private func transform(
        _ aws: FakeAWS,
        _ changes: [String: Value] = [:],
        files: MemoryFiles = MemoryFiles(),
        action: any Action = TransformDataset()
    ) async throws -> ActionResult {
        let input: [String: Value] = [
            "dataset": "s3://b/in.jsonl", "output": "s3://b/out.jsonl", "region": "us-west-2",
        ]
        return try await runAction(
            "transform_dataset",
            of: [action],
            input.merging(changes) { $1 },
            in: World(aws: aws, files: files)
        )
    }

    static let mapped: [(String, String)] = [
        ("sagemaker_eval", #"{"query": "Why?", "response": "Because."}"#),
        ("gpt_oss_sft", #"{"query": "Why?", "response": "Because.", "system": "Be brief."}"#),
        ("open_weights_sft", #"{"query": "Why?", "response": "Because."}"#),
        ("open_weights_sft_conv", #"{"query": "Why?", "response": "Because."}"#),
        ("open_weights_dpo", #"{"query": "Why?", "response": "Because."}"#),
        ("gpt_oss_dpo", #"{"query": "Why?", "response": "Because."}"#),
        ("verl", #"{"query": "Why?", "response": "Because."}"#),
        ("verl_legacy", #"{"query": "Why?", "response": "Because."}"#),
        ("nova_sft", #"{"query": "Why?", "response": "Because.", "system": "Be brief."}"#),
        ("nova_dpo", #"{"query": "Why?", "response": "Because."}"#),
        ("nova_rlvr", #"{"query": "Why?", "response": "{\"why\": \"Because.\"}"}"#),
        ("bedrock_eval", #"{"query": "Why?", "response": "Because.", "category": "c"}"#),
    ]

    @Test(arguments: mapped)
    func `every known format has a fixed mapping`(_ label: String, _ record: String) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record(label)])
        let result = try await transform(aws)
        #expect(result.outcome == "transformed")
        #expect(result.values["records"] == 1)
        #expect(result.values["output"] == "s3://b/out.jsonl")
        #expect(aws.text("b/out.jsonl") == record + "\n")
    }

    @Test(arguments: mapped)
    func `what was transformed is valid`(_ label: String, _ record: String) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record(label)])
        _ = try await transform(aws)
        let result = try await runAction(
            "validate_dataset",
            of: DatasetActions.all,
            ["dataset": "s3://b/out.jsonl"],
            in: World(aws: aws, files: MemoryFiles())
        )
        #expect(result.outcome == "valid")
        #expect(result.values["format"] == "sagemaker_eval")
    }

    @Test(arguments: [
        (
            #"{"prompt":"a","extra_info":{"answer":4},"reward_model":{"ground_truth":"5"}}"#,
            #"{"query": "a", "response": "4"}"#
        ),
        (
            #"{"prompt":"a","extra_info":{"answer":""},"reward_model":{"ground_truth":true}}"#,
            #"{"query": "a", "response": "true"}"#
        ),
        (#"{"prompt":"a","extra_info":{}}"#, #"{"query": "a"}"#),
        (
            #"{"prompt":"a","completion":"b","system":"s","category":"c","id":1}"#,
            #"{"query": "a", "response": "b", "system": "s", "category": "c"}"#
        ),
        (
            #"{"messages":[{"role":"system","content":"s"},{"role":"system","content":"t"},{"role":"user","content":"a\n\"b\""}]}"#,
            #"{"query": "a\n\"b\"", "system": "s\nt"}"#
        ),
        (#"{"messages":[{"role":"user","content":[{"text":"a"},{"image":{}},{"text":"b"}]}]}"#, #"{"query": "a\nb"}"#),
        (#"{"query":"a","own":[1.50,null]}"#, #"{"query": "a", "own": [1.50, null]}"#),
    ])
    func `details of the mappings`(_ record: String, _ expected: String) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": record])
        #expect(try await transform(aws).outcome == "transformed")
        #expect(aws.text("b/out.jsonl") == expected + "\n")
    }

    @Test(arguments: [
        ("[%,\n%]", 2), ("{\n\"query\": \"a\"\n}\n%", 2), ("\u{FEFF}%\r\n\r\n%\r\n", 2),
        ("%\n" + DatasetSamples.record("verl"), 2),
    ])
    func `every layout becomes one record a line`(_ text: String, _ count: Int) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": text.replacing("%", with: DatasetSamples.record("bedrock_eval"))])
        let result = try await transform(aws)
        #expect(result.outcome == "transformed")
        let lines = aws.text("b/out.jsonl")?.split(separator: "\n") ?? []
        #expect(lines.count == count)
        #expect(lines.allSatisfy { $0.hasPrefix(#"{"query": "#) })
    }

    @Test func `fields with other names go by the user's mapping`() async throws {
        let record = #"{"Question":"Why?","Answer":3,"topic":"t","id":1}"#
        let mapping: Value = " prompt_field = Question , response_field=Answer,category_field=topic,system_field=none"
        let aws = FakeAWS(texts: ["b/in.jsonl": record])
        #expect(try await transform(aws, ["mapping": mapping]).outcome == "transformed")
        #expect(aws.text("b/out.jsonl") == #"{"query": "Why?", "response": "3", "category": "t"}"# + "\n")
    }

    @Test func `what cannot be mapped is left out, counted and named`() async throws {
        let conversation =
            #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}"#
        let text = [
            DatasetSamples.record("gpt_oss_sft"), conversation, "oops", "[]", #"{"foo":1}"#, "",
            #"{"prompt":" ","completion":"a"}"#,
        ].joined(separator: "\n")
        let aws = FakeAWS(texts: ["b/in.jsonl": text])
        let result = try await transform(aws)
        #expect(result.outcome == "some_skipped")
        #expect(result.values["records"] == 1)
        #expect(result.values["skipped"] == 5)
        #expect(
            result.values["skipped_lines"] == [
                "line 2: several turns; an evaluation record holds one", "line 3: not JSON: expected a value",
                "line 4: an array where a record is needed", "line 5: none of the known formats",
                "line 7: “prompt” is blank",
            ]
        )
        #expect(aws.text("b/out.jsonl")?.split(separator: "\n").count == 1)
    }

    @Test func `only the first ten skipped records are named`() async throws {
        let text = DatasetSamples.record("verl") + String(repeating: "\nx", count: 30)
        let result = try await transform(FakeAWS(texts: ["b/in.jsonl": text]))
        #expect(result.values["skipped"] == 30)
        #expect(result.values["skipped_lines"]?.list?.count == 10)
    }

    @Test(
        arguments: [
            (#"{"foo":1}"#, nil), ("", nil), ("\u{1F}\u{8B}", nil), (DatasetSamples.record("renamed_columns"), nil),
            ("oops", nil),
            (DatasetSamples.record("renamed_columns"), "question"),
            (DatasetSamples.record("renamed_columns"), "prompt_field=missing"),
            (#"{"q":[1]}"#, "prompt_field=q"),
        ] as [(String, String?)]
    )
    func `nothing is written when no record can be mapped`(_ text: String, _ mapping: String?) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": text])
        let files = MemoryFiles()
        let changes = mapping.map { ["mapping": Value.text($0)] } ?? [:]
        let result = try await transform(aws, changes, files: files)
        #expect(result.outcome == "unmappable")
        #expect(result.values["detail"]?.text?.isEmpty == false)
        #expect(aws.text("b/out.jsonl") == nil)
        _ = try await transform(aws, changes.merging(["output": "out.jsonl"]) { $1 }, files: files)
        #expect(files.snapshot == [:])
    }

    @Test func `an object that is there is never replaced`() async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record("verl"), "b/out.jsonl": "mine"])
        #expect(try await transform(aws).outcome == "exists")
        // Who may not look is kept from it by the condition of the upload.
        aws.fail("head-object", with: AWSFailure(.denied, code: "403"))
        #expect(try await transform(aws).outcome == "exists")
        #expect(aws.text("b/out.jsonl") == "mine")
        #expect(try await transform(aws, ["output": "s3://b/in.jsonl"]).outcome == "exists")
    }

    @Test func `a file that is there is never replaced`() async throws {
        let files = MemoryFiles(files: ["in.jsonl": DatasetSamples.record("verl"), "out.jsonl": "mine"])
        for output in ["out.jsonl", "in.jsonl"] {
            let result = try await transform(FakeAWS(), ["dataset": "in.jsonl", "output": .text(output)], files: files)
            #expect(result.outcome == "exists")
        }
        #expect(files.snapshot["out.jsonl"] == "mine")
    }

    /// The same call again, since its end was lost.
    @Test(arguments: [(100_000, 100_000), (7, 64)])
    func `what it has written before is taken for its own`(_ pieceSize: Int, _ partSize: Int) async throws {
        let action = TransformDataset(pieceSize: pieceSize, partSize: partSize)
        let aws = FakeAWS(texts: ["b/in.jsonl": String(repeating: DatasetSamples.record("verl") + "\n", count: 9)])
        let first = try await transform(aws, action: action)
        #expect(first.outcome == "transformed")
        let writes = aws.requests.filter { $0.operation != "get-object" && $0.operation != "head-object" }
        #expect(try await transform(aws, action: action) == first)
        #expect(aws.requests.filter { $0.operation != "get-object" && $0.operation != "head-object" } == writes)
        // What comes there between the look and the upload may be its own as well.
        aws.fail("head-object", with: AWSFailure(.notFound, code: "404"))
        #expect(try await transform(aws, action: action) == first)

        let files = MemoryFiles(files: ["in.jsonl": DatasetSamples.record("verl")])
        let places: [String: Value] = ["dataset": "in.jsonl", "output": "out.jsonl"]
        let result = try await transform(FakeAWS(), places, files: files, action: action)
        #expect(result.outcome == "transformed")
        #expect(try await transform(FakeAWS(), places, files: files, action: action) == result)
    }

    @Test(arguments: [
        "", "{", #"{"query": "Why?", "response": "Because."}"#, #"{"query": "Why?", "response": "Because."}\#n\#n"#,
    ])
    func `what is there and differs is not taken for its own`(_ text: String) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record("verl"), "b/out.jsonl": text])
        #expect(try await transform(aws).outcome == "exists")
        #expect(aws.text("b/out.jsonl") == text)
        let files = MemoryFiles(files: ["in.jsonl": DatasetSamples.record("verl"), "out.jsonl": text])
        let places: [String: Value] = ["dataset": "in.jsonl", "output": "out.jsonl"]
        #expect(try await transform(FakeAWS(), places, files: files).outcome == "exists")
        #expect(files.snapshot["out.jsonl"] == text)
    }

    @Test func `who may not look at what is there is told that something is`() async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record("verl")])
        _ = try await transform(aws)
        aws.fail("get-object", with: AWSFailure(.denied, code: "AccessDenied"))
        #expect(try await transform(aws).outcome == "exists")
    }

    @Test func `files become files, folders on the way are made`() async throws {
        let files = MemoryFiles(files: ["in.jsonl": DatasetSamples.record("verl")])
        let result = try await transform(FakeAWS(), ["dataset": "in.jsonl", "output": "data/out.jsonl"], files: files)
        #expect(result.outcome == "transformed")
        #expect(files.snapshot["data/out.jsonl"] == #"{"query": "Why?", "response": "Because."}"# + "\n")
    }

    @Test(arguments: [(1, 100), (64, 64), (1000, 100), (100_000, 1000)])
    func `a large dataset is read in pieces and goes up in parts`(_ pieceSize: Int, _ partSize: Int) async throws {
        let lines = (0..<50).map { #"{"prompt":"é\#($0)","completion":"b"}"# }
        let aws = FakeAWS(texts: ["b/in.jsonl": lines.joined(separator: "\n")])
        let action = TransformDataset(pieceSize: pieceSize, partSize: partSize)
        let result = try await transform(aws, action: action)
        #expect(result.outcome == "transformed")
        #expect(result.values["records"] == 50)
        let expected = (0..<50).map { #"{"query": "é\#($0)", "response": "b"}"# + "\n" }.joined()
        #expect(aws.text("b/out.jsonl") == expected)
        let operations = aws.requests.map(\.operation).filter { $0 != "get-object" }
        let parts = (expected.utf8.count + partSize - 1) / partSize
        #expect(
            operations == ["head-object", "create-multipart-upload"] + Array(repeating: "upload-part", count: parts)
                + ["complete-multipart-upload"]
        )
        #expect(aws.requests.allSatisfy { $0.body.count <= partSize })
    }

    @Test func `a large dataset goes into a file in pieces`() async throws {
        let text = (0..<50).map { #"{"prompt":"é\#($0)"}"# }.joined(separator: "\n")
        let files = MemoryFiles(files: ["in.jsonl": text])
        let action = TransformDataset(pieceSize: 7, partSize: 11)
        let result = try await transform(
            FakeAWS(),
            ["dataset": "in.jsonl", "output": "out.jsonl"],
            files: files,
            action: action
        )
        #expect(result.outcome == "transformed")
        let expected = (0..<50).map { #"{"query": "é\#($0)"}"# + "\n" }.joined()
        #expect(files.snapshot["out.jsonl"] == expected)
    }

    @Test(arguments: ["upload-part", "complete-multipart-upload"])
    func `an upload in parts that fails is ended`(_ operation: String) async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": String(repeating: DatasetSamples.record("verl") + "\n", count: 9)])
        aws.fail(operation, with: AWSFailure(.throttled))
        #expect(try await transform(aws, action: TransformDataset(partSize: 100)).outcome == "throttled")
        #expect(aws.requests.last?.operation == "abort-multipart-upload")
        #expect(aws.state.withLock { $0.uploads.isEmpty })
        #expect(aws.text("b/out.jsonl") == nil)
    }

    @Test func `what fits into one part goes up in one request`() async throws {
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record("verl")])
        #expect(try await transform(aws).outcome == "transformed")
        #expect(aws.requests.map(\.operation) == ["head-object", "get-object", "put-object"])
    }

    @Test(arguments: ["get-object", "head-object", "put-object"], AWSFailure.Kind.allCases)
    func `a failure of AWS has its outcome`(_ operation: String, _ kind: AWSFailure.Kind) async throws {
        // To look whether the output is there, these two answers are good enough.
        guard operation != "head-object" || (kind != .notFound && kind != .denied) else { return }
        let aws = FakeAWS(texts: ["b/in.jsonl": DatasetSamples.record("verl")])
        aws.fail(operation, with: AWSFailure(kind))
        #expect(try await transform(aws).outcome == kind.rawValue)
    }

    @Test(arguments: ["in.jsonl", "out.jsonl"], FileFailure.Kind.allCases)
    func `a failure of the file system has its outcome`(_ path: String, _ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles(files: ["in.jsonl": DatasetSamples.record("verl")])
        files.fail(path, with: kind)
        let result = try await transform(FakeAWS(), ["dataset": "in.jsonl", "output": "out.jsonl"], files: files)
        #expect(result.outcome == kind.rawValue)
        #expect(files.snapshot.count == 1)
    }

    @Test(arguments: ["../out.jsonl", "/tmp/out.jsonl"])
    func `output stays in the workspace`(_ output: String) async throws {
        let files = MemoryFiles(files: ["in.jsonl": DatasetSamples.record("verl")])
        let result = try await transform(FakeAWS(), ["dataset": "in.jsonl", "output": .text(output)], files: files)
        #expect(result.outcome == "outside")
    }
}
