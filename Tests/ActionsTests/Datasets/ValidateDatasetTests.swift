import Actions
import Dialogue
import Foundation
import Intents
import Testing

struct ValidateDatasetTests {
    private func validate(_ bytes: [UInt8]) async throws -> ActionResult {
        let world = World(aws: FakeAWS(["b/data.jsonl": bytes]), files: MemoryFiles())
        return try await runAction(
            "validate_dataset",
            of: DatasetActions.all,
            ["dataset": "s3://b/data.jsonl", "region": "us-west-2"],
            in: world
        )
    }

    private func validate(_ text: String) async throws -> ActionResult {
        try await validate(Array(text.utf8))
    }

    private func problems(_ result: ActionResult) -> [String] {
        (result.values["problems"]?.list ?? []).map { problem in
            "\(problem.record?["line"]?.number ?? 0): \(problem.record?["problem"]?.text ?? "")"
        }
    }

    @Test(arguments: [
        ("sagemaker_eval", "valid"), ("gpt_oss_sft", "valid"), ("open_weights_sft", "valid"),
        ("open_weights_sft_conv", "valid"), ("open_weights_dpo", "valid"), ("gpt_oss_dpo", "valid"), ("verl", "valid"),
        ("verl_legacy", "valid"), ("nova_sft", "training_only"), ("nova_dpo", "training_only"),
        ("nova_rlvr", "training_only"), ("bedrock_eval", "transformable"), ("renamed_columns", "transformable"),
    ])
    func `each format is known and judged by what it is for`(_ label: String, _ outcome: String) async throws {
        let record = DatasetSamples.record(label)
        let result = try await validate("\(record)\n\(record)\n")
        #expect(result.outcome == outcome)
        #expect(result.values["format"] == .text(label))
        #expect(result.values["format_name"]?.text?.isEmpty == false)
        #expect(result.values["records"] == 2)
        #expect(result.values["problem_count"] == 0)
        #expect(result.values["rows_over_limit"] == false)
        if outcome == "valid" { #expect(result.values["has_reference"] == true) }
    }

    @Test(arguments: [
        (#"{"query":"Why?"}"#, "sagemaker_eval"), (#"{"query":"Why?","response":" "}"#, "sagemaker_eval"),
        (#"{"prompt":"Why?"}"#, "open_weights_sft"), (#"{"prompt":"Why?","category":"c"}"#, "open_weights_sft"),
        (#"{"prompt":[{"role":"user","content":"Why?"}]}"#, "open_weights_sft_conv"),
        (#"{"messages":[{"role":"user","content":"Why?"}]}"#, "gpt_oss_sft"),
        (#"{"prompt":[{"role":"user","content":"Why?"}],"extra_info":{}}"#, "verl"),
    ])
    func `prompts without answers are valid, and it is said`(_ record: String, _ label: String) async throws {
        let result = try await validate(record)
        #expect(result.outcome == "valid_without_reference")
        #expect(result.values["format"] == .text(label))
        #expect(result.values["has_reference"] == false)
    }

    @Test func `answers that some records lack are counted`() async throws {
        let result = try await validate(#"{"query":"a","response":"b"}"# + "\n" + #"{"query":"a"}"#)
        #expect(result.outcome == "valid_without_reference")
        #expect(
            result.values["summary"]
                == "2 records in the format SageMaker evaluation, 1 record without a reference answer."
        )
    }

    // MARK: What SageMaker's own detector gets wrong.

    @Test(arguments: [
        #"{"foo":1}"#, #"{}"#, #"{"text":"a"}"# + "\n" + #"{"text":"b"}"#, "hello\nworld", "[1]\n[2]", "1\n2",
    ])
    func `what has no known format is never valid`(_ text: String) async throws {
        let result = try await validate(text)
        #expect(result.outcome == "unknown_format")
        #expect(result.values["has_reference"] == false)
    }

    @Test(arguments: ["", " ", "\n\n\r\n\t", "\u{FEFF}", "[]", "[\n]\n"])
    func `a dataset without records is empty`(_ text: String) async throws {
        #expect(try await validate(text).outcome == "empty")
    }

    @Test func `the last record counts without a newline after it`() async throws {
        let good = DatasetSamples.record("sagemaker_eval")
        #expect(try await validate(good).values["records"] == 1)
        let result = try await validate(good + "\n" + #"{"query":"cut"#)
        #expect(result.outcome == "invalid")
        #expect(problems(result) == ["2: not JSON: column 14: a string without its closing quote"])
    }

    @Test func `line numbers count blank lines`() async throws {
        let good = DatasetSamples.record("sagemaker_eval")
        let result = try await validate("\n\n\(good)\r\n  \n{}\n\n\(good)\n{\n")
        #expect(result.values["records"] == 4)
        #expect(
            problems(result) == [
                "5: none of the known formats", "8: not JSON: column 2: expected a key in double quotes",
            ]
        )
    }

    @Test(arguments: [
        ("[1,2]", "an array"), ("3", "a number"), ("null", "null"), ("\"x\"", "a string"), ("true", "a boolean"),
    ])
    func `a line that is no object is a problem and no crash`(_ line: String, _ kind: String) async throws {
        let good = DatasetSamples.record("sagemaker_eval")
        let result = try await validate("\(good)\n\(line)\n\(good)")
        #expect(result.outcome == "invalid")
        #expect(problems(result) == ["2: \(kind) where an object is needed"])
    }

    @Test func `messages that are no objects are problems and no crash`() async throws {
        let result = try await validate(#"{"messages":["hi",1,null,[],{"role":"user","content":"a"}]}"#)
        #expect(result.values["problem_count"] == 4)
        #expect(problems(result).first == "1: message 1 of “messages” is a string where an object is needed")
    }

    @Test func `Verl with a text as prompt needs no extra_info`() async throws {
        let result = try await validate(#"{"prompt":"Why?","reward_model":{"ground_truth":"Because."}}"#)
        #expect(result.outcome == "valid")
        #expect(result.values["format"] == "verl_legacy")
    }

    @Test(arguments: AWSFailure.Kind.allCases)
    func `a failure of AWS has its outcome`(_ kind: AWSFailure.Kind) async throws {
        let aws = FakeAWS()
        aws.fail("get-object", with: AWSFailure(kind, code: "Code", detail: "in words"))
        let result = try await runAction(
            "validate_dataset",
            of: DatasetActions.all,
            ["dataset": "s3://b/k"],
            in: World(aws: aws, files: MemoryFiles())
        )
        #expect(result == ActionResult(outcome: kind.rawValue, values: ["detail": "Code: in words"]))
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a failure of the file system has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("d.jsonl", with: kind)
        let result = try await runAction(
            "validate_dataset",
            of: DatasetActions.all,
            ["dataset": "d.jsonl"],
            in: World(aws: FakeAWS(), files: files)
        )
        #expect(result.outcome == kind.rawValue)
    }

    // MARK: Encodings and layouts.

    @Test(
        arguments: [
            ([0x1F, 0x8B, 0x08, 0x00], "compressed"), ([0x50, 0x4B, 0x03, 0x04, 0x14], "compressed"),
            ([0x28, 0xB5, 0x2F, 0xFD], "compressed"), (Array("BZh9".utf8), "compressed"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed"), (Array("PAR1xxxx".utf8), "not_text"),
            ([0xFF, 0xFE, 0x7B, 0x00], "not_text"), ([0x7B, 0x00, 0x22, 0x00], "not_text"),
            (Array(#"{"query":"caf"#.utf8) + [0xE9] + Array(#""}"#.utf8), "not_text"), ([0xC3], "not_text"),
        ] as [([UInt8], String)]
    )
    func `what is no text is told`(_ bytes: [UInt8], _ outcome: String) async throws {
        let result = try await validate(bytes)
        #expect(result.outcome == outcome)
        #expect(result.values["detail"]?.text?.isEmpty == false)
    }

    @Test func `one line that is not UTF-8 is that line's problem`() async throws {
        let good = Array((DatasetSamples.record("sagemaker_eval") + "\n").utf8)
        let result = try await validate(good + Array(#"{"query":"caf"#.utf8) + [0xE9] + Array("\"}\n".utf8) + good)
        #expect(result.outcome == "invalid")
        #expect(problems(result) == ["2: not JSON: column 10: a string that is not UTF-8"])
    }

    @Test func `Windows line ends are fine`() async throws {
        let good = DatasetSamples.record("sagemaker_eval")
        #expect(try await validate("\(good)\r\n\(good)\r\n").outcome == "valid")
    }

    @Test func `a byte order mark must go`() async throws {
        let result = try await validate("\u{FEFF}" + DatasetSamples.record("sagemaker_eval"))
        #expect(result.outcome == "transformable")
        #expect(result.values["summary"]?.text?.contains("byte order mark") == true)
        #expect(result.values["problem_count"] == 0)
    }

    @Test(arguments: [
        ("[%,%]", "json_array"), ("[\n  %,\n  %\n]\n", "json_array"), ("\n[%\n,%]", "json_array"),
        ("{\n\"query\":\n\"a\"\n}\n%\n", "pretty_json"), ("{\n\"query\": \"a\"}\n{\"query\": \"b\"\n}", "pretty_json"),
    ])
    func `other layouts of JSON can be transformed`(_ text: String, _ label: String) async throws {
        let result = try await validate(text.replacing("%", with: DatasetSamples.record("sagemaker_eval")))
        #expect(result.outcome == "transformable")
        #expect(result.values["format"] == .text(label))
        #expect(result.values["records"] == 2)
    }

    @Test(arguments: ["a,b\n1,2\n", "query;response\nWhy?;Because.\n", "a\tb\n1\t2"])
    func `a table is called one`(_ text: String) async throws {
        let result = try await validate(text)
        #expect(result.outcome == "unknown_format")
        #expect(result.values["format"] == "csv")
    }

    @Test func `a first line that is broken does not make another layout`() async throws {
        let good = DatasetSamples.record("sagemaker_eval")
        for broken in [#"{"query":"a""#, #"{"query":"a"},"#, #"{"query":{"a":1}"#, "nonsense", #"{"query":"a"#] {
            let result = try await validate("\(broken)\n\(good)\n\(good)")
            #expect(result.outcome == "invalid", "\(broken)")
            #expect(result.values["records"] == 3)
            #expect(result.values["problem_count"] == 1)
        }
    }

    @Test func `places in records over several lines are those of the dataset`() async throws {
        let result = try await validate("[\n{\"query\": \"a\"},\n{\"query\": \"b\",\n  oops}\n]")
        #expect(problems(result) == ["3: not JSON: line 4, column 3: expected a key in double quotes"])
        #expect(result.outcome == "invalid")
    }

    @Test func `an array with junk ends and says so`() async throws {
        for text in ["[{}}]", "[{\"query\":\"a\"}]]", "[{\"query\":\"a\"} } ]", "[1 2 {\"query\": \"a\"", "[\"a]"] {
            let result = try await validate(text)
            #expect(["invalid", "unknown_format", "transformable"].contains(result.outcome), "\(text)")
        }
        #expect(try await validate("[{\"query\":\"a\"}, }]").outcome == "invalid")
        #expect(try await validate("[{\"query\":\"a\"},{\"query\":").outcome == "invalid")
    }

    @Test func `keys given twice are tolerated`() async throws {
        #expect(try await validate(#"{"query":"a","query":"b","response":"c"}"#).outcome == "valid")
    }

    // MARK: Problems.

    @Test(arguments: [
        (#"{"query":1}"#, "“query” is a number where a text is needed"), (#"{"query":"  "}"#, "“query” is blank"),
        (#"{"query":"a","response":null}"#, "“response” is null where a text is needed"),
        (#"{"query":"a","category":[]}"#, "“category” is an array where a text is needed"),
        (#"{"prompt":"a","completion":[]}"#, "“completion” is an array where a text is needed"),
        (#"{"prompt":[],"completion":[]}"#, "“prompt” has no message of the user"),
        (#"{"prompt":"a","chosen":"b"}"#, "“rejected” is missing"),
        (#"{"messages":{}}"#, "“messages” is an object where a list of messages is needed"),
        (
            #"{"messages":[{"role":"tool","content":"a"}]}"#,
            "message 1 of “messages” has the role “tool”; known are user, assistant and system"
        ),
        (#"{"messages":[{"content":"a"}]}"#, "message 1 of “messages” has no “role”"),
        (#"{"messages":[{"role":"user"}]}"#, "message 1 of “messages” has no “content”"),
        (
            #"{"messages":[{"role":"user","content":1}]}"#,
            "message 1 of “messages” has a number as “content” where a text is needed"
        ),
        (#"{"prompt":"a","extra_info":"b"}"#, "“extra_info” is a string where an object is needed"),
        (#"{"prompt":1,"referenceResponse":"b"}"#, "“prompt” is a number where a text is needed"),
    ])
    func `each mistake in a record is named`(_ record: String, _ problem: String) async throws {
        let result = try await validate(record)
        #expect(result.outcome == "invalid")
        #expect(problems(result).contains("1: " + problem), "\(problems(result))")
    }

    @Test func `mixed formats are a problem`() async throws {
        let result = try await validate(
            DatasetSamples.record("sagemaker_eval") + "\n" + DatasetSamples.record("open_weights_sft")
        )
        #expect(result.outcome == "invalid")
        #expect(
            problems(result) == ["2: looks like Hugging Face prompt-completion, but line 1 like SageMaker evaluation"]
        )
    }

    @Test(arguments: ["bedrock_eval", "verl_legacy"])
    func `a bare prompt stands in every format that has prompts`(_ label: String) async throws {
        let (bare, full) = (#"{"prompt":"Why?"}"#, DatasetSamples.record(label))
        for text in ["\(bare)\n\(full)", "\(full)\n\(bare)", "\(bare)\n\(bare)\n\(full)\n\(bare)"] {
            let result = try await validate(text)
            #expect(result.values["format"] == .text(label), "\(text)")
            #expect(result.values["problem_count"] == 0)
        }
        #expect(
            try await validate("\(bare)\n\(full)\n" + DatasetSamples.record("open_weights_sft")).outcome == "invalid"
        )
    }

    @Test func `problems are all counted and the first five kept, fit to be shown`() async throws {
        let lines = (1...12).map { #"{"query":"a\#($0)", "\u001b[31m":1"# }
        let result = try await validate((lines + [DatasetSamples.record("sagemaker_eval")]).joined(separator: "\n"))
        #expect(result.values["problem_count"] == 12)
        #expect(result.values["problems"]?.list?.count == 5)
        let hostile = try await validate(#"{"query":"a"}"# + "\n" + #"{"\u001b[31m\u202e":1}"#)
        #expect(problems(hostile) == ["2: none of the known formats (fields: \\u{1b}[31m\\u{202e})"])
    }

    @Test(arguments: [(1000, false), (1001, true)])
    func `more rows than a job takes are told`(_ count: Int, _ isOver: Bool) async throws {
        let result = try await validate(String(repeating: DatasetSamples.record("sagemaker_eval") + "\n", count: count))
        #expect(result.outcome == "valid")
        #expect(result.values["rows_over_limit"] == .flag(isOver))
    }

    // MARK: Reading.

    @Test
    func `large objects are read by ranges and every record counts once`() async throws {
        var text = ""
        for index in 0..<100_000 {
            text += #"{"query":"Question \#(index) é","response":"\#(String(repeating: "x", count: 60))"}"# + "\n"
        }
        let aws = FakeAWS(texts: ["b/big.jsonl": text])
        let result = try await runAction(
            "validate_dataset",
            of: DatasetActions.all,
            ["dataset": "s3://b/big.jsonl"],
            in: World(aws: aws, files: MemoryFiles())
        )
        #expect(result.outcome == "valid")
        #expect(result.values["records"] == 100_000)
        #expect(result.values["problem_count"] == 0)
        let ranges = aws.requests.map { $0.parameters["Range"]?.text }
        #expect(ranges == ["bytes=0-8388607", "bytes=8388608-16777215"])
        // From the second piece on the object must still be the same.
        #expect(aws.requests.map { $0.parameters["IfMatch"]?.text } == [nil, "\"tag\""])
    }

    @Test func `reads local files, the user's own ones too`() async throws {
        let good = DatasetSamples.record("verl")
        let files = MemoryFiles(files: ["data/d.jsonl": good], userFiles: ["/home/me/d.jsonl": good])
        for path in ["data/d.jsonl", "/home/me/d.jsonl"] {
            let result = try await runAction(
                "validate_dataset",
                of: DatasetActions.all,
                ["dataset": .text(path)],
                in: World(aws: FakeAWS(), files: files)
            )
            #expect(result.outcome == "valid")
        }
    }

    @Test(arguments: ["s3://b", "s3://b/", "s3://b/folder/", "s3://", "S3://b/"])
    func `a bucket or folder is no dataset`(_ location: String) async throws {
        let result = try await runAction(
            "validate_dataset",
            of: DatasetActions.all,
            ["dataset": .text(location)],
            in: World(aws: FakeAWS(), files: MemoryFiles())
        )
        #expect(result.outcome == "not_found")
        #expect(result.values["detail"]?.text?.contains("folder") == true)
    }

    @Test func `a cancelled validation ends`() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await validate(DatasetSamples.record("verl"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
