internal import HTTPTypes
internal import Hummingbird

/// The routes of a server: each with who may use it and how long it may take; other methods of a path are refused by name.
struct RouteTable {
    typealias Handler = @Sendable (Request, ServerContext) async throws -> Response
    typealias OwnHandler = @Sendable (Request, ServerContext, Principal) async throws -> Response

    private let router: Router<ServerContext>
    private let gatekeeper: Gatekeeper
    private let limits: RequestLimits
    private var methods: [String: [HTTPRequest.Method]] = [:]

    private static let all: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
        + [HTTPRequest.Method("QUERY")].compactMap(\.self)

    init(_ router: Router<ServerContext>, gatekeeper: Gatekeeper, limits: RequestLimits) {
        self.router = router
        self.gatekeeper = gatekeeper
        self.limits = limits
    }

    /// Adds a route that anybody may use.
    mutating func open(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        methods[path, default: []].append(method)
        let time = limits.settings.requestTime
        router.on(RouterPath(path), method: method) { request, context in
            try await TimeLimit.keep(time, else: .timeout) { try await handler(request, context) }
        }
    }

    /// Adds a route for browsers: for anybody who may reach the server.
    mutating func page(_ path: String, _ handler: @escaping Handler) {
        open(.get, path) { [gatekeeper] request, context in
            try gatekeeper.admitVisitor(request)
            return try await handler(request, context)
        }
    }

    /// Adds a route for users.
    mutating func own(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ scope: AccessScope,
        _ handler: @escaping OwnHandler
    ) {
        open(method, path) { [gatekeeper, limits] request, context in
            let principal = try gatekeeper.admit(request, for: scope)
            try limits.take(principal, session: context.parameters.get("id"))
            return try await handler(request, context, principal)
        }
    }

    /// The paths that there are.
    var paths: [String] { Array(methods.keys) }

    /// Refuses the methods that no route has.
    consuming func finish() {
        for (path, known) in methods {
            let allowed = known.contains(.get) ? known + [.head] : known
            for method in Self.all where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw Problem.methodNotAllowed(allowed)
                }
            }
        }
    }
}
