/// Why there is no connection, or no answer.
///
/// A description never holds the address or anything that was sent: both may hold secrets.
public enum ConnectionFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// libcurl is not installed, or too old; with what the loader said.
    case noLibrary(String)
    /// The request can't be sent: its method or a header field has a character that may not stand there.
    case badRequest(String)
    /// The name of the host is not known.
    case unknownHost
    /// Nobody listens there, or the network doesn't lead there.
    case unreachable
    /// The certificate isn't valid for the host, or TLS failed otherwise.
    case untrusted(String)
    /// The time limit was reached.
    case timedOut
    /// The answer is longer than it may be.
    case tooLong
    /// The connection was closed.
    case closed
    /// Something else, in libcurl's words.
    case other(String)

    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .noLibrary(let reason):
            "libcurl (version 7.68 or later) is needed to connect, and cannot be loaded: \(reason); "
                + "on Debian install libcurl4"
        case .badRequest(let reason): reason
        case .unknownHost: "the name of the host is not known"
        case .unreachable: "the host cannot be reached"
        case .untrusted(let reason): "the host is not trusted: \(reason)"
        case .timedOut: "no answer in time"
        case .tooLong: "the answer is too long"
        case .closed: "the connection was closed"
        case .other(let reason): reason
        }
    }
}
