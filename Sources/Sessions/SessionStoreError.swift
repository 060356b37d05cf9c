/// Why a store could not do what it was asked.
public struct SessionStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error.
    public enum Code: Sendable, Hashable {
        /// There is a session of that name.
        case exists
        /// There is no session of that name.
        case notFound
        /// Somebody else added an event in the meantime.
        case conflict
        /// It could not be stored: a full disk, a read-only folder.
        case unwritable
        /// What is stored cannot be read.
        case unreadable
    }

    /// The kind.
    public var code: Code
    /// What happened and what to do.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension SessionStoreError {
    package static func exists(_ session: String) -> SessionStoreError {
        SessionStoreError(.exists, "there is a session '\(session)' already")
    }

    package static func notFound(_ session: String) -> SessionStoreError {
        SessionStoreError(.notFound, "there is no session '\(session)'")
    }

    package static func conflict(_ session: String) -> SessionStoreError {
        SessionStoreError(
            .conflict,
            "the session '\(session)' went on elsewhere in the meantime; take it up again with --resume"
        )
    }

    package static func unreadable(event position: Int, of session: String) -> SessionStoreError {
        SessionStoreError(
            .unreadable,
            "event \(position + 1) of the session '\(session)' cannot be read; it may be from a newer version"
        )
    }
}
