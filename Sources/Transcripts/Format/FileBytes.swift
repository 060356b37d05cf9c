import Foundation

/// The bytes of regular files; a pipe or a device is never waited for.
enum FileBytes {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: Its path.
    ///   - limit: The most bytes that it may have.
    /// - Returns: All of its bytes.
    /// - Throws: ``TranscriptFiles/Failure``.
    static func read(_ path: String, limit: Int) throws(TranscriptFiles.Failure) -> [UInt8] {
        guard !path.utf8.contains(0) else { throw TranscriptFiles.Failure(description: "a path holds a NUL byte") }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw TranscriptFiles.Failure(description: "\(path): cannot be read (\(reason))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw TranscriptFiles.Failure(description: "\(path): is not a file")
        }
        guard status.st_size <= limit else {
            throw TranscriptFiles.Failure(description: "\(path):1:1: error: the file is larger than \(limit) bytes")
        }
        var bytes: [UInt8] = []
        var isBroken = false
        while !isBroken, bytes.count <= limit {
            let wanted = max(Int(status.st_size) - bytes.count + 1, 4_096)
            let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                // SAFETY: `read` writes at most `wanted` bytes, which the buffer has; what it wrote is initialised.
                let got = Foundation.read(descriptor, buffer.baseAddress, wanted)
                isBroken = got < 0
                count = max(got, 0)
            }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        guard !isBroken else { throw TranscriptFiles.Failure(description: "\(path): cannot be read") }
        guard bytes.count <= limit else {
            throw TranscriptFiles.Failure(description: "\(path):1:1: error: the file is larger than \(limit) bytes")
        }
        return bytes
    }
}
