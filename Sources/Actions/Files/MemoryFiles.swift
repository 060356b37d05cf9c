internal import Synchronization

/// A workspace in memory: for transcripts and tests, where nothing shall touch the disk.
///
/// It keeps the rules of ``LocalFiles`` and can be told to fail.
public final class MemoryFiles: FileSystem {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var folders: Set<String> = []
        var userFiles: [String: [UInt8]] = [:]
        var failures: [String: FileFailure.Kind] = [:]
    }

    private let state = Mutex(State())

    /// Makes a workspace.
    ///
    /// - Parameters:
    ///   - files: Texts of files by their path in the workspace; the folders above them are there then.
    ///   - userFiles: Texts of files outside it, by the path that the user would give (absolute or with `~/`).
    public init(files: [String: String] = [:], userFiles: [String: String] = [:]) {
        for (path, text) in files {
            put(path, Array(text.utf8))
        }
        state.withLock { $0.userFiles = userFiles.mapValues { Array($0.utf8) } }
    }

    /// The texts of the files in the workspace by path; bytes that are not UTF-8 show as U+FFFD.
    public var snapshot: [String: String] {
        state.withLock { $0.files.mapValues { String(decoding: $0, as: UTF8.self) } }
    }

    /// The text of one of these, or `nil` where there is no such file.
    public func text(of path: String) -> String? {
        state.withLock { $0.files[path] }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The folders in the workspace, without the workspace itself.
    public var folders: Set<String> {
        state.withLock { $0.folders }
    }

    /// Puts a file there, over another where one is: what somebody else does between two actions; `nil` removes it.
    public func put(_ path: String, _ bytes: [UInt8]?) {
        let parts = WorkspacePath.split(path)
        state.withLock { state in
            state.files[parts.joined(separator: "/")] = bytes
            for count in 1..<max(1, parts.count) {
                state.folders.insert(parts.prefix(count).joined(separator: "/"))
            }
        }
    }

    /// Makes every call that names this path fail; `nil` ends it.
    public func fail(_ path: String, with kind: FileFailure.Kind?) {
        state.withLock { $0.failures[path] = kind }
    }

    /// Reads a file of the workspace.
    public func read(_ path: String, limit: Int) throws -> [UInt8] {
        let key = try key(path)
        return try state.withLock { state in
            if let kind = state.failures[path] { throw FileFailure(kind, path: path) }
            return try Self.checked(state.files[key], isFolder: Self.isFolder(key, in: state), path, limit: limit)
        }
    }

    /// Reads a file that the user pointed at.
    public func readUserFile(_ path: String, limit: Int) throws -> [UInt8] {
        guard path.hasPrefix("/") || path.hasPrefix("~") else { return try read(path, limit: limit) }
        return try state.withLock { state in
            if let kind = state.failures[path] { throw FileFailure(kind, path: path) }
            let isFolder = state.userFiles.keys.contains { $0.hasPrefix(path.hasSuffix("/") ? path : path + "/") }
            return try Self.checked(state.userFiles[path], isFolder: isFolder, path, limit: limit)
        }
    }

    /// Lists a folder of the workspace.
    public func list(_ path: String) throws -> [String] {
        let key = try key(path)
        return try state.withLock { state in
            if let kind = state.failures[path] { throw FileFailure(kind, path: path) }
            let start = key.isEmpty ? "" : key + "/"
            let files = state.files.keys.filter { $0.hasPrefix(start) && !$0.dropFirst(start.count).contains("/") }
            let folders = state.folders.filter { $0.hasPrefix(start) && !$0.dropFirst(start.count).contains("/") }
            return (files.map { String($0.dropFirst(start.count)) } + folders.map { $0.dropFirst(start.count) + "/" })
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// Makes a folder and those above it.
    public func makeFolder(_ path: String) throws {
        let parts = try WorkspacePath(path).parts
        try state.withLock { state in
            if let kind = state.failures[path] { throw FileFailure(kind, path: path) }
            try Self.makeFolders(parts, path: path, in: &state)
        }
    }

    /// Writes a new file.
    public func create(_ path: String, bytes: [UInt8]) throws {
        let parts = try WorkspacePath(path).parts
        let key = parts.joined(separator: "/")
        try state.withLock { state in
            if let kind = state.failures[path] { throw FileFailure(kind, path: path) }
            try Self.makeFolders(Array(parts.dropLast()), path: path, in: &state)
            guard state.files[key] == nil, !Self.isFolder(key, in: state) else {
                throw FileFailure(.exists, path: path, detail: "something of that name is there")
            }
            state.files[key] = bytes
        }
    }

    /// Replaces a file that still has the bytes it had.
    public func replace(_ path: String, expecting expected: [UInt8]?, with bytes: [UInt8]) throws {
        let parts = try WorkspacePath(path).parts
        let key = parts.joined(separator: "/")
        try state.withLock { state in
            if let kind = state.failures[path] { throw FileFailure(kind, path: path) }
            try Self.makeFolders(Array(parts.dropLast()), path: path, in: &state)
            guard state.files[key] == expected, !Self.isFolder(key, in: state) else {
                throw FileFailure(.changed, path: path, detail: "it was changed meanwhile")
            }
            state.files[key] = bytes
        }
    }

    private func key(_ path: String) throws(FileFailure) -> String {
        try WorkspacePath(path).parts.joined(separator: "/")
    }

    private static func isFolder(_ key: String, in state: State) -> Bool {
        key.isEmpty || state.folders.contains(key)
    }

    private static func makeFolders(_ parts: [String], path: String, in state: inout State) throws(FileFailure) {
        let folders = (0..<parts.count).map { parts[...$0].joined(separator: "/") }
        guard !folders.contains(where: { state.files[$0] != nil }) else {
            throw FileFailure(.exists, path: path, detail: "a file has the name of a folder on the way")
        }
        state.folders.formUnion(folders)
    }

    private static func checked(
        _ bytes: [UInt8]?,
        isFolder: Bool,
        _ path: String,
        limit: Int
    ) throws(FileFailure) -> [UInt8] {
        guard !isFolder else { throw FileFailure(.isFolder, path: path, detail: "a folder, not a file") }
        guard let bytes else { throw FileFailure(.notFound, path: path, detail: "there is no such file") }
        guard bytes.count <= limit else {
            throw FileFailure(.tooLarge, path: path, detail: "more than \(limit) bytes")
        }
        return bytes
    }
}
