internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// What every request goes through: it gets an id, an answer even where something goes wrong, the headers that browsers need,
/// and is counted and logged.
///
/// It is one middleware and not four, since each costs as much as reading the request does.
struct ReceptionMiddleware: RouterMiddleware {
    private let observer: RequestObserver

    init(metrics: MetricsRegistry) { observer = RequestObserver(metrics) }

    func handle(
        _ request: Request,
        context: ServerContext,
        next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.takeID(of: request)
        let start = observer.begin()
        var response: Response
        do { response = try await next(request, context) } catch {
            let problem = Problem(error)
            if problem.isServersFault {
                context.logger.error("failed", metadata: ["error": "\(error)", "problem": "\(problem.code)"])
            }
            response = problem.response(requestID: context.requestID)
        }
        response.headers.protect()
        if let name = ServerContext.requestIDHeader {
            response.headers.append(HTTPField(name: name, value: context.requestID))
        }
        observer.end(request, context, response, since: start)
        return response
    }
}

extension HTTPFields {
    private static let nosniff = HTTPField.Name("X-Content-Type-Options").map { HTTPField(name: $0, value: "nosniff") }
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy").map {
        HTTPField(name: $0, value: "same-origin")
    }
    private static let noStore = HTTPField(name: .cacheControl, value: "no-store")
    private static let noContent = HTTPField(
        name: .contentSecurityPolicy,
        value: "default-src 'none'; frame-ancestors 'none'"
    )

    /// Puts on an answer what browsers need to be told; its own rules for caches and contents stay.
    fileprivate mutating func protect() {
        if let field = Self.nosniff { append(field) }
        if let field = Self.resourcePolicy { append(field) }
        if !contains(.cacheControl) { append(Self.noStore) }
        if !contains(.contentSecurityPolicy) { append(Self.noContent) }
    }
}
