import Actions
import Synchronization

/// A workspace in which somebody else writes a file just before we replace it, once for each of the changes.
final class BusyFiles: FileSystem {
    private let files: MemoryFiles
    private let changes: Mutex<[String?]>

    /// - Parameters:
    ///   - files: The workspace.
    ///   - changes: The texts that the file gets, in turn; `nil` removes it.
    init(_ files: MemoryFiles, changes: [String?]) {
        self.files = files
        self.changes = Mutex(changes)
    }

    func replace(_ path: String, expecting expected: [UInt8]?, with bytes: [UInt8]) throws {
        if let change = changes.withLock({ $0.isEmpty ? nil : .some($0.removeFirst()) }) {
            files.put(path, change.map { Array($0.utf8) })
        }
        try files.replace(path, expecting: expected, with: bytes)
    }

    func read(_ path: String, limit: Int) throws -> [UInt8] { try files.read(path, limit: limit) }
    func readUserFile(_ path: String, limit: Int) throws -> [UInt8] { try files.readUserFile(path, limit: limit) }
    func readUserFile(_ path: String, from offset: Int, count: Int) throws -> [UInt8] {
        try files.readUserFile(path, from: offset, count: count)
    }
    func list(_ path: String) throws -> [String] { try files.list(path) }
    func makeFolder(_ path: String) throws { try files.makeFolder(path) }
    func create(_ path: String, bytes: [UInt8]) throws { try files.create(path, bytes: bytes) }
    func begin(_ path: String) throws -> any PendingFile { try files.begin(path) }
}
