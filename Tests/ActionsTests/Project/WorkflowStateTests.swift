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

    private func save(_ values: [String: Value], _ files: any FileSystem) async throws -> ActionResult {
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
        "", "not json", "[]", "3", "{", "{}", #"{"task":""}"#, #"{"task":null,"region":3,"dataset":["s3://bkt/k"]}"#,
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
            #"{"z": 1.50, "region": "old", "own": {"b": null, "a": [1e3]}, "modelPackageArn": "x", "dataset_path": "s3://bkt/train.jsonl"}"#
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        let values: [String: Value] = [
            "region": "us-west-2", "model_package_arn": .text(Self.arn), "dataset": "s3://bkt/k", "judge": "j",
        ]
        #expect(try await save(values, files).outcome == "saved")
        let new = try JSONParser.parse(Array(try #require(files.snapshot["p/workflow_state.json"]).utf8))
        #expect(
            new == [
                "z": .number("1.50"), "region": "us-west-2", "own": ["b": .null, "a": [.number("1e3")]],
                "model_package_arn": .string(Self.arn), "modelPackageArn": .string(Self.arn),
                "dataset_path": "s3://bkt/train.jsonl", "dataset": "s3://bkt/k", "judge": "j",
            ]
        )
    }

    @Test(arguments: [
        (
            #"{"modelPackageArn": "x", "z": 1}"#,
            #"{"model_package_arn": "%", "modelPackageArn": "%", "z": 1}"#
        ),
        (
            #"{"modelPackageArn": "x", "model_package_arn": "y"}"#,
            #"{"modelPackageArn": "%", "model_package_arn": "%"}"#
        ),
        (
            #"{"model_package_arn": "y", "modelPackageArn": "x"}"#,
            #"{"model_package_arn": "%", "modelPackageArn": "%"}"#
        ),
        (#"{"model_package_arn": 7}"#, #"{"model_package_arn": "%"}"#),
        (
            #"{"model_package_arn": "x", "model_package_arn": "y"}"#,
            #"{"model_package_arn": "%", "model_package_arn": "%"}"#
        ),
        (
            #"{"modelPackageArn": {"latest": "x"}}"#,
            #"{"model_package_arn": "%", "modelPackageArn": {"latest": "x"}}"#
        ),
    ])
    func `the key's own name is always written, and no other spelling beside it disagrees`(
        _ old: String,
        _ new: String
    ) async throws {
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        #expect(try await save(["model_package_arn": .text(Self.arn)], files).outcome == "saved")
        let bytes = Array(try #require(files.snapshot["p/workflow_state.json"]).utf8)
        #expect(try JSONParser.parse(bytes) == JSONParser.parse(Array(new.replacing("%", with: Self.arn).utf8)))
        let written = files.snapshot
        #expect(try await save(["model_package_arn": .text(Self.arn)], files).outcome == "saved")
        #expect(files.snapshot == written)
    }

    @Test(arguments: [
        #"{"dataset":{"train":"s3://bkt/t"}}"#, #"{"dataset":["s3://bkt/t"]}"#, #"{"dataset":"x","dataset":{"a":1}}"#,
    ])
    func `what others keep under a key in a form of their own is not lost`(_ old: String) async throws {
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        #expect(try await save(["dataset": "s3://bkt/k"], files).outcome == "saved")
        #expect(files.snapshot["p/workflow_state.json"] == old)
    }

    // MARK: Meanwhile

    @Test func `a change by somebody else in between is kept, and ours is made on top of it`() async throws {
        let memory = MemoryFiles(files: ["p/workflow_state.json": #"{"task": "t"}"#])
        let files = BusyFiles(memory, changes: [#"{"task": "theirs", "own": 1}"#])
        #expect(try await save(["region": "us-west-2"], files).outcome == "saved")
        let bytes = Array(try #require(memory.snapshot["p/workflow_state.json"]).utf8)
        #expect(try JSONParser.parse(bytes) == ["task": "theirs", "own": 1, "region": "us-west-2"])
    }

    private static let meanwhile: [([String?], String, left: String?)] = [
        ([nil], "saved", "{\n  \"version\": 1,\n  \"region\": \"us-west-2\"\n}\n"),
        ([#"{"region": "us-west-2"}"#], "saved", #"{"region": "us-west-2"}"#),
        (["notes"], "malformed", "notes"),
        ([#"{"own": 1}"#, #"{"own": 2}"#], "changed", #"{"own": 2}"#),
    ]

    @Test(arguments: meanwhile)
    func `after one change in between the file is read once more, and no oftener`(
        _ changes: [String?],
        _ outcome: String,
        _ left: String?
    ) async throws {
        let memory = MemoryFiles(files: ["p/workflow_state.json": #"{"task": "t"}"#])
        #expect(try await save(["region": "us-west-2"], BusyFiles(memory, changes: changes)).outcome == outcome)
        #expect(memory.snapshot["p/workflow_state.json"] == left)
    }

    @Test func `a file that comes to be in between is kept too`() async throws {
        let memory = MemoryFiles()
        let files = BusyFiles(memory, changes: [#"{"own": 1}"#])
        #expect(try await save(["region": "us-west-2"], files).outcome == "saved")
        let bytes = Array(try #require(memory.snapshot["p/workflow_state.json"]).utf8)
        #expect(try JSONParser.parse(bytes) == ["own": 1, "region": "us-west-2"])
    }

    @Test func `what is saved is read again`() async throws {
        let files = MemoryFiles()
        let values: [String: Value] = [
            "task": "t", "dataset": "s3://bkt/k", "data_shape": "d", "model_package_arn": .text(Self.arn),
            "model_package_group": "support",
            "training_job": "j", "region": "us-west-2", "s3_output": "s3://bucket/o", "judge": "mistral.large",
        ]
        _ = try await save(values, files)
        let found: [String: Value] = ["project": "p", "model_reference": .text(Self.arn)]
        #expect(try await read(files).values == values.merging(found) { $1 })
    }

    @Test func `nothing new is not written`() async throws {
        let old = #"{"task":   "t"}"#
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        #expect(try await save(["task": "t"], files).outcome == "saved")
        #expect(try await save([:], files).outcome == "saved")
        #expect(files.snapshot["p/workflow_state.json"] == old)
        let none = MemoryFiles()
        #expect(try await save([:], none).outcome == "saved")
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

    private static func schema() throws -> JSON {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../docs/workflow-state.schema.json").standardizedFileURL
        return try JSONParser.parse([UInt8](try Data(contentsOf: url)))
    }

    @Test func `the schema has exactly the keys that are written`() async throws {
        let signature = type(of: try action("save_workflow_state", of: ProjectActions.all)).signature
        let written = Set(signature.inputs.map(\.name)).subtracting(["project"]).union(["version"])
        #expect(Set(try Self.schema()["properties"]?.members?.map(\.name) ?? []) == written)
    }

    private static let written: [(String, String, Bool)] = [
        ("dataset", "s3://bkt/a b/k.jsonl", true), ("dataset", "s3://bkt/folder/", false),
        ("dataset", "s3://B/k", false),
        ("model_package_arn", arn, true), ("model_package_arn", String(arn.dropLast(2)), true),
        ("model_package_arn", arn.replacing("/3", with: "/03"), false), ("model_package_arn", arn + "/1", false),
        ("model_package_arn", arn.replacing("model-package", with: "model-package-group"), false),
        ("model_package_group", "support-1", true), ("model_package_group", "-x", false),
        ("training_job", "job-1", true), ("training_job", "job 1", false),
        ("region", "us-gov-west-1", true), ("region", "eusc-de-east-1", true), ("region", "Oregon", false),
        ("s3_output", "s3://bucket/", true), ("s3_output", "s3://bucket/out/x", true),
        ("s3_output", "s3://bucket/a=b", false), ("s3_output", "s3://bucket//a", false),
        ("judge", "mistral.mistral-large-2402-v1:0", true), ("judge", "any model", false), ("judge", "judge", false),
    ]

    @Test(arguments: written)
    func `the schema says of a value what reading says of it`(
        _ name: String,
        _ text: String,
        _ isGood: Bool
    ) async throws {
        let pattern = try #require(try Self.schema()["properties"]?[name]?["pattern"]?.string)
        #expect((try Regex(pattern).firstMatch(in: text) != nil) == isGood)
        let json = JSON.object([JSON.Member(name, .string(text))]).compactText
        if isGood { #expect(try await read(json)[name] == .text(text)) }
    }
}
