import Actions
import ChatOps
import Foundation

extension Workspaces: SessionFiles {
    /// Folders within folders that are looked into.
    private static let depth = 8

    func files(of session: String, limit: Int) throws -> [SessionFile] {
        guard let files = try local(session) else { return [] }
        var found: [SessionFile] = []
        try collect("", level: 0, limit: limit, from: files, into: &found)
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    func open(_ path: String, of session: String) throws -> OpenSessionFile? {
        do {
            guard let file = try local(session)?.open(path) else { return nil }
            return OpenSessionFile(size: file.size) { try file.piece(from: $0, count: $1) }
        } catch let failure as FileFailure where failure.kind != .denied {
            // Not there, a folder, no plain file, or outside: which of these it is, nobody needs to be told.
            return nil
        }
    }

    /// The files of a session; `nil` where it has no folder.
    private func local(_ session: String) throws -> LocalFiles? {
        do { return try LocalFiles(root: folder(of: session).path) } catch  where error.kind == .notFound { return nil }
    }

    private func collect(
        _ folder: String,
        level: Int,
        limit: Int,
        from files: LocalFiles,
        into found: inout [SessionFile]
    ) throws {
        for name in try files.list(folder) {
            guard found.count < limit else { return }
            let path = folder + name
            if name.hasSuffix("/") {
                if level < Self.depth { try collect(path, level: level + 1, limit: limit, from: files, into: &found) }
            } else if !name.hasPrefix("."), let file = try? files.open(path) {
                // What begins with a dot is being written, and comes into its place when it is whole.
                found.append(SessionFile(path: path, size: file.size))
            }
        }
    }
}
