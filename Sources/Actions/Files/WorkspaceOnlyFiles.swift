/// The files of one workspace, and no others even where a user points at them.
///
/// It is for users of another machine: what they name by an absolute or `~` path would be files of the server.
public struct WorkspaceOnlyFiles: FileSystem {
    private let files: any FileSystem

    /// Keeps users inside of a workspace.
    public init(_ files: any FileSystem) { self.files = files }

    /// Reads a file of the workspace.
    public func read(_ path: String, limit: Int) throws -> [UInt8] { try files.read(path, limit: limit) }

    /// Reads a file that the user pointed at, if it is one of the workspace.
    public func readUserFile(_ path: String, limit: Int) throws -> [UInt8] {
        try check(path)
        return try files.read(path, limit: limit)
    }

    /// Reads a piece of a file that the user pointed at, if it is one of the workspace.
    public func readUserFile(_ path: String, from offset: Int, count: Int) throws -> [UInt8] {
        try check(path)
        // A link inside of the workspace may lead out of it, and only this way of reading sees that.
        do { _ = try files.read(path, limit: 0) } catch let failure as FileFailure where failure.kind == .tooLarge {}
        return try files.readUserFile(path, from: offset, count: count)
    }

    /// Lists a folder of the workspace.
    public func list(_ path: String) throws -> [String] { try files.list(path) }

    /// Makes a folder of the workspace.
    public func makeFolder(_ path: String) throws { try files.makeFolder(path) }

    /// Writes a new file of the workspace.
    public func create(_ path: String, bytes: [UInt8]) throws { try files.create(path, bytes: bytes) }

    /// Begins a new file of the workspace.
    public func begin(_ path: String) throws -> any PendingFile { try files.begin(path) }

    /// Replaces a file of the workspace.
    public func replace(_ path: String, expecting expected: [UInt8]?, with bytes: [UInt8]) throws {
        try files.replace(path, expecting: expected, with: bytes)
    }

    private func check(_ path: String) throws(FileFailure) {
        guard !path.hasPrefix("~") else {
            throw FileFailure(.outside, path: path, detail: "only files of the session's own folder can be read here")
        }
        _ = try WorkspacePath(path)
    }
}
