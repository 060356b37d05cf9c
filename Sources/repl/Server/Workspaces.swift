import Actions
import Foundation

/// The folders that the sessions of a server write their projects into, one each, which only the server's user can read.
struct Workspaces: Sendable {
    let root: String

    /// The files of a session; its folder is made where there is none.
    func files(of session: String) throws -> any FileSystem {
        let folder = folder(of: session)
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return WorkspaceOnlyFiles(try LocalFiles(root: folder.path))
    }

    /// Removes all that a session has written; does nothing where it has written nothing.
    func remove(_ session: String) throws {
        do { try FileManager.default.removeItem(at: folder(of: session)) } catch CocoaError.fileNoSuchFile {}
    }

    func folder(of session: String) -> URL {
        // A session's name is letters, digits and a few signs where this server made it; others must not lead elsewhere.
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".unicodeScalars)
        let name = session.unicodeScalars.map { scalar in
            plain.contains(scalar) ? String(scalar) : "%" + String(scalar.value, radix: 16) + "%"
        }.joined()
        return URL(filePath: root, directoryHint: .isDirectory).appending(path: name)
    }
}
