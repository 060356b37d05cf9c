public import HTTPTypes
internal import Hummingbird

/// An address at which a channel is called by `POST`.
public struct ChannelRoute: Sendable {
    /// The path, such as `/slack/events`.
    public var path: String
    /// How long an answer may take; then it is a 503, and the caller sends it again.
    public var time: Duration
    /// How many bytes a body may have.
    public var bodyLimit: Int
    /// Answers a request; ``ChannelRefusal`` says what is wrong with it, and what the store throws becomes a 503.
    public var handler: @Sendable (ChannelRequest) async throws -> ChannelResponse

    /// Makes a route.
    public init(
        _ path: String,
        time: Duration = .milliseconds(2_500),
        bodyLimit: Int = 524_288,
        handler: @escaping @Sendable (ChannelRequest) async throws -> ChannelResponse
    ) {
        self.path = path
        self.time = time
        self.bodyLimit = bodyLimit
        self.handler = handler
    }
}

/// A request to a channel.
public struct ChannelRequest: Sendable {
    /// Its headers.
    public var headers: HTTPFields
    /// Its body, as it came.
    public var body: [UInt8]

    /// Makes a request.
    public init(headers: HTTPFields, body: [UInt8]) {
        self.headers = headers
        self.body = body
    }
}

/// The answer to a request to a channel.
public struct ChannelResponse: Sendable, Hashable {
    /// The media type of the body.
    public var type: String
    /// The body.
    public var body: String

    /// Makes an answer with the status 200.
    public init(_ body: String = "", type: String = "text/plain; charset=utf-8") {
        self.body = body
        self.type = type
    }
}

/// What is wrong with a request to a channel.
public enum ChannelRefusal: Error, Sendable, Hashable {
    /// It does not prove who it comes from.
    case unauthorized(String)
    /// Its body is of another type than this one.
    case wrongMediaType(expected: String)
    /// Its body is not what it should be.
    case malformed(String)
}

extension Problem {
    init(_ refusal: ChannelRefusal) {
        switch refusal {
        case .unauthorized(let detail):
            self.init(
                status: .unauthorized,
                code: "unauthorized",
                detail: detail,
                headers: [.wwwAuthenticate: #"Signature realm="usher""#]
            )
        case .wrongMediaType(let expected):
            self = .wrongMediaType
            detail = "the body must be \(expected)"
        case .malformed(let detail): self = .badRequest(detail)
        }
    }
}

extension RouteTable {
    /// Adds an address at which a channel is called.
    ///
    /// Anybody may: the channel itself checks who it is.
    mutating func channel(_ route: ChannelRoute, bodyTime: Duration) {
        open(.post, route.path) { request, _ in
            let body = Array(try await request.bytes(upTo: route.bodyLimit, within: bodyTime))
            let call = ChannelRequest(headers: request.headers, body: body)
            let problem = Problem.unavailable("this took too long; send it again")
            do {
                let answer = try await TimeLimit.keep(route.time, else: problem) { try await route.handler(call) }
                return .bytes(Array(answer.body.utf8), type: answer.type)
            } catch let refusal as ChannelRefusal {
                throw Problem(refusal)
            }
        }
    }
}
