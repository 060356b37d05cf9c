import Actions
import Dialogue
import Intents
import Testing

/// A state file never says of new values what was true of the old ones.
struct WorkflowDerivationTests {
    private static let old = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support/3"
    private static let new = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support/4"
    private static let elsewhere = "arn:aws:sagemaker:us-east-1:012345678901:model-package/other/1"

    private func saved(_ values: [String: Value], over old: String) async throws -> JSON {
        let files = MemoryFiles(files: ["p/workflow_state.json": old])
        let input = values.merging(["project": "p"]) { one, _ in one }
        let world = World(aws: FakeAWS(), files: files)
        let result = try await runAction("save_workflow_state", of: ProjectActions.all, input, in: world)
        #expect(result.outcome == "saved")
        return try JSONParser.parse(Array(try #require(files.snapshot["p/workflow_state.json"]).utf8))
    }

    @Test(arguments: [
        #"{"dataset": "s3://bkt/a", "data_shape": "q and a", "dataset_check": "valid", "own": 1}"#,
        #"{"datasetPath": "s3://bkt/a", "dataShape": "q and a", "datasetCheck": "valid", "own": 1}"#,
        #"{"data_shape": "q and a", "dataset_check": "valid", "own": 1}"#,
        #"{"dataset": "junk", "data_shape": "q and a", "dataset_check": "valid", "own": 1}"#,
    ])
    func `a new dataset takes with it what was said of the old one`(_ old: String) async throws {
        let state = try await saved(["dataset": "s3://bkt/b"], over: old)
        #expect(state["dataset"] == "s3://bkt/b")
        for name in ["data_shape", "dataShape", "dataset_check", "datasetCheck"] { #expect(state[name] == nil) }
        #expect(state["own"] == 1)
    }

    @Test func `what is said of the new dataset is written`() async throws {
        let old = #"{"dataset": "s3://bkt/a", "data_shape": "q and a", "dataset_check": "valid"}"#
        let state = try await saved(["dataset": "s3://bkt/b", "data_shape": "prompts"], over: old)
        #expect(state == ["dataset": "s3://bkt/b", "data_shape": "prompts"])
    }

    @Test(arguments: [#"{"dataset": "s3://bkt/a", %}"#, #"{"datasetPath": "s3://bkt/a", %}"#])
    func `the same dataset keeps what was said of it`(_ old: String) async throws {
        let old = old.replacing("%", with: #""data_shape": "q and a", "dataset_check": "valid""#)
        let state = try await saved(["dataset": "s3://bkt/a", "region": "us-west-2"], over: old)
        #expect(state["data_shape"] == "q and a")
        #expect(state["dataset_check"] == "valid")
    }

    private static let metrics: [(String, JSON?)] = [
        (#"{"task": "a", "builtin_metrics": ["Correctness"]}"#, nil),
        (#"{"task": " b ", "builtin_metrics": ["Correctness"]}"#, JSON.array(["Correctness"])),
        (#"{"builtin_metrics": ["Correctness"]}"#, JSON.array(["Correctness"])),
    ]

    @Test(arguments: metrics)
    func `metrics that were chosen for another task go`(_ old: String, _ metrics: JSON?) async throws {
        #expect(try await saved(["task": "b"], over: old)["builtin_metrics"] == metrics)
    }

    private static let models: [(String, String, [String])] = [
        (old, new, ["model_package_group", "region", "judge"]), (old, elsewhere, []),
        (old, old, ["model_package_group", "training_job", "region", "judge"]),
        (String(old.dropLast(2)), old, ["model_package_group", "training_job", "region", "judge"]),
        ("", old, ["model_package_group", "training_job", "region", "judge"]), ("", elsewhere, []),
    ]

    @Test(arguments: models)
    func `another model takes with it what was true of the old one alone`(
        _ old: String,
        _ new: String,
        _ kept: [String]
    ) async throws {
        let derived: JSON = [
            "model_package_group": "support", "training_job": "job-1", "region": "us-west-2", "judge": "a.b",
        ]
        var members = derived.members ?? []
        if !old.isEmpty { members.insert(JSON.Member("model_package_arn", .string(old)), at: 0) }
        let state = try await saved(["model_package_arn": .text(new)], over: JSON.object(members).compactText)
        let names = (state.members ?? []).map(\.name).filter { $0 != "model_package_arn" }
        #expect(names == kept)
    }

    @Test func `a judge goes with the Region that it was chosen in`() async throws {
        let old = #"{"region": "us-west-2", "judge": "a.b"}"#
        #expect(try await saved(["region": "us-east-1"], over: old) == ["region": "us-east-1"])
        #expect(try await saved(["region": "us-west-2", "judge": "a.c"], over: old)["judge"] == "a.c")
        #expect(
            try await saved(["region": "us-west-2"], over: #"{"awsRegion": "Oregon", "judge": "a.b"}"#)["judge"]
                == "a.b"
        )
    }

    @Test func `nothing is said of a dataset that could not be written`() async throws {
        let old = #"{"dataset": {"train": "s3://bkt/a"}, "data_shape": "q and a"}"#
        let new: [String: Value] = [
            "dataset": "s3://bkt/b", "data_shape": "new", "dataset_check": "valid", "task": "t",
        ]
        let state = try await saved(new, over: old)
        #expect(state == ["dataset": ["train": "s3://bkt/a"], "data_shape": "q and a", "task": "t"])
    }

    @Test func `what others keep in a form of their own stays`() async throws {
        let old = #"{"dataset": "s3://bkt/a", "data_shape": {"fields": ["q", "a"]}, "data_format": "q and a"}"#
        let state = try await saved(["dataset": "s3://bkt/b"], over: old)
        #expect(state["data_shape"] == ["fields": ["q", "a"]])
        #expect(state["data_format"] == "q and a")
    }
}
