import Actions
import Dialogue
import Intents
import Testing

struct SaveCustomMetricsTests {
    private func save(_ json: String, _ files: MemoryFiles, project: String = "p") async throws -> ActionResult {
        let input: [String: Value] = ["project": .text(project), "json": .text(json)]
        return try await runAction(
            "save_custom_metrics",
            of: MetricActions.all,
            input,
            in: World(aws: FakeAWS(), files: files)
        )
    }

    @Test func `writes the stored form beside the notebooks`() async throws {
        let files = MemoryFiles()
        let result = try await save("[1]", files)
        #expect(result == ActionResult(outcome: "saved", values: ["path": "p/notebooks/custom_metrics.json"]))
        #expect(files.snapshot == ["p/notebooks/custom_metrics.json": "[\n  1\n]\n"])
    }

    @Test func `the same metrics keep their file, others get a new one`() async throws {
        let files = MemoryFiles(files: [
            "p/notebooks/custom_metrics.json": "mine", "p/notebooks/custom_metrics_2.json/x": "",
        ])
        for _ in 1...2 {
            #expect(try await save("[1]", files).values["path"] == "p/notebooks/custom_metrics_3.json")
        }
        #expect(try await save("[2]", files).values["path"] == "p/notebooks/custom_metrics_4.json")
        #expect(files.snapshot["p/notebooks/custom_metrics.json"] == "mine")
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a file that cannot be written has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("p/notebooks/custom_metrics.json", with: kind)
        #expect(try await save("[1]", files).outcome == kind.rawValue)
        #expect(files.snapshot.isEmpty)
    }

    @Test(arguments: [("oops", "p", "file_error"), ("[]", "p", "file_error"), ("[1]", "../p", "outside")])
    func `what makes no sense is not written`(_ json: String, _ project: String, _ outcome: String) async throws {
        let files = MemoryFiles()
        #expect(try await save(json, files, project: project).outcome == outcome)
        #expect(files.snapshot.isEmpty)
    }
}
