import Actions
import Dialogue
import Foundation
import Intents
import Testing

struct WorkflowStateTests {
    private static let arn = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support/3"

    private func read(_ files: MemoryFiles) async throws -> ActionResult {
        try await runAction("read_prior_context", of: ProjectActions.all, [:], in: World(aws: FakeAWS(), files: files))
    }

    private func read(_ text: String) async throws -> [String: Value] {
        try await read(MemoryFiles(files: ["workflow_state.json": text])).values
    }

    private func save(_ values: [String: Value], _ files: MemoryFiles) async throws -> ActionResult {
        let input = values.merging(["project": "p"]) { one, _ in one }
        return try await runAction(
            "save_workflow_state",
            of: ProjectActions.all,
            input,
            in: World(aws: FakeAWS(), files: files)
        )
    }

    // MARK: Reading

    @Test(arguments: [
        ("workflow_state.json", "."), ("p/workflow_state.json", "p"),
    ])
    func `the file is found in the workspace or its only project`(_ path: String, _ project: String) async throws {
        let result = try await read(MemoryFiles(files: [path: #"{"task":"t"}"#, "q/PLAN.md": ""]))
        #expect(result == ActionResult(outcome: "found", values: ["task": "t", "project": .text(project)]))
    }

    @Test func `the workspace's own file goes first, and two projects are none`() async throws {
        let two = ["p/workflow_state.json": #"{"task":"p"}"#, "q/workflow_state.json": #"{"task":"q"}"#]
        #expect(try await read(MemoryFiles(files: two)).outcome == "none")
        let three = two.merging(["workflow_state.json": #"{"task":"root"}"#]) { $1 }
        #expect(try await read(MemoryFiles(files: three)).values["task"] == "root")
    }

    @Test(arguments: [
        "", "not json", "[]", "3", "{", "{}", #"{"task":""}"#, #"{"task":null,"region":3,"dataset":["s3://b/k"]}"#,
        #"{"other":"x"}"#,
        "{\"task\":\"\\ud800\"}", String(repeating: "[", count: 100_000),
    ])
    func `what is no state is no prior context`(_ text: String) async throws {
        let result = try await read(MemoryFiles(files: ["workflow_state.json": text]))
        #expect(result == ActionResult(outcome: "none"))
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a file that cannot be read is no prior context`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles(files: ["workflow_state.json": #"{"task":"t"}"#])
        files.fail("workflow_state.json", with: kind)
        #expect(try await read(files).outcome == "none")
        #expect(try await read(MemoryFiles()).outcome == "none")
    }

    @Test(arguments: [
        ("task", "Answer questions\nbriefly é"), ("dataset", "s3://b/k.jsonl"), ("data_shape", "query and response"),
        ("model_package_arn", arn),
        ("model_package_arn", "arn:aws-us-gov:sagemaker:us-gov-west-1:012345678901:model-package/x"),
        ("model_package_group", "support-1"), ("training_job", "job-2026-11-23"), ("region", "us-gov-west-1"),
        ("region", "eu-west-1"),
        ("region", "eusc-de-east-1"), ("s3_output", "s3://bucket"), ("s3_output", "s3://bucket/out/"),
        ("judge", "anthropic.claude-3-5-haiku-20241022-v1:0"),
    ])
    func `well-shaped values are read`(_ name: String, _ text: String) async throws {
        let json = JSON.object([JSON.Member(name, .string(text))]).compactText
        #expect(try await read(json)[name] == .text(text))
    }

    @Test(arguments: [
        ("task", "a\u{1B}[31m"), ("task", String(repeating: "x", count: 2001)), ("dataset", "s3://b/folder/"),
        ("dataset", "data.jsonl"),
        ("dataset", "s3://b"), ("dataset", "s3://b/\u{202E}"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:model-package-group/x"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:12345678901:model-package/x/1"),
        ("model_package_arn", "arn:aws:s3:::b"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:model-package/x/1/2"),
        ("model_package_arn", arn + "a"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:01234567890１:model-package/x"),
        ("model_package_group", "-x"), ("model_package_group", "a b"),
        ("training_job", String(repeating: "x", count: 64)), ("region", "us-west"), ("region", "US-WEST-2"),
        ("region", "xx-west-2"),
        ("region", "us-west-2a"), ("region", "us--2"), ("region", "us-west-２"), ("region", ""),
        ("s3_output", "bucket/out"), ("s3_output", "s3://"),
        ("s3_output", "s3://b\n/x"), ("judge", "\u{7}"),
    ])
    func `junk is passed over`(_ name: String, _ text: String) async throws {
        let json = JSON.object([JSON.Member(name, .string(text))]).compactText
        #expect(try await read(json) == [:])
    }

    @Test(arguments: [
        (#"{"modelPackageArn":"%"}"#), (#"{"model_package":"%"}"#), (#"{"modelPackage":"%"}"#),
        (#"{"training":{"model_package_arn":"%"}}"#),
        (#"{"x":[1],"training":{"modelPackageArn":" % "}}"#), (#"{"model_package_arn":7,"outputModelPackageArn":"%"}"#),
        (#"{"model_package_arn":"junk","last":{"model_package_arn":"%"}}"#),
        (#"{"a":{"model_package_arn":"arn:aws:sagemaker:us-west-2:012345678901:model-package/other"},"model_package":"%"}"#),
    ])
    func `other spellings and one level down are read`(_ text: String) async throws {
        #expect(try await read(text.replacing("%", with: Self.arn))["model_package_arn"] == .text(Self.arn))
    }

    @Test func `two levels down is too deep`() async throws {
        #expect(try await read(#"{"a":{"b":{"task":"t"}}}"#) == [:])
    }

    // MARK: Writing

    @Test func `a new file has the values in a fixed order`() async throws {
        let files = MemoryFiles()
        let result = try await save(
            ["region": "us-west-2", "task": "t é\u{7}", "builtin_metrics": ["Correctness"], "dataset_check": "valid"],
            files
        )
        #expect(result == ActionResult(outcome: "saved"))
        #expect(
            files.snapshot == [
                "p/workflow_state.json": """
                {
                  "version": 1,
                  "task": "t é\\u0007",
                  "region": "us-west-2",
                  "dataset_check": "valid",
                  "builtin_metrics": [
                    "Correctness"
                  ]
                }

                """
            ]
        )
    }

    @Test func `what else is in the file stays, in its order`() async throws {
        let old =
            #"{"z": 1.50, "region": "old", "own": {"b": null, "a": [1e3]}, "modelPackageArn": "x", "dataset_path": "s3://b/train.jsonl"}"#
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        let values: [String: Value] = [
            "region": "us-west-2", "model_package_arn": .text(Self.arn), "dataset": "s3://b/k", "judge": "j",
        ]
        #expect(try await save(values, files).outcome == "saved")
        let new = try JSONParser.parse(Array(try #require(files.snapshot["p/workflow_state.json"]).utf8))
        #expect(
            new == [
                "z": .number("1.50"), "region": "us-west-2", "own": ["b": .null, "a": [.number("1e3")]],
                "modelPackageArn": .string(Self.arn), "dataset_path": "s3://b/train.jsonl", "dataset": "s3://b/k",
                "judge": "j",
            ]
        )
    }

    @Test func `what is saved is read again`() async throws {
        let files = MemoryFiles()
        let values: [String: Value] = [
            "task": "t", "dataset": "s3://b/k", "data_shape": "d", "model_package_arn": .text(Self.arn),
            "model_package_group": "g",
            "training_job": "j", "region": "us-west-2", "s3_output": "s3://bucket/o", "judge": "m",
        ]
        _ = try await save(values, files)
        #expect(try await read(files).values == values.merging(["project": "p"]) { $1 })
    }

    @Test func `nothing new is not written`() async throws {
        let old = #"{"task":   "t"}"#
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        #expect(try await save(["task": "t"], files).outcome == "unchanged")
        #expect(try await save([:], files).outcome == "unchanged")
        #expect(files.snapshot["p/workflow_state.json"] == old)
        let none = MemoryFiles()
        #expect(try await save([:], none).outcome == "unchanged")
        #expect(none.snapshot == [:])
    }

    @Test(arguments: ["", "[]", "{", "notes", "{\"a\": NaN}"])
    func `a file that is no object is left alone`(_ text: String) async throws {
        let files = MemoryFiles(files: ["p/workflow_state.json": text])
        let result = try await save(["task": "t"], files)
        #expect(result.outcome == "malformed")
        #expect(result.values["detail"] != nil)
        #expect(files.snapshot["p/workflow_state.json"] == text)
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a file that cannot be written has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("p/workflow_state.json", with: kind)
        #expect(try await save(["task": "t"], files).outcome == kind.rawValue)
        #expect(try await save(["task": "t", "project": "../p"], files).outcome == "outside")
    }

    @Test func `the schema has exactly the keys that are written`() async throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../docs/workflow-state.schema.json").standardizedFileURL
        let schema = try JSONParser.parse([UInt8](try Data(contentsOf: url)))
        let signature = type(of: try action("save_workflow_state", of: ProjectActions.all)).signature
        let written = Set(signature.inputs.map(\.name)).subtracting(["project"]).union(["version"])
        #expect(Set(schema["properties"]?.members?.map(\.name) ?? []) == written)
    }
}
