/// A new file on its way: nobody sees it before it is committed, and nothing stays of one that is not.
///
/// One task uses it at a time.
public protocol PendingFile: AnyObject {
    /// Adds bytes at its end.
    ///
    /// - Throws: ``FileFailure`` with `full`, `denied`, `other`.
    func append(_ bytes: [UInt8]) throws

    /// Puts the whole file in its place, never over another. Nothing may be appended afterwards.
    ///
    /// - Throws: ``FileFailure`` as ``FileSystem/create(_:bytes:)``; the pieces are gone then.
    func commit() throws

    /// Throws the pieces away; does nothing after a commit.
    func discard()
}

/// The pieces in memory, for file systems without anything better.
final class BufferedPendingFile: PendingFile {
    private let path: String
    private let files: any FileSystem
    private var bytes: [UInt8] = []

    init(_ path: String, in files: any FileSystem) {
        self.path = path
        self.files = files
    }

    func append(_ bytes: [UInt8]) {
        self.bytes += bytes
    }

    func commit() throws {
        defer { bytes = [] }
        try files.create(path, bytes: bytes)
    }

    func discard() {
        bytes = []
    }
}

extension FileSystem {
    /// Reads the whole file and takes the piece out of it: right, but no help with large files.
    public func readUserFile(_ path: String, from offset: Int, count: Int) throws -> [UInt8] {
        let bytes = try readUserFile(path, limit: .max)
        guard offset < bytes.count else { return [] }
        return [UInt8](bytes[offset..<min(bytes.count, offset + min(count, bytes.count))])
    }

    /// Keeps the pieces in memory until they are committed.
    public func begin(_ path: String) throws -> any PendingFile {
        BufferedPendingFile(path, in: self)
    }
}
