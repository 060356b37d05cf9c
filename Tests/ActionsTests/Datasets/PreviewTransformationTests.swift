import Actions
import Dialogue
import Intents
import Testing

struct PreviewTransformationTests {
    private func preview(
        _ text: String,
        mapping: String? = nil,
        dataset: String = "s3://b/dir/in.jsonl"
    ) async throws -> ActionResult {
        var input: [String: Value] = ["dataset": .text(dataset)]
        if let mapping { input["mapping"] = .text(mapping) }
        let files = MemoryFiles(files: ["dir/in.data.jsonl": text], userFiles: ["/home/me/in": text])
        let world = World(aws: FakeAWS(texts: ["b/dir/in.jsonl": text, "b/in": text]), files: files)
        return try await runAction("preview_transformation", of: DatasetActions.all, input, in: world)
    }

    @Test func `shows the first record before and after`() async throws {
        let result = try await preview(#"{"prompt":"a\u0007b","referenceResponse":"c"}"# + "\noops")
        #expect(
            result
                == ActionResult(
                    outcome: "previewed",
                    values: [
                        "before": #"{"prompt": "a\u0007b", "referenceResponse": "c"}"#,
                        "after": #"{"query": "a\u0007b", "response": "c"}"#,
                        "target_format_name": "SageMaker evaluation",
                        "output_suggestion": "s3://b/dir/in_sagemaker_eval.jsonl",
                    ]
                )
        )
    }

    @Test(arguments: [
        ("s3://b/dir/in.jsonl", "s3://b/dir/in_sagemaker_eval.jsonl"), ("s3://b/in", "s3://b/in_sagemaker_eval.jsonl"),
        ("dir/in.data.jsonl", "dir/in.data_sagemaker_eval.jsonl"), ("/home/me/in", "in_sagemaker_eval.jsonl"),
    ])
    func `proposes a new name beside the old, inside the workspace`(_ dataset: String, _ output: String) async throws {
        let result = try await preview(DatasetSamples.record("verl"), dataset: dataset)
        #expect(result.values["output_suggestion"] == .text(output))
    }

    @Test func `long records are cut`() async throws {
        let result = try await preview(#"{"prompt":"\#(String(repeating: "x", count: 5000))"}"#)
        #expect(result.values["before"]?.text?.count == 1001)
        #expect(result.values["after"]?.text?.hasSuffix("…") == true)
    }

    @Test(
        arguments: [
            (nil, "the records have none of the known formats"),
            (
                "question=Question",
                "“question” is unknown; known are prompt_field, response_field, system_field, category_field"
            ),
            ("prompt_field", "“prompt_field” is not “name=field”"),
            ("prompt_field=", "“prompt_field=” is not “name=field”"),
            ("response_field=Answer", "“prompt_field” is missing: the field that holds the prompt"),
            ("prompt_field=question", "no record has the field “question”"),
            ("prompt_field=Question,prompt_field=id", "“prompt_field” is given twice"),
            ("prompt_field=Question,response_field=answer", "no record has the field “answer”"),
        ] as [(String?, String)]
    )
    func `asks for a mapping, with the fields there are`(_ mapping: String?, _ detail: String) async throws {
        let result = try await preview(DatasetSamples.record("renamed_columns"), mapping: mapping)
        #expect(result.outcome == "needs_mapping")
        #expect(result.values["fields"] == ["id", "Question", "Answer"])
        #expect(result.values["detail"] == .text(detail))
    }

    @Test func `shows what a mapping does`() async throws {
        let mapping = "prompt_field=Question,response_field=Answer"
        let result = try await preview(DatasetSamples.record("renamed_columns"), mapping: mapping)
        #expect(result.values["after"] == #"{"query": "Why?", "response": "Because."}"#)
    }

    @Test(arguments: ["oops", "[1,2]", "\u{1F}\u{8B}", #"{"query":1}"#, "a,b\n1,2"])
    func `says when nothing can be done`(_ text: String) async throws {
        let bytes = text == "\u{1F}\u{8B}" ? [0x1F, 0x8B] : Array(text.utf8)
        let world = World(aws: FakeAWS(["b/k": bytes]), files: MemoryFiles())
        let result = try await runAction(
            "preview_transformation",
            of: DatasetActions.all,
            ["dataset": "s3://b/k"],
            in: world
        )
        #expect(result.outcome == "unmappable")
        #expect(result.values["detail"]?.text?.isEmpty == false)
    }

    @Test(arguments: ["", " \n", "[]"])
    func `an empty dataset has no preview`(_ text: String) async throws {
        #expect(try await preview(text).outcome == "empty")
    }

    @Test func `a first record that is larger than a piece is read whole`() async throws {
        let result = try await preview(#"{"prompt":"\#(String(repeating: "x", count: 5 << 18))"}"# + "\n{}")
        #expect(result.outcome == "previewed")
    }

    @Test(arguments: AWSFailure.Kind.allCases)
    func `a failure of AWS has its outcome`(_ kind: AWSFailure.Kind) async throws {
        let aws = FakeAWS()
        aws.fail("get-object", with: AWSFailure(kind))
        let result = try await runAction(
            "preview_transformation",
            of: DatasetActions.all,
            ["dataset": "s3://b/k"],
            in: World(aws: aws, files: MemoryFiles())
        )
        #expect(result.outcome == kind.rawValue)
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a failure of the file system has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("d", with: kind)
        let result = try await runAction(
            "preview_transformation",
            of: DatasetActions.all,
            ["dataset": "d"],
            in: World(aws: FakeAWS(), files: files)
        )
        #expect(result.outcome == kind.rawValue)
    }
}
