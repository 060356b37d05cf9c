/// Why a message could not be delivered, which decides what becomes of it.
///
/// The reasons go to the log; they hold nothing that anybody wrote.
public enum DeliveryFailure: Error, Sendable, Hashable {
    /// The channel takes nothing for so long; then everything is tried again.
    case busy(Duration, reason: String)
    /// It failed this time; it is tried again later and later, and other sessions go on.
    case failed(reason: String)
    /// The place is gone; the message is dropped.
    case gone(reason: String)
    /// This message will never be taken; it is dropped, and the next ones are delivered.
    case refused(reason: String)
}

extension DeliveryFailure: CustomStringConvertible {
    /// The reason.
    public var description: String {
        switch self {
        case .busy(_, let reason), .failed(let reason), .gone(let reason), .refused(let reason): reason
        }
    }
}
