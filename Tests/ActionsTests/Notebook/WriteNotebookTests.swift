import Actions
import Dialogue
import Intents
import Testing

struct WriteNotebookTests {
    private func write(_ changes: [String: Value] = [:], _ files: MemoryFiles) async throws -> ActionResult {
        let input = NotebookSamples.input.merging(changes) { $1 }
        return try await runAction(
            "write_notebook",
            of: NotebookActions.all,
            input,
            in: World(aws: FakeAWS(), files: files)
        )
    }

    private func cells(_ text: String?) throws -> [JSON] {
        let text = try #require(text)
        return try #require(try JSONParser.parse(Array(text.utf8))["cells"]?.array)
    }

    private func source(_ cell: JSON) -> String {
        cell["source"]?.array?.compactMap(\.string).joined() ?? ""
    }

    @Test func `creates a notebook and names its cells`() async throws {
        let files = MemoryFiles()
        let result = try await write([:], files)
        #expect(result.outcome == "created")
        #expect(result.values["path"] == "support/notebooks/support_model-evaluation.ipynb")
        let titles = result.values["cells"]?.list?.compactMap { $0.record?["title"]?.text }
        #expect(
            titles == [
                "Install and configure", "Start the evaluation", "Wait for the evaluation", "Show the results",
            ]
        )
        let cells = try cells(files.snapshot["support/notebooks/support_model-evaluation.ipynb"])
        #expect(
            cells.compactMap { $0["cell_type"]?.string }.joined(separator: " ")
                == "markdown markdown code markdown code markdown code markdown code"
        )
        for (index, title) in (titles ?? []).enumerated() {
            #expect(source(cells[1 + 2 * index]).hasPrefix("## \(title)\n"))
        }
        #expect(Set(cells.compactMap { $0["id"]?.string }).count == cells.count)
    }

    @Test func `the same input gives the same bytes`() async throws {
        let (one, two) = (MemoryFiles(), MemoryFiles())
        _ = try await write([:], one)
        _ = try await write([:], two)
        #expect(one.snapshot == two.snapshot)
    }

    @Test func `the first cell keeps out of the known traps`() async throws {
        let files = MemoryFiles()
        _ = try await write([:], files)
        let first = source(try cells(files.snapshot.values.first)[2])
        let region = try #require(first.firstRange(of: #"os.environ["AWS_DEFAULT_REGION"] = REGION"#))
        let sdk = try #require(first.firstRange(of: "from sagemaker.train.evaluate import LLMAsJudgeEvaluator"))
        #expect(region.upperBound < sdk.lowerBound)
        #expect(first.contains("%pip install -q \"sagemaker>=3.7.0,<4\"\n"))
        #expect(first.contains("EVALUATE_BASE = True\n"))
        #expect(first.contains(#"BUILTIN_METRICS = ["Builtin.Correctness", "Builtin.Completeness"]"#))
        #expect(first.contains("CUSTOM_METRICS = None"))
        #expect(!first.lowercased().contains("attribution"))
    }

    @Test func `the overview says what is evaluated and what was not verified`() async throws {
        let files = MemoryFiles()
        _ = try await write(
            ["unverified": ["The model package was not looked up: offline."], "base_model": "llama_3"],
            files
        )
        let overview = source(try cells(files.snapshot.values.first)[0])
        #expect(
            overview == """
                # Evaluate a fine-tuned model with an LLM as the judge

                - Task: Answer questions about orders
                - Fine-tuned model: `arn:aws:sagemaker:us-west-2:012345678901:model-package/support/3`
                - Compared with: its base model (`llama_3`)
                - Dataset: `s3://my-bucket/eval/data.jsonl`
                - Judge: Anthropic Claude 3.5 Haiku, `anthropic.claude-3-5-haiku-20241022-v1:0`
                - Built-in metrics: `Correctness`, `Completeness`
                - Custom metrics: none
                - Region: `us-west-2`
                - Results: `s3://my-bucket/results/`

                ## Not verified

                - The model package was not looked up: offline.
                """
        )
    }

    @Test(arguments: [
        ("support/notebooks/custom_metrics.json", #"Path("custom_metrics.json")"#),
        ("support/metrics.json", #"Path("../metrics.json")"#), ("other/x.json", #"Path("../../other/x.json")"#),
    ])
    func `custom metrics are read from their file, seen from the notebook`(_ path: String, _ code: String) async throws
    {
        let files = MemoryFiles()
        _ = try await write(["custom_metrics_path": .text(path), "builtin_metrics": []], files)
        let first = source(try cells(files.snapshot.values.first)[2])
        #expect(first.contains(code))
        #expect(first.contains("BUILTIN_METRICS = None"))
    }

    @Test func `never writes over a notebook`() async throws {
        let files = MemoryFiles(files: ["support/notebooks/support_model-evaluation.ipynb": "mine"])
        let result = try await write([:], files)
        #expect(result.outcome == "created")
        #expect(result.values["path"] == "support/notebooks/support_model-evaluation_2.ipynb")
        #expect(files.snapshot["support/notebooks/support_model-evaluation.ipynb"] == "mine")
    }

    @Test func `adding keeps every byte of an old notebook`() async throws {
        let (start, end) = (
            "{\n \"cells\": [\n  {\n   \"cell_type\": \"raw\",\n   \"metadata\": {\"x\": 1.0},\n   \"source\": [\"é\\u00e9\"]\n  }",
            "\n ],\n \"metadata\": {\"own\": [1e3]},\n \"nbformat\": 4,\n \"nbformat_minor\": 4\n}\n"
        )
        let files = MemoryFiles(files: ["support/notebooks/old.ipynb": start + end])
        let result = try await write(["mode": "append", "path": "support/notebooks/old.ipynb"], files)
        #expect(result.outcome == "appended")
        #expect(result.values["path"] == "support/notebooks/old.ipynb")
        let text = try #require(files.snapshot["support/notebooks/old.ipynb"])
        #expect(text.hasPrefix(start + ",\n  {\n   \"cell_type\": \"markdown\",\n"))
        #expect(text.hasSuffix("\n  }" + end))
        let cells = try cells(text)
        #expect(cells.count == 10)
        #expect(cells.allSatisfy { $0["id"] == nil })
    }

    @Test func `adding more gives identifiers that differ`() async throws {
        let files = MemoryFiles()
        _ = try await write([:], files)
        let path = "support/notebooks/support_model-evaluation.ipynb"
        for task: Value in ["another task", "Answer questions about orders"] {
            let append = ["mode": "append", "path": .text(path), "task": task]
            #expect(try await write(append, files).outcome == "appended")
        }
        let cells = try cells(files.snapshot[path])
        #expect(cells.count == 27)
        #expect(Set(cells.compactMap { $0["id"]?.string }).count == 27)
    }

    /// Notebooks to add to: formats with and without identifiers, on one line and on many, without cells and with.
    static let notebooks = [
        #"{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}"#,
        "{\n \"cells\": [\n  {\n   \"cell_type\": \"raw\",\n   \"metadata\": {},\n   \"source\": [\"é\"]\n  }\n ],\n \"metadata\": {},\n \"nbformat\": 4,\n \"nbformat_minor\": 4\n}\n",
        #"{"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"x"}],"metadata":{},"nbformat":4,"nbformat_minor":5}"#,
    ]

    @Test(arguments: notebooks)
    func `adding again, since the end of the call was lost, adds nothing`(_ old: String) async throws {
        let path = "support/notebooks/x.ipynb"
        let files = MemoryFiles(files: [path: old])
        let append: [String: Value] = ["mode": "append", "path": .text(path)]
        let first = try await write(append, files)
        let once = files.snapshot
        #expect(once[path] != old)
        #expect(try await write(append, files) == first)
        #expect(files.snapshot == once)
    }

    @Test func `cells that were run or stored by another program in between are still known`() async throws {
        let path = "support/notebooks/x.ipynb"
        let files = MemoryFiles(files: [path: Self.notebooks[0]])
        let append: [String: Value] = ["mode": "append", "path": .text(path)]
        _ = try await write(append, files)
        let once = try #require(files.snapshot[path])
        let run = once.replacing("\"execution_count\": null", with: "\"execution_count\": 7")
            .replacing(
                "\"outputs\": []",
                with: #""outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]"#
            )
        #expect(run != once)
        let changed = MemoryFiles(files: [path: run])
        #expect(try await write(append, changed).outcome == "appended")
        #expect(changed.snapshot[path] == run)
    }

    @Test(arguments: ["a cell of the user's own after them", "a change in one", "a cell that was taken out"])
    func `cells that are no longer as they were written are added anew`(_ change: String) async throws {
        let path = "support/notebooks/x.ipynb"
        let files = MemoryFiles(files: [path: Self.notebooks[0]])
        let append: [String: Value] = ["mode": "append", "path": .text(path)]
        _ = try await write(append, files)
        let once = try #require(files.snapshot[path])
        let close = #"],"metadata":{},"nbformat""#
        let changed: String
        switch change {
        case "a change in one": changed = once.replacing("Answer questions", with: "Answer all questions")
        case "a cell that was taken out":
            let cells = try cells(once)
            changed = once.replacing(cells[0].compactText + ",", with: "")
        default:
            changed = once.replacing(
                close,
                with: #",{"cell_type":"markdown","id":"own","metadata":{},"source":[]}"# + close
            )
        }
        try #require(changed != once)
        let before = try cells(changed).count
        let other = MemoryFiles(files: [path: changed])
        #expect(try await write(append, other).outcome == "appended")
        #expect(try cells(other.snapshot[path]).count == before + 9)
    }

    @Test(arguments: [
        #"{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}"#,
        "{\n  \"nbformat\": 4, \"nbformat_minor\": 2, \"metadata\": {}, \"cells\": [ ]\n}",
        "{\r\n\t\"metadata\": {},\r\n\t\"cells\": [\r\n\t],\r\n\"nbformat\": 4, \"nbformat_minor\": 5}",
        #"{"cells":[{"cell_type":"markdown","metadata":{},"source":[]}],"metadata":{},"nbformat":4,"nbformat_minor":4}"#,
    ])
    func `adds to a notebook however it is written`(_ old: String) async throws {
        let files = MemoryFiles(files: ["support/notebooks/x.ipynb": old])
        #expect(try await write(["mode": "append", "path": "support/notebooks/x.ipynb"], files).outcome == "appended")
        let new = try #require(files.snapshot["support/notebooks/x.ipynb"])
        let (before, after) = (try cells(old), try cells(new))
        #expect(Array(after.prefix(before.count)) == before)
        #expect(after.count == before.count + 9)
        // One line stays one line.
        #expect(new.utf8.contains(0x0A) == old.utf8.contains(0x0A))
    }

    @Test(arguments: [
        ("", "not JSON"), ("# Notes", "not JSON"), ("[]", "no object"), ("{}", "nbformat"),
        (#"{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}"#, "format 3"),
        (#"{"nbformat": 5, "nbformat_minor": 0, "cells": []}"#, "format 5"),
        (#"{"nbformat": 4, "cells": []}"#, "nbformat_minor"),
        (#"{"nbformat": 4, "nbformat_minor": 5}"#, "cells"),
        (#"{"nbformat": 4, "nbformat_minor": 5, "cells": {}}"#, "cells"),
        (#"{"nbformat": 4, "nbformat_minor": 5, "cells": [1]}"#, "cells"),
        (#"{"nbformat": 4, "nbformat_minor": 5, "cells": []"#, "not JSON"),
    ])
    func `what is no notebook is left alone, with the reason`(_ old: String, _ reason: String) async throws {
        let files = MemoryFiles(files: ["support/notebooks/x.ipynb": old])
        let result = try await write(["mode": "append", "path": "support/notebooks/x.ipynb"], files)
        #expect(result.outcome == "unsuitable")
        #expect(result.values["detail"]?.text?.contains(reason) == true, "\(result.values)")
        #expect(files.snapshot == ["support/notebooks/x.ipynb": old])
    }

    @Test(arguments: [("append", "support/notebooks/x.txt"), ("append", ""), ("both", "x.ipynb")])
    func `a call that makes no sense is unsuitable`(_ mode: String, _ path: String) async throws {
        let files = MemoryFiles(files: ["support/notebooks/x.txt": "mine"])
        let result = try await write(["mode": .text(mode), "path": .text(path)], files)
        #expect(result.outcome == "unsuitable")
        #expect(files.snapshot.count == 1)
    }

    @Test(arguments: ["create", "append"], FileFailure.Kind.allCases)
    func `a file that cannot be written has its outcome`(_ mode: String, _ kind: FileFailure.Kind) async throws {
        // A taken name is no failure when a new notebook is made.
        guard mode == "append" || kind != .exists else { return }
        let path = "support/notebooks/support_model-evaluation.ipynb"
        let files = MemoryFiles()
        files.fail(path, with: kind)
        let result = try await write(["mode": .text(mode), "path": .text(path)], files)
        #expect(result.outcome == kind.rawValue)
        #expect(files.snapshot.isEmpty)
    }

    @Test(arguments: ["../evil", "/etc", ""])
    func `a project outside the workspace is refused`(_ project: String) async throws {
        #expect(try await write(["project": .text(project)], MemoryFiles()).outcome == "outside")
        let append: [String: Value] = ["mode": "append", "path": .text("../x.ipynb")]
        #expect(try await write(append, MemoryFiles()).outcome == "outside")
    }
}
