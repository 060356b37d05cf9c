#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A new folder that only this user can enter (mode 0700), for the files of one call; files in it have mode 0600.
struct PrivateFolder: Sendable {
    /// The absolute path.
    let path: String

    /// Why a file or folder could not be made or read.
    struct Failure: Error {
        var detail: String
    }

    /// Makes the folder inside `parent`.
    ///
    /// - Parameter parent: An absolute path. One with a `$` is not used, because the `aws` command expands variables in
    ///   the paths it is given; `/tmp` takes its place.
    /// - Throws: ``Failure`` where the system refuses.
    init(in parent: String) throws(Failure) {
        let parent = parent.hasPrefix("/") && !parent.contains("$") ? parent : "/tmp"
        var template = Array("\(parent)/usher-aws-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(detail: "no temporary folder could be made in \(parent): \(Self.reason())")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a new file.
    func create(_ name: String, _ bytes: [UInt8]) throws(Failure) {
        let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure(detail: "\(path)/\(name): \(Self.reason())") }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(detail: "\(path)/\(name): \(Self.reason())") }
            written += count
        }
    }

    /// The size of a file in bytes; 0 where it is not there.
    func size(of name: String) -> Int {
        var information = stat()
        return stat("\(path)/\(name)", &information) == 0 ? Int(information.st_size) : 0
    }

    /// The bytes of a file.
    func read(_ name: String) throws(Failure) -> [UInt8] {
        let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(detail: "\(path)/\(name): \(Self.reason())") }
        defer { close(file) }
        let size = size(of: name)
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = bytes[filled...].withUnsafeMutableBytes {
                #if canImport(Darwin)
                Darwin.read(file, $0.baseAddress, $0.count)
                #elseif canImport(Glibc)
                Glibc.read(file, $0.baseAddress, $0.count)
                #else
                Musl.read(file, $0.baseAddress, $0.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(detail: "\(path)/\(name): \(Self.reason())") }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes[..<filled])
    }

    /// Removes the folder and the files in it.
    func remove(files: [String]) {
        for name in files { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    private static func reason() -> String {
        String(cString: strerror(errno))
    }
}
