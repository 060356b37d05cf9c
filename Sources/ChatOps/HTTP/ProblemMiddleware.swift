internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Makes an answer of every error, and puts on all answers what browsers need to be told.
struct ProblemMiddleware: RouterMiddleware {
    private static let nosniff = HTTPField.Name("X-Content-Type-Options")
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")

    func handle(
        _ request: Request,
        context: ServerContext,
        next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do { response = try await next(request, context) } catch {
            let problem = Problem(error)
            if problem.isServersFault {
                context.logger.error("failed", metadata: ["error": "\(error)", "problem": "\(problem.code)"])
            }
            response = problem.response(requestID: context.requestID)
        }
        if let name = Self.nosniff { response.headers[name] = "nosniff" }
        if let name = Self.resourcePolicy { response.headers[name] = "same-origin" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        return response
    }
}
