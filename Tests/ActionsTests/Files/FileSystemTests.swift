import Actions
import Testing

/// What every file system promises; each test runs on all of them.
struct FileSystemTests {
    @Test(arguments: try Workspace.all())
    func `reads the bytes of a file`(_ space: Workspace) throws {
        #expect(try space.files.read("notes/a.txt", limit: 100) == Array("first".utf8))
        #expect(try space.files.read("./notes//a.txt", limit: 5) == Array("first".utf8))
    }

    @Test(arguments: try Workspace.all())
    func `refuses a file that is larger than the limit`(_ space: Workspace) {
        expect(.tooLarge, "notes/a.txt") { try space.files.read($0, limit: 4) }
    }

    @Test(arguments: try Workspace.all())
    func `reading names what is wrong`(_ space: Workspace) {
        expect(.notFound, "nowhere") { try space.files.read($0, limit: 9) }
        expect(.notFound, "plan.md/child") { try space.files.read($0, limit: 9) }
        expect(.isFolder, "notes") { try space.files.read($0, limit: 9) }
        expect(.isFolder, "") { try space.files.read($0, limit: 9) }
    }

    @Test(arguments: try Workspace.all())
    func `no path leaves the workspace`(_ space: Workspace) {
        for path in ["../x", "notes/../../x", "notes/..", "/etc/passwd", "a\0b", ".."] {
            expect(.outside, path) { try space.files.read($0, limit: 9) }
            expect(.outside, path) { try space.files.list($0) }
            expect(.outside, path) { try space.files.makeFolder($0) }
            expect(.outside, path) { try space.files.create($0, bytes: []) }
            expect(.outside, path) { try space.files.begin($0).commit() }
            expect(.outside, path) { try space.files.replace($0, expecting: nil, with: []) }
        }
    }

    @Test(arguments: try Workspace.all())
    func `a file the user points at may be anywhere`(_ space: Workspace) throws {
        #expect(try space.files.readUserFile(space.outsidePath, limit: 9) == Array("mine".utf8))
        #expect(try space.files.readUserFile("notes/a.txt", limit: 9) == Array("first".utf8))
        expect(.notFound, space.outsidePath + "x") { try space.files.readUserFile($0, limit: 9) }
        expect(.tooLarge, space.outsidePath) { try space.files.readUserFile($0, limit: 3) }
    }

    @Test(arguments: try Workspace.all())
    func `reads a piece of a file`(_ space: Workspace) throws {
        #expect(try space.files.readUserFile("notes/b.txt", from: 2, count: 3) == Array("con".utf8))
        #expect(try space.files.readUserFile("notes/b.txt", from: 4, count: 100) == Array("nd".utf8))
        #expect(try space.files.readUserFile("notes/b.txt", from: 6, count: 1) == [])
        #expect(try space.files.readUserFile("notes/b.txt", from: 60, count: 1) == [])
        #expect(try space.files.readUserFile("notes/b.txt", from: 0, count: 0) == [])
    }

    @Test(arguments: try Workspace.all())
    func `lists names sorted by bytes, folders with a slash`(_ space: Workspace) throws {
        try space.files.create("Z", bytes: [])
        try space.files.create("é", bytes: [])
        #expect(try space.files.list("") == ["Z", "empty/", "notes/", "plan.md", "é"])
        #expect(try space.files.list("notes/") == ["a.txt", "b.txt", "deep/"])
        #expect(try space.files.list("empty") == [])
        #expect(try space.files.list("missing/too") == [])
    }

    @Test(arguments: try Workspace.all())
    func `makes folders on the way and does not mind those that are there`(_ space: Workspace) throws {
        try space.files.makeFolder("one/two/three")
        try space.files.makeFolder("one/two")
        #expect(try space.files.list("one/two") == ["three/"])
        expect(.exists, "plan.md") { try space.files.makeFolder($0) }
        expect(.exists, "plan.md/x") { try space.files.makeFolder($0) }
    }

    @Test(arguments: try Workspace.all())
    func `creates a file whole, with the folders above it`(_ space: Workspace) throws {
        try space.files.create("new/folder/x.json", bytes: Array("{}".utf8))
        #expect(try space.files.read("new/folder/x.json", limit: 9) == Array("{}".utf8))
        #expect(try space.files.list("new/folder") == ["x.json"])
    }

    @Test(arguments: try Workspace.all())
    func `never creates over anything`(_ space: Workspace) throws {
        expect(.exists, "plan.md") { try space.files.create($0, bytes: [1]) }
        expect(.exists, "notes") { try space.files.create($0, bytes: [1]) }
        expect(.exists, "plan.md/x") { try space.files.create($0, bytes: [1]) }
        #expect(try space.files.read("plan.md", limit: 9) == Array("plan".utf8))
        #expect(try space.files.list("") == ["empty/", "notes/", "plan.md"])
    }

    @Test(arguments: try Workspace.all())
    func `a file written in pieces appears when it is committed`(_ space: Workspace) throws {
        let file = try space.files.begin("out/big.jsonl")
        try file.append(Array("ab".utf8))
        try file.append([])
        try file.append(Array("cd".utf8))
        expect(.notFound, "out/big.jsonl") { try space.files.read($0, limit: 9) }
        try file.commit()
        #expect(try space.files.read("out/big.jsonl", limit: 9) == Array("abcd".utf8))
        file.discard()
        #expect(try space.files.list("out") == ["big.jsonl"])
    }

    @Test(arguments: try Workspace.all())
    func `a file that is discarded or forgotten leaves nothing`(_ space: Workspace) throws {
        let file = try space.files.begin("empty/x")
        try file.append([1])
        file.discard()
        do {
            let forgotten = try space.files.begin("empty/y")
            try forgotten.append([1])
        }
        #expect(try space.files.list("empty") == [])
    }

    @Test(arguments: try Workspace.all())
    func `a commit does not go over what came meanwhile`(_ space: Workspace) throws {
        let file = try space.files.begin("empty/x")
        try file.append([1])
        try space.files.create("empty/x", bytes: [2])
        expect(.exists, "empty/x") { _ in try file.commit() }
        #expect(try space.files.read("empty/x", limit: 9) == [2])
        #expect(try space.files.list("empty") == ["x"])
    }

    @Test(arguments: try Workspace.all())
    func `replaces what is still as it was read`(_ space: Workspace) throws {
        try space.files.replace("plan.md", expecting: Array("plan".utf8), with: Array("a longer plan".utf8))
        #expect(try space.files.read("plan.md", limit: 99) == Array("a longer plan".utf8))
        try space.files.replace("one/state.json", expecting: nil, with: [1])
        try space.files.replace("one/state.json", expecting: [1], with: [])
        #expect(try space.files.read("one/state.json", limit: 99) == [])
        #expect(try space.files.list("one") == ["state.json"])
    }

    @Test(arguments: try Workspace.all())
    func `does not replace what was changed, removed or made meanwhile`(_ space: Workspace) throws {
        expect(.changed, "plan.md") { try space.files.replace($0, expecting: Array("pla".utf8), with: []) }
        expect(.changed, "plan.md") { try space.files.replace($0, expecting: Array("plans".utf8), with: []) }
        expect(.changed, "plan.md") { try space.files.replace($0, expecting: nil, with: []) }
        expect(.changed, "gone.md") { try space.files.replace($0, expecting: [], with: []) }
        #expect(try space.files.read("plan.md", limit: 9) == Array("plan".utf8))
        #expect(try space.files.list("") == ["empty/", "notes/", "plan.md"])
    }
}

/// Expects a call to fail with this kind, and its failure to name the path.
func expect(
    _ kind: FileFailure.Kind,
    _ path: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (String) throws -> some Any
) {
    let failure = #expect(throws: FileFailure.self, "\(path)", sourceLocation: sourceLocation) { _ = try body(path) }
    #expect(failure?.kind == kind, "\(path)", sourceLocation: sourceLocation)
    #expect(failure?.path == path, sourceLocation: sourceLocation)
}
