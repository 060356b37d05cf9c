internal import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A temporary file beside the place where it shall go.
///
/// Its name begins with a dot, so that listings of notebooks and projects do not show it. It is unlinked on every way
/// out but a commit; only a killed process leaves it behind.
final class LocalPendingFile: PendingFile {
    private let place: LocalPlace
    private let path: String
    private let name: String
    private var file: Descriptor?

    /// Tells temporary files of one process apart.
    private static let counter = Atomic<UInt64>(0)

    /// Makes an empty temporary file in the folder of `place`.
    init(for place: LocalPlace, path: String) throws(FileFailure) {
        self.place = place
        self.path = path
        var name = ""
        var raw: Int32 = -1
        repeat {
            let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
            name = ".usher-\(getpid())-\(number).tmp"
            raw = openat(place.folder.raw, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        } while raw < 0 && (errno == EEXIST || errno == EINTR)
        guard raw >= 0 else { throw FileFailure(errno: errno, path: path) }
        self.name = name
        file = Descriptor(raw)
    }

    deinit {
        discard()
    }

    func append(_ bytes: [UInt8]) throws {
        try write(bytes)
    }

    /// ``append(_:)`` with its error's type.
    func write(_ bytes: [UInt8]) throws(FileFailure) {
        guard let file else { throw FileFailure(.other, path: path, detail: "the file is complete already") }
        var code: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = systemWrite(file.raw, UnsafeRawBufferPointer(rebasing: rest))
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        guard code == 0 else {
            discard()
            throw FileFailure(errno: code, path: path)
        }
    }

    func commit() throws {
        try publish()
    }

    /// Puts the file in its place where nothing is: link(2) fails on anything that has the name, links included.
    func publish() throws(FileFailure) {
        try synchronize()
        let folder = place.folder.raw
        if linkat(folder, name, folder, place.name, 0) == 0 {
            discard()
        } else if errno == EPERM || errno == ENOTSUP || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK {
            try publishWithoutLink()
        } else {
            let code = errno
            discard()
            throw FileFailure(errno: code, path: path)
        }
        fsync(folder)
    }

    /// Puts the file in place of the one that is there, keeping its permissions.
    func publishOverExisting(mode: mode_t) throws(FileFailure) {
        if let file { fchmod(file.raw, mode & 0o7777) }
        try synchronize()
        try rename()
        fsync(place.folder.raw)
    }

    func discard() {
        guard file != nil else { return }
        file = nil
        unlinkat(place.folder.raw, name, 0)
    }

    /// For file systems without hard links: takes the name with an empty file of our own, then renames over that.
    private func publishWithoutLink() throws(FileFailure) {
        let folder = place.folder.raw
        let reserved = openat(folder, place.name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard reserved >= 0 else {
            let code = errno
            discard()
            throw FileFailure(errno: code, path: path)
        }
        close(reserved)
        do {
            try rename()
        } catch {
            unlinkat(folder, place.name, 0)
            throw error
        }
    }

    private func rename() throws(FileFailure) {
        guard renameat(place.folder.raw, name, place.folder.raw, place.name) == 0 else {
            let code = errno
            discard()
            throw FileFailure(errno: code, path: path)
        }
        file = nil
    }

    private func synchronize() throws(FileFailure) {
        guard let file else { throw FileFailure(.other, path: path, detail: "the file is complete already") }
        guard fsync(file.raw) == 0 else {
            let code = errno
            discard()
            throw FileFailure(errno: code, path: path)
        }
    }
}

/// write(2) under a name that does not hide behind methods called `write`.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
