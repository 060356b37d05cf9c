internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Gives each request an id: the client's, where it is a plain word, or a new one.
struct RequestIDMiddleware: RouterMiddleware {
    private static let name = HTTPField.Name("X-Request-ID")

    func handle(
        _ request: Request,
        context: ServerContext,
        next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let given = Self.name.flatMap { request.headers[$0] }
        context.requestID = given.flatMap { Self.isPlain($0) ? $0 : nil } ?? RandomID.hexadecimal(bytes: 16)
        // The framework's own name for it, so that its lines have the same id.
        context.logger[metadataKey: "hb.request.id"] = "\(context.requestID)"
        var response = try await next(request, context)
        if let name = Self.name { response.headers[name] = context.requestID }
        return response
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
