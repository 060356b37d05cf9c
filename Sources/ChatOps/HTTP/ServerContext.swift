internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// What goes along with a request.
struct ServerContext: RequestContext {
    /// The header that a request's id comes in and is answered in.
    static let requestIDHeader = HTTPField.Name("X-Request-ID")
    /// The framework's name for the id in its lines of the log.
    private static let logKey = "hb.request.id"

    var coreContext: CoreRequestContextStorage
    /// What the request is called in answers and in the log.
    var requestID = ""

    /// The context of a request that came through an application of somebody else's.
    init(_ core: CoreRequestContextStorage) { coreContext = core }

    init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }

    /// Gives the request its id: the client's, where it is a plain word, or the one that the framework made for it.
    mutating func takeID(of request: Request) {
        if let given = Self.requestIDHeader.flatMap({ request.headers[$0] }), Self.isPlain(given) {
            requestID = given
            logger[metadataKey: Self.logKey] = "\(given)"
        } else if let made = logger[metadataKey: Self.logKey] {
            requestID = made.description
        } else {
            requestID = RequestID().description
            logger[metadataKey: Self.logKey] = "\(requestID)"
        }
    }

    /// Whether an id can be written anywhere: letters, digits, `-`, `_`, `.`; 1 to 128 of them.
    private static func isPlain(_ id: String) -> Bool {
        (1...128).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
