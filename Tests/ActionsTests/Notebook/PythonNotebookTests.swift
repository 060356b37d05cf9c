import Actions
import Dialogue
import Foundation
import Intents
import Testing

/// What Python and nbformat say of the notebooks; skipped without them.
@Suite(.enabled(if: NotebookChecker.isThere, NotebookChecker.reason))
struct PythonNotebookTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ changes: [String: Value] = [:]) async throws -> String {
        let world = World(aws: FakeAWS(), files: try LocalFiles(root: folder.path))
        let input = NotebookSamples.input.merging(changes) { $1 }
        let result = try await runAction("write_notebook", of: NotebookActions.all, input, in: world)
        return folder.path + "/" + (try #require(result.values["path"]?.text))
    }

    @Test func `new and extended notebooks are valid and their code parses`() async throws {
        defer { folder.remove() }
        let path = try await write(["custom_metrics_path": "support/notebooks/custom_metrics.json"])
        try NotebookChecker.validate(path)
        _ = try await write([
            "mode": "append", "path": "support/notebooks/support_model-evaluation.ipynb", "task": "another task",
        ])
        try NotebookChecker.validate(path)
        for minor in [0, 2, 4] {
            let old = #"{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":\#(minor)}"#
            try folder.write("support/notebooks/old\(minor).ipynb", old)
            try NotebookChecker.validate(
                try await write(["mode": "append", "path": .text("support/notebooks/old\(minor).ipynb")])
            )
        }
    }

    @Test func `every value arrives in Python as it was given, hostile ones too`() async throws {
        defer { folder.remove() }
        for text in NotebookSamples.hostile {
            let names = [
                "task", "dataset", "model_package_arn", "base_model", "judge", "judge_name", "region", "s3_output",
            ]
            var changes = Dictionary(uniqueKeysWithValues: names.map { ($0, Value.text(text)) })
            changes["builtin_metrics"] = [.text(text)]
            changes["unverified"] = [.text(text)]
            // The environment cannot hold NUL.
            if text.contains("\0") { changes["region"] = "us-west-2" }
            let path = try await write(changes)
            try NotebookChecker.validate(path)
            let run = try NotebookChecker.run(path, statuses: ["Succeeded", "Succeeded"])
            #expect(run.error == nil)
            #expect(exact(run.constant("MODEL")?.string) == exact(text))
            #expect(exact(run.constant("DATASET")?.string) == exact(text))
            #expect(exact(run.constant("EVALUATOR_MODEL")?.string) == exact(text))
            #expect(exact(run.constant("S3_OUTPUT")?.string) == exact(text))
            #expect(run.constant("BUILTIN_METRICS")?.array?.map { exact($0.string) } == [exact("Builtin." + text)])
            if !text.contains("\0") { #expect(exact(run.constant("REGION")?.string) == exact(text)) }
        }
    }

    @Test func `a successful evaluation shows its results`() async throws {
        defer { folder.remove() }
        let path = try await write()
        let run = try NotebookChecker.run(path, statuses: ["Executing", "Executing", "Succeeded", "Last"])
        #expect(run.error == nil)
        #expect(run.isShown)
        #expect(run.slept == .number("120.0"))
        #expect(run.json["environment"] == ["AWS_REGION": "us-west-2", "AWS_DEFAULT_REGION": "us-west-2"])
        #expect(run.option("evaluate_base_model") == true)
        #expect(run.option("builtin_metrics") == ["Builtin.Correctness", "Builtin.Completeness"])
        #expect(run.option("custom_metrics") == nil)
        #expect(run.output.contains("ARN: arn:aws:sagemaker:"))
    }

    @Test(arguments: ["Failed", "Stopped"])
    func `waiting ends when the evaluation does, with the reasons`(_ status: String) async throws {
        defer { folder.remove() }
        let run = try NotebookChecker.run(try await write(), statuses: ["Executing", status, "Last"])
        #expect(run.error == nil)
        #expect(!run.isShown)
        #expect(run.slept == .number("60.0"))
        #expect(run.output.contains("Reason: the job's reason\n- Second: the step's reason\n"))
        #expect(run.output.contains("No results: the evaluation is \(status)"))
    }

    @Test func `waiting survives its time-out and says how to go on`() async throws {
        defer { folder.remove() }
        let run = try NotebookChecker.run(try await write(), statuses: ["Executing", "Last"])
        #expect(run.error == nil)
        #expect(!run.isShown)
        #expect(run.slept == .number("10800.0"))
        #expect(run.output.contains("To go on waiting, run this cell again."))
    }

    @Test func `custom metrics go as JSON text from the file beside the notebook`() async throws {
        defer { folder.remove() }
        try folder.write("support/notebooks/custom_metrics.json", #"[{"customMetricDefinition": {"name": "é"}}]"#)
        let path = try await write([
            "custom_metrics_path": "support/notebooks/custom_metrics.json", "builtin_metrics": [],
        ])
        let run = try NotebookChecker.run(path, statuses: ["Succeeded", "Last"])
        let text = try #require(run.option("custom_metrics")?.string)
        #expect(try JSONParser.parse(Array(text.utf8)) == [["customMetricDefinition": ["name": "é"]]])
        #expect(run.option("builtin_metrics") == nil)
    }

    @Test func `a missing file of custom metrics is named`() async throws {
        defer { folder.remove() }
        let path = try await write(["custom_metrics_path": "support/notebooks/custom_metrics.json"])
        let run = try NotebookChecker.run(path, statuses: ["Succeeded"])
        #expect(run.error?.hasPrefix("FileNotFoundError: There is no custom_metrics.json in /") == true)
        #expect(run.json["options"] == .null)
    }

    private func exact(_ text: String?) -> [UInt32]? {
        text?.unicodeScalars.map(\.value)
    }
}
