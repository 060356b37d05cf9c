#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads the bytes of an open file, if it is one: folders, devices and pipes are refused.
struct LocalReading: Sendable {
    let file: Descriptor
    let path: String

    private static let pieceSize = 1 << 18

    /// All its bytes.
    ///
    /// - Throws: `tooLarge` when there are more than `limit`.
    func all(limit: Int) throws(FileFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let wanted = min(Self.pieceSize, limit == .max ? .max : limit - bytes.count + 1)
            let piece = try piece(from: bytes.count, count: wanted)
            bytes += piece
            guard bytes.count <= limit else {
                throw FileFailure(.tooLarge, path: path, detail: "more than \(limit) bytes")
            }
            if piece.count < wanted { return bytes }
        }
    }

    /// At most `count` bytes from `offset`; fewer only where the file ends.
    func piece(from offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
        try check()
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while filled < count {
                let read = pread(
                    file.raw,
                    buffer.baseAddress.map { $0 + filled },
                    count - filled,
                    off_t(offset + filled)
                )
                if read > 0 {
                    filled += read
                } else if read == 0 || errno != EINTR {
                    code = read == 0 ? 0 : errno
                    return
                }
            }
        }
        guard code == 0 else { throw FileFailure(errno: code, path: path).whenReading }
        return bytes
    }

    /// How many bytes it has.
    func size() throws(FileFailure) -> Int {
        try Int(check().st_size)
    }

    @discardableResult private func check() throws(FileFailure) -> stat {
        var status = stat()
        guard fstat(file.raw, &status) == 0 else { throw FileFailure(errno: errno, path: path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status
        case S_IFDIR: throw FileFailure(.isFolder, path: path, detail: "a folder, not a file")
        default: throw FileFailure(.other, path: path, detail: "not a regular file")
        }
    }
}
