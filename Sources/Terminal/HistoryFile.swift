#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The lines that Up brings back, in a file that only its owner may read.
///
/// The file is text: one entry a line, `\n` for a line feed and `\\` for a backslash inside it. Entries are added at the
/// end, so that two programs at once lose nothing; a file of more than twice `limit` entries is cut when it is read.
///
/// What is a secret is for the caller to know: it does not add it.
public struct HistoryFile: Sendable {
    /// Where it lies.
    public let path: String
    /// How many entries are kept.
    public let limit: Int

    /// Names a history file; nothing is read or made yet.
    public init(path: String, limit: Int = 1000) {
        self.path = path
        self.limit = limit
    }

    /// The last `limit` entries, oldest first; none where there is no file.
    ///
    /// - Throws: ``HistoryFailure`` where the file is there and cannot be read, is no regular file, or is larger than
    ///   16 MiB.
    public func load() throws(HistoryFailure) -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw failure("cannot be read")
        }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw HistoryFailure(path: path, reason: "is no regular file") }
        guard status.st_size <= 16 * 1024 * 1024 else { throw HistoryFailure(path: path, reason: "is too large") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read") }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        let entries = bytes.split(separator: UInt8(ascii: "\n")).map { Self.decoded($0) }
        let kept = Array(entries.suffix(limit))
        if entries.count > 2 * limit { try replace(with: kept) }
        return kept
    }

    /// Adds an entry at the end, making the file (0600) and the folders above it (0700) where they are not there.
    ///
    /// - Throws: ``HistoryFailure`` where it cannot be written.
    public func append(_ entry: String) throws(HistoryFailure) {
        makeFolders()
        try save([entry], to: path, flags: O_APPEND)
    }

    private func replace(with entries: [String]) throws(HistoryFailure) {
        let temporary = "\(path).\(getpid())"
        try save(entries, to: temporary, flags: O_TRUNC)
        guard rename(temporary, path) == 0 else {
            let problem = failure("cannot be replaced")
            unlink(temporary)
            throw problem
        }
    }

    private func save(_ entries: [String], to path: String, flags: Int32) throws(HistoryFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | flags, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written") }
        defer { _ = close(descriptor) }
        // A file that was there with wider permissions is narrowed before anything is added.
        guard fchmod(descriptor, 0o600) == 0 else { throw failure("cannot be made private") }
        var bytes = entries.flatMap { Array(Self.encoded($0).utf8) + [UInt8(ascii: "\n")] }[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot be written") }
            bytes = bytes.dropFirst(count)
        }
    }

    private func makeFolders() {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            // One that is there already, or cannot be made, shows when the file is opened.
            mkdir(folder, 0o700)
        }
    }

    private func failure(_ reason: String) -> HistoryFailure {
        HistoryFailure(path: path, reason: "\(reason): \(String(cString: strerror(errno)))")
    }

    private static func encoded(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private static func decoded(_ line: some Sequence<UInt8>) -> String {
        var entry: [UInt8] = []
        var isEscaped = false
        for byte in line {
            if isEscaped {
                entry.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                entry.append(byte)
            }
        }
        return String(decoding: entry, as: UTF8.self)
    }
}

/// Why a history file could not be read or written.
///
/// The conversation goes on without it.
public struct HistoryFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What was wrong, in the system's words.
    public let reason: String

    /// A sentence for the user.
    public var description: String { "The history file \(path) \(reason)." }
}
