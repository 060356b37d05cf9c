public import Hummingbird

/// Usher's routes among those of an application of one's own.
///
/// It is a middleware that answers what Usher is asked for, and hands everything else on. ``ChatServer/routes(except:)`` makes one.
public struct ChatRoutes<Context: RequestContext>: RouterMiddleware {
    private let responder: RouterResponder<ServerContext>
    private let paths: [PathPattern]

    init(_ routing: (router: Router<ServerContext>, paths: [String])) {
        responder = routing.router.buildResponder()
        paths = routing.paths.map(PathPattern.init)
    }

    /// Answers a request, or has the rest of the application answer it.
    public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard paths.contains(where: { $0.matches(path) }) else { return try await next(request, context) }
        return try await responder.respond(to: request, context: ServerContext(context.coreContext))
    }
}

/// The path of a route, as the router reads it: `:name` is any one part, and `**` at the end all that follow.
struct PathPattern {
    private let parts: [Substring]

    init(_ pattern: String) { parts = pattern.split(separator: "/") }

    /// Whether a path is one of these.
    func matches(_ path: String) -> Bool {
        let given = path.split(separator: "/")
        if parts.last == "**" {
            guard given.count >= parts.count else { return false }
        } else {
            guard given.count == parts.count else { return false }
        }
        return zip(parts, given).allSatisfy { part, word in part.first == ":" || part.first == "*" || part == word }
    }
}
