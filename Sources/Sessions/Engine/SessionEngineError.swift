/// Why an engine could not take a delivery.
public struct SessionEngineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error.
    public enum Code: Sendable, Hashable {
        /// There is no such session, or it is somebody else's: which of the two is not told.
        case unknownSession
        /// There is no such flow.
        case unknownFlow
        /// The session belongs to a version of the flow that is not there any more.
        case flowChanged
        /// The session has gone on in a newer version of its flow, which other processes run; the delivery was not taken
        /// and can be sent again.
        case newerFlow
        /// The question that the delivery answers is not open any more; the delivery was not taken.
        case movedOn
        /// Others went on with the session again and again; the delivery was not taken and can be sent again.
        case busy
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

extension SessionEngineError {
    static func unknownSession(_ session: String) -> SessionEngineError {
        SessionEngineError(.unknownSession, "there is no session '\(session)'")
    }

    static func movedOn(_ session: String) -> SessionEngineError {
        SessionEngineError(.movedOn, "the session '\(session)' waits for something else by now")
    }

    static func busy(_ session: String) -> SessionEngineError {
        SessionEngineError(.busy, "others are going on with the session '\(session)'; send it again")
    }

    static func flowChanged(_ session: String, _ flow: String) -> SessionEngineError {
        SessionEngineError(
            .flowChanged,
            "the session '\(session)' belongs to another version of the flow '\(flow)'"
        )
    }
}
