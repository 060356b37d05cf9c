#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An open file or folder, closed when nobody holds it any more.
final class Descriptor: Sendable {
    let raw: Int32

    init(_ raw: Int32) {
        self.raw = raw
    }

    deinit {
        close(raw)
    }
}

/// Where a path leads: a name in an open folder of the workspace.
struct LocalPlace {
    var folder: Descriptor
    /// `.` where the path is the folder itself.
    var name: String
}

/// The workspace on disk: walks paths one name at a time with open folders in its hands.
///
/// The system never resolves more than one name for us, and never a symbolic link (`O_NOFOLLOW`): links are read and
/// walked by the same rules. So no link can lead outside, also not one that is swapped in while we walk.
struct LocalFolder: Sendable {
    /// The real path of the workspace.
    let root: String

    /// Links in one path before it is taken for a loop; Linux has the same number.
    private static let linkLimit = 40

    /// Walks a path.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - followsLast: Whether a link in the last name is followed.
    ///   - makesFolders: Whether missing folders before the last name are made.
    /// - Returns: The last folder, open, and the last name, which may be missing there.
    /// - Throws: ``FileFailure`` with `outside`, or as the system says.
    func locate(
        _ path: WorkspacePath,
        followsLast: Bool,
        makesFolders: Bool = false
    ) throws(FileFailure) -> LocalPlace {
        var folders = [try open(root, path: path.text)]
        var folder: Descriptor { folders[folders.count - 1] }
        var ahead: [String] = path.parts.reversed()
        var links = 0
        while let name = ahead.popLast() {
            if name == ".." {
                guard folders.count > 1 else { throw outside(path) }
                folders.removeLast()
            } else if let target = readLink(name, in: folder), followsLast || !ahead.isEmpty {
                links += 1
                guard links <= Self.linkLimit else { throw FileFailure(errno: ELOOP, path: path.text) }
                if target.hasPrefix("/") {
                    guard target == root || target.hasPrefix(root == "/" ? root : root + "/") else {
                        throw outside(path)
                    }
                    folders.removeSubrange(1...)
                    ahead += WorkspacePath.split(String(target.dropFirst(root.count))).reversed()
                } else {
                    ahead += WorkspacePath.split(target).reversed()
                }
            } else if ahead.isEmpty {
                return LocalPlace(folder: folder, name: name)
            } else {
                folders.append(try enter(name, of: folder, makes: makesFolders, path: path))
            }
        }
        return LocalPlace(folder: folder, name: ".")
    }

    private func enter(
        _ name: String,
        of folder: Descriptor,
        makes: Bool,
        path: WorkspacePath
    ) throws(FileFailure) -> Descriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var raw = openat(folder.raw, name, flags)
        if raw < 0, errno == ENOENT, makes {
            guard mkdirat(folder.raw, name, 0o777) == 0 || errno == EEXIST else {
                throw FileFailure(errno: errno, path: path.text)
            }
            fsync(folder.raw)
            raw = openat(folder.raw, name, flags)
        }
        guard raw >= 0 else { throw FileFailure(errno: errno, path: path.text) }
        return Descriptor(raw)
    }

    private func open(_ folder: String, path: String) throws(FileFailure) -> Descriptor {
        let raw = openat(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard raw >= 0 else { throw FileFailure(errno: errno, path: path) }
        return Descriptor(raw)
    }

    /// What a link holds; `nil` where the name is no link.
    private func readLink(_ name: String, in folder: Descriptor) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlinkat(folder.raw, name, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func outside(_ path: WorkspacePath) -> FileFailure {
        FileFailure(.outside, path: path.text, detail: "a symbolic link on the way leads out of the workspace")
    }
}
