/// A file of a workspace that is open for reading; it is closed when nobody holds it any more.
public struct OpenFile: Sendable {
    /// How many bytes it had when it was opened.
    public let size: Int
    private let reading: LocalReading

    init(_ reading: LocalReading) throws(FileFailure) {
        self.reading = reading
        size = try reading.size()
    }

    /// At most `count` bytes from `offset`; fewer only where the file ends.
    ///
    /// - Throws: ``FileFailure``.
    public func piece(from offset: Int, count: Int) throws -> [UInt8] {
        try reading.piece(from: offset, count: count)
    }
}
