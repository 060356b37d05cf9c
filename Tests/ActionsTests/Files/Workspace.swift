import Actions
import Foundation
import Testing

/// A workspace to try the rules of ``FileSystem`` on, with the same content whatever it is made of.
struct Workspace: CustomTestStringConvertible {
    var testDescription: String
    var files: any FileSystem
    /// Turns a path outside the workspace into one a user would type.
    var outsidePath: String
    private let cleaner: Cleaner?

    /// Every kind of file system, each with: `plan.md` ("plan"), `notes/a.txt` ("first"), `notes/b.txt` ("second"),
    /// `notes/deep/c.txt` ("third"), the folder `empty`, and outside it a file with the text "mine".
    static func all() throws -> [Workspace] {
        [try local(), memory()]
    }

    static let content = [
        "plan.md": "plan", "notes/a.txt": "first", "notes/b.txt": "second", "notes/deep/c.txt": "third",
    ]

    static func memory() -> Workspace {
        let files = MemoryFiles(files: content, userFiles: ["/outside/mine.txt": "mine"])
        try? files.makeFolder("empty")
        return Workspace(testDescription: "memory", files: files, outsidePath: "/outside/mine.txt", cleaner: nil)
    }

    static func local() throws -> Workspace {
        let folder = try TemporaryFolder()
        for (path, text) in content {
            try folder.write("root/" + path, text)
        }
        try folder.makeFolder("root/empty")
        try folder.write("mine.txt", "mine")
        return Workspace(
            testDescription: "local",
            files: try LocalFiles(root: folder.path + "/root", home: folder.path),
            outsidePath: folder.path + "/mine.txt",
            cleaner: Cleaner(folder)
        )
    }

    private final class Cleaner: Sendable {
        let folder: TemporaryFolder
        init(_ folder: TemporaryFolder) { self.folder = folder }
        deinit { folder.remove() }
    }
}

/// A folder that a test fills and removes.
struct TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("usher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
    }

    func write(_ name: String, _ text: String) throws {
        try makeFolder((name as NSString).deletingLastPathComponent)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Everything below, sorted, links not followed.
    func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
