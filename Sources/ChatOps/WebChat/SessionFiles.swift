/// The files that sessions have written, for their users to fetch.
///
/// A server knows no workspaces: who runs the actions says where their files are. Whose session it is has been checked
/// when it is asked.
public protocol SessionFiles: Sendable {
    /// The files of a session, sorted by their paths; none where it has written nothing.
    ///
    /// - Parameters:
    ///   - session: The session's name.
    ///   - limit: How many at most.
    /// - Returns: The files.
    /// - Throws: Where they cannot be listed.
    func files(of session: String, limit: Int) throws -> [SessionFile]

    /// Opens a file of a session.
    ///
    /// - Parameters:
    ///   - path: Any text that a user sent: what leads out of the session's files must be refused here, by whatever way
    ///     it does.
    ///   - session: The session's name.
    /// - Returns: The file, or `nil` where there is none that may be read.
    /// - Throws: Where it cannot be read all the same.
    func open(_ path: String, of session: String) throws -> OpenSessionFile?
}

/// A file that a session has written.
public struct SessionFile: Sendable, Hashable, Encodable {
    /// Where it is among the session's files, with `/` between the names.
    public var path: String
    /// How many bytes it has.
    public var size: Int

    /// Makes a file.
    public init(path: String, size: Int) {
        self.path = path
        self.size = size
    }
}

/// A file of a session that is open for reading.
public struct OpenSessionFile: Sendable {
    /// How many bytes it has.
    public var size: Int
    /// Gives at most `count` bytes from `offset`; fewer only where the file ends.
    public var piece: @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8]

    /// Makes one.
    public init(size: Int, piece: @escaping @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8]) {
        self.size = size
        self.piece = piece
    }
}
