import Actions
import Foundation
import Testing

@Suite("Users of another machine reach the files of their workspace alone")
struct WorkspaceOnlyFilesTests {
    private let folder: URL
    private let files: WorkspaceOnlyFiles

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        let workspace = folder.appending(path: "workspace")
        try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
        try Data("theirs".utf8).write(to: workspace.appending(path: "own.json"))
        try Data("secret".utf8).write(to: folder.appending(path: "secret.json"))
        let link = workspace.appending(path: "link.json").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../secret.json")
        files = WorkspaceOnlyFiles(try LocalFiles(root: workspace.path, home: folder.path))
    }

    @Test("A file of the workspace is read, whole and in pieces")
    func own() throws {
        #expect(try files.readUserFile("own.json", limit: 10) == Array("theirs".utf8))
        #expect(try files.readUserFile("own.json", from: 2, count: 3) == Array("eir".utf8))
        try files.create("new/a.txt", bytes: [1])
        #expect(try files.list("new") == ["a.txt"])
        let failure = #expect(throws: FileFailure.self) { try files.readUserFile("own.json", limit: 2) }
        #expect(failure?.kind == .tooLarge)
    }

    @Test(
        "A file elsewhere is not, in whatever way it is named",
        arguments: ["~/secret.json", "~", "../secret.json", "a/../../secret.json", "/etc/passwd", "link.json"]
    )
    func elsewhere(path: String) {
        for read in [
            { try files.readUserFile(path, limit: 1_000) }, { try files.readUserFile(path, from: 0, count: 1_000) },
        ] {
            let failure = #expect(throws: FileFailure.self) { try read() }
            #expect(failure?.kind == .outside)
        }
    }
}
