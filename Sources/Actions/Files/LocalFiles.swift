#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The workspace as a folder on disk.
///
/// Every path is walked from the root with open folders (`openat`, `O_NOFOLLOW`), so neither `..`, an absolute path
/// nor a symbolic link leaves it. New files appear whole or not at all and never over another one.
public struct LocalFiles: FileSystem {
    private let folder: LocalFolder
    private let home: String?

    /// Opens a workspace.
    ///
    /// - Parameters:
    ///   - root: The folder; it must be there.
    ///   - home: What `~` stands for in ``readUserFile(_:limit:)``; without it such paths are not found.
    /// - Throws: ``FileFailure`` with `notFound` or `denied`.
    public init(root: String, home: String? = nil) throws(FileFailure) {
        guard let real = realpath(root, nil) else {
            throw FileFailure(errno: errno, path: root).whenReading
        }
        defer { free(real) }
        folder = LocalFolder(root: String(cString: real))
        self.home = home
        _ = try folder.locate(WorkspacePath(""), followsLast: true)
    }

    /// Reads a file of the workspace.
    public func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = try openForReading(path)
        return try LocalReading(file: file, path: path).all(limit: limit)
    }

    /// Opens a file of the workspace, to read it in pieces.
    ///
    /// What is read is this file, whatever takes its place meanwhile.
    ///
    /// - Throws: ``FileFailure`` with `notFound`, `isFolder`, `denied`, `outside`.
    public func open(_ path: String) throws -> OpenFile {
        try OpenFile(LocalReading(file: openForReading(path), path: path))
    }

    /// Reads a file that the user pointed at.
    public func readUserFile(_ path: String, limit: Int) throws -> [UInt8] {
        try LocalReading(file: openUserFile(path), path: path).all(limit: limit)
    }

    /// Reads a piece of a file that the user pointed at.
    public func readUserFile(_ path: String, from offset: Int, count: Int) throws -> [UInt8] {
        try LocalReading(file: openUserFile(path), path: path).piece(from: offset, count: count)
    }

    /// Lists a folder of the workspace.
    ///
    /// Names that are not UTF-8 are left out: no path can name them.
    public func list(_ path: String) throws -> [String] {
        let way = try WorkspacePath(path)
        let opened: Descriptor
        do throws(FileFailure) {
            let place = try folder.locate(way, followsLast: true)
            let raw = openat(place.folder.raw, place.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard raw >= 0 else { throw FileFailure(errno: errno, path: path) }
            opened = Descriptor(raw)
        } catch {
            guard error.whenReading.kind == .notFound else { throw error }
            return []
        }
        return try names(in: opened, path: path)
            .map { isFolder($0, under: way) ? $0 + "/" : $0 }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes a folder of the workspace and those above it.
    public func makeFolder(_ path: String) throws {
        let way = try WorkspacePath(path)
        let place = try folder.locate(way, followsLast: true, makesFolders: true)
        guard mkdirat(place.folder.raw, place.name, 0o777) != 0 else {
            fsync(place.folder.raw)
            return
        }
        let code = errno
        guard code == EEXIST, isFolder(place) else { throw FileFailure(errno: code, path: path) }
    }

    /// Writes a new file whole.
    public func create(_ path: String, bytes: [UInt8]) throws {
        let file = try beginLocally(path)
        try file.write(bytes)
        try file.publish()
    }

    /// Begins a new file; its pieces are written beside its place.
    public func begin(_ path: String) throws -> any PendingFile {
        try beginLocally(path)
    }

    /// Replaces a file that is still as it was read.
    ///
    /// Processes that use this method wait for each other.
    public func replace(_ path: String, expecting expected: [UInt8]?, with bytes: [UInt8]) throws {
        let way = try WorkspacePath(path)
        let place = try folder.locate(way, followsLast: true, makesFolders: true)
        let file = try LocalPendingFile(for: place, path: path)
        try file.write(bytes)
        // A lock of its own open folder: closing it unlocks, also when the process dies.
        let lock = Descriptor(openat(place.folder.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        flock(lock.raw, LOCK_EX)
        defer { flock(lock.raw, LOCK_UN) }
        guard let expected else {
            do throws(FileFailure) {
                try file.publish()
            } catch {
                guard error.kind == .exists else { throw error }
                throw FileFailure(.changed, path: path, detail: "it was not there before")
            }
            return
        }
        var status = stat()
        guard fstatat(place.folder.raw, place.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw errno == ENOENT
                ? FileFailure(.changed, path: path, detail: "it is gone") : FileFailure(errno: errno, path: path)
        }
        guard try has(expected, at: place, path: path) else {
            throw FileFailure(.changed, path: path, detail: "it was changed meanwhile")
        }
        try file.publishOverExisting(mode: status.st_mode)
    }

    private func has(_ bytes: [UInt8], at place: LocalPlace, path: String) throws(FileFailure) -> Bool {
        do throws(FileFailure) {
            return try LocalReading(file: openPlace(place, path: path), path: path).all(limit: bytes.count) == bytes
        } catch {
            guard error.kind == .tooLarge else { throw error }
            return false
        }
    }

    private func beginLocally(_ path: String) throws(FileFailure) -> LocalPendingFile {
        let place = try folder.locate(try WorkspacePath(path), followsLast: false, makesFolders: true)
        var status = stat()
        guard fstatat(place.folder.raw, place.name, &status, AT_SYMLINK_NOFOLLOW) != 0 else {
            throw FileFailure(errno: EEXIST, path: path)
        }
        return try LocalPendingFile(for: place, path: path)
    }

    private func openForReading(_ path: String) throws(FileFailure) -> Descriptor {
        let way = try WorkspacePath(path)
        do {
            return try openPlace(try folder.locate(way, followsLast: true), path: path)
        } catch {
            throw error.whenReading
        }
    }

    private func openPlace(_ place: LocalPlace, path: String) throws(FileFailure) -> Descriptor {
        // Without waiting: opening a FIFO would, until somebody writes to it.
        let raw = openat(place.folder.raw, place.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard raw >= 0 else { throw FileFailure(errno: errno, path: path).whenReading }
        return Descriptor(raw)
    }

    private func openUserFile(_ path: String) throws(FileFailure) -> Descriptor {
        guard !path.utf8.contains(0) else {
            throw FileFailure(.outside, path: path, detail: "a path cannot hold NUL")
        }
        var full = path
        if path == "~" || path.hasPrefix("~/") {
            guard let home else {
                throw FileFailure(.notFound, path: path, detail: "the home folder is not known")
            }
            full = home + path.dropFirst()
        } else if !path.hasPrefix("/") {
            full = folder.root + "/" + path
        }
        let raw = openat(AT_FDCWD, full, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard raw >= 0 else { throw FileFailure(errno: errno, path: path).whenReading }
        return Descriptor(raw)
    }

    private func names(in opened: Descriptor, path: String) throws(FileFailure) -> [String] {
        guard let stream = fdopendir(dup(opened.raw)) else { throw FileFailure(errno: errno, path: path) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(validatingCString: $0)
                }
            }
            guard let name, name != ".", name != ".." else { continue }
            names.append(name)
        }
        return names
    }

    /// Whether a name of a folder is a folder itself, or a link to one inside the workspace.
    private func isFolder(_ name: String, under way: WorkspacePath) -> Bool {
        guard let path = try? WorkspacePath((way.parts + [name]).joined(separator: "/")) else { return false }
        guard let place = try? folder.locate(path, followsLast: true) else { return false }
        return isFolder(place)
    }

    private func isFolder(_ place: LocalPlace) -> Bool {
        var status = stat()
        return fstatat(place.folder.raw, place.name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && status.st_mode & S_IFMT == S_IFDIR
    }
}
