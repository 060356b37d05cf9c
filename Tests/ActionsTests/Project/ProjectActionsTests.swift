import Actions
import Dialogue
import Intents
import Testing

struct ProjectActionsTests {
    private func find(
        _ files: any FileSystem,
        task: String? = nil,
        declined: String? = nil
    ) async throws -> ActionResult {
        var input: [String: Value] = [:]
        input["task"] = task.map(Value.text)
        input["declined"] = declined.map(Value.text)
        return try await runAction(
            "find_projects",
            of: ProjectActions.all,
            input,
            in: World(aws: FakeAWS(), files: files)
        )
    }

    private func prepare(_ project: String, _ files: any FileSystem) async throws -> ActionResult {
        let input: [String: Value] = ["project": .text(project)]
        return try await runAction(
            "prepare_project",
            of: ProjectActions.all,
            input,
            in: World(aws: FakeAWS(), files: files)
        )
    }

    private func ids(_ result: ActionResult) -> [String] {
        (result.values["projects"]?.list ?? []).compactMap { $0.record?["id"]?.text }
    }

    @Test func `folders with a plan or a state are projects`() async throws {
        let files = MemoryFiles(files: [
            "b/specs/PLAN.md": "", "a/PLAN.md": "", "c d/workflow_state.json": "", "d/README.md": "", "e/x/PLAN.md": "",
            ".hidden/PLAN.md": "", "f/PLAN.md/x": "", "g.md": "", "h/notebooks/a.ipynb": "", "i/notebooks": "",
            "j/specs/notes.md": "", "k/scripts/a.py": "",
        ])
        try files.makeFolder("l/notebooks")
        let result = try await find(files)
        #expect(result.outcome == "found")
        #expect(ids(result) == ["a", "b", "c d", "h", "l"])
    }

    @Test(arguments: [
        "a\u{202E}b", "a\u{200B}", "\u{7}", " a", "a ", "-rf", "~", "new", ".", "..",
        String(repeating: "x", count: 201),
        "a\\b",
    ])
    func `a folder whose name would mislead is not offered`(_ name: String) async throws {
        let files = MemoryFiles(files: [name + "/PLAN.md": "", "good/PLAN.md": ""])
        #expect(ids(try await find(files)).filter { $0 != "good" } == [])
    }

    @Test func `an empty workspace has none`() async throws {
        let result = try await find(MemoryFiles())
        #expect(result == ActionResult(outcome: "none", values: ["projects": [], "suggestion": "model-evaluation"]))
    }

    @Test(arguments: ["PLAN.md", "specs/PLAN.md", "workflow_state.json"])
    func `the workspace itself may be the project`(_ path: String) async throws {
        let result = try await find(MemoryFiles(files: [path: "", "a/PLAN.md": ""]))
        #expect(result.outcome == "workspace_is_project")
        #expect(ids(result) == ["a"])
    }

    @Test func `a folder of notebooks alone makes no project of the workspace`() async throws {
        #expect(try await find(MemoryFiles(files: ["notebooks/a.ipynb": ""])).outcome == "none")
    }

    @Test func `what was declined is not offered again, and the workspace not taken unasked`() async throws {
        let files = MemoryFiles(files: ["PLAN.md": ""])
        #expect(try await find(files, declined: ".").outcome == "none")
        files.put("a/PLAN.md", [])
        files.put("b/PLAN.md", [])
        for (declined, offered) in [(".", ["a", "b"]), ("a", ["b"]), ("other", ["a", "b"])] {
            let result = try await find(files, declined: declined)
            #expect(result.outcome == "found")
            #expect(ids(result) == offered)
        }
    }

    @Test func `what leads out of the workspace makes no project`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("outside/workflow_state.json", #"{"task": "theirs"}"#)
        try folder.write("outside/PLAN.md", "")
        try folder.write("root/real/workflow_state.json", #"{"task": "ours"}"#)
        try folder.write("root/inner/state.json", #"{"task": "inner"}"#)
        for name in ["workflow_state.json", "PLAN.md"] {
            try folder.makeFolder("root/linked-\(name.count)")
            try folder.link("root/linked-\(name.count)/\(name)", to: folder.path + "/outside/" + name)
        }
        try folder.makeFolder("root/dangling")
        try folder.link("root/dangling/workflow_state.json", to: "nowhere")
        try folder.link("root/elsewhere", to: folder.path + "/outside")
        let files = try LocalFiles(root: folder.path + "/root")
        #expect(ids(try await find(files)) == ["real"])
        let world = World(aws: FakeAWS(), files: files)
        let prior = try await runAction("read_prior_context", of: ProjectActions.all, [:], in: world)
        #expect(prior.values["task"] == "ours")
        // A link that stays inside is a file like any other.
        try folder.link("root/inner/workflow_state.json", to: "state.json")
        #expect(ids(try await find(files)) == ["inner", "real"])
    }

    @Test(arguments: ["elsewhere", "Else where"])
    func `a link that leads out of the workspace is no place for a project`(_ name: String) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder("outside")
        try folder.makeFolder("root")
        try folder.link("root/\(name)", to: folder.path + "/outside")
        #expect(try await prepare(name, LocalFiles(root: folder.path + "/root")).outcome == "outside")
        #expect(try folder.names() == ["outside", "root", "root/\(name)"])
    }

    @Test(arguments: ["taken", "Taken by a file"])
    func `a file of the project's name is told as what it is`(_ name: String) async throws {
        #expect(try await prepare(name, MemoryFiles(files: [name: ""])).outcome == "exists")
    }

    @Test func `a workspace that cannot be listed has none`() async throws {
        let files = MemoryFiles(files: ["a/PLAN.md": "", "b/PLAN.md": ""])
        files.fail("a", with: .denied)
        #expect(ids(try await find(files)) == ["b"])
        files.fail("", with: .denied)
        #expect(try await find(files).outcome == "none")
    }

    @Test(arguments: [
        ("Summarise support tickets", "summarise-support-tickets"),
        ("Answer questions about our orders!", "answer-questions-orders"),
        ("  ", "model-evaluation"), ("質問に答える", "model-evaluation"),
        ("Übersetze Verträge für Ärzte", "ubersetze-vertrage-fur-arzte"),
        ("../../etc/passwd", "etc-passwd"), ("-rf --no-preserve-root /", "rf-no-preserve-root"),
        ("the model", "model-evaluation"),
        ("one two three four five six seven", "one-two-three-four-five"), ("a\u{0}b\nc", "b-c"),
        (String(repeating: "x", count: 200) + " word", "model-evaluation"),
        ("word " + String(repeating: "x", count: 200), "word"),
        ("taken", "taken-2"), ("Mixed case", "mixed-case-2"), ("a file", "file-2"), ("new", "new-2"),
        ("Straße", "strasse"), ("It's the customers' orders", "customers-orders"),
    ])
    func `proposes a name that is valid and free`(_ task: String, _ name: String) async throws {
        let files = MemoryFiles(files: ["taken/README.md": "", "Mixed-Case/a": "", "FILE": "", "New/a": ""])
        let result = try await find(files, task: task)
        #expect(result.values["suggestion"] == .text(name))
        #expect(try await prepare(name, files).outcome == "ready")
    }

    @Test func `makes the folders of a project and keeps what is there`() async throws {
        let files = MemoryFiles(files: ["p/notebooks/mine.ipynb": "x"])
        for _ in 1...2 { #expect(try await prepare("p", files) == ActionResult(outcome: "ready")) }
        #expect(files.folders == ["p", "p/notebooks", "p/scripts", "p/specs"])
        #expect(files.snapshot == ["p/notebooks/mine.ipynb": "x"])
        #expect(try await prepare(".", files).outcome == "ready")
        #expect(files.folders.isSuperset(of: ["notebooks", "scripts", "specs"]))
    }

    @Test(arguments: [
        ("", "outside"), ("..", "outside"), ("../x", "outside"), ("a/b", "outside"), ("/etc", "outside"),
        (".git", "outside"),
        ("a\u{0}", "outside"), ("My Project", "file_error"), ("-x", "file_error"), ("x-", "file_error"),
        ("é", "file_error"),
        ("X", "file_error"), ("a.b", "file_error"), (String(repeating: "x", count: 65), "file_error"),
        (String(repeating: "x", count: 300), "outside"), ("a\\b", "outside"), ("./a", "outside"),
    ])
    func `names that are no project are refused`(_ name: String, _ outcome: String) async throws {
        let files = MemoryFiles()
        #expect(try await prepare(name, files).outcome == outcome)
        #expect(files.folders.isEmpty)
    }

    @Test(arguments: ["a", "x-1", String(repeating: "x", count: 64)])
    func `names in the right form are taken`(_ name: String) async throws {
        #expect(try await prepare(name, MemoryFiles()).outcome == "ready")
    }

    @Test func `a folder that is there may have any plain name`() async throws {
        let files = MemoryFiles(files: ["My Project_1/PLAN.md": ""])
        #expect(try await prepare("My Project_1", files).outcome == "ready")
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a folder that cannot be made has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("p/specs", with: kind)
        #expect(try await prepare("p", files).outcome == kind.rawValue)
    }
}
