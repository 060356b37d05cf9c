import Actions
import Dialogue
import Intents
import Testing

struct FindNotebooksTests {
    private func find(_ project: Value, _ files: MemoryFiles) async throws -> ActionResult {
        let world = World(aws: FakeAWS(), files: files)
        return try await runAction("find_notebooks", of: NotebookActions.all, ["project": project], in: world)
    }

    @Test(arguments: [
        ("support", "support/notebooks/support_model-evaluation.ipynb"), (".", "notebooks/model-evaluation.ipynb"),
    ])
    func `without notebooks there is a name for a new one`(_ project: String, _ path: String) async throws {
        let result = try await find(.text(project), MemoryFiles())
        #expect(result == ActionResult(outcome: "none", values: ["notebooks": [], "new_path": .text(path)]))
    }

    @Test func `lists notebooks and proposes a name that is free`() async throws {
        let files = MemoryFiles(files: [
            "p/notebooks/p_model-evaluation.ipynb": "", "p/notebooks/a training.ipynb": "", "p/notebooks/.x.ipynb": "",
            "p/notebooks/custom_metrics.json": "", "p/notebooks/p_model-evaluation_2.ipynb/x": "",
        ])
        let result = try await find("p", files)
        #expect(result.outcome == "found")
        #expect(
            result.values["notebooks"] == [
                ["id": "p/notebooks/a training.ipynb", "name": "a training.ipynb"],
                ["id": "p/notebooks/p_model-evaluation.ipynb", "name": "p_model-evaluation.ipynb"],
            ]
        )
        #expect(result.values["new_path"] == "p/notebooks/p_model-evaluation_3.ipynb")
    }

    @Test(arguments: [
        "", "..", "../x", "/etc", "a/b", "a\\b", ".hidden", "a\u{0}", "a\n", String(repeating: "x", count: 256),
    ])
    func `a project outside the workspace is refused`(_ project: String) async throws {
        #expect(try await find(.text(project), MemoryFiles()).outcome == "outside")
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a folder that cannot be listed has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("p/notebooks", with: kind)
        let result = try await find("p", files)
        #expect(result.outcome == kind.rawValue)
        #expect(result.values["detail"] != nil)
    }
}
