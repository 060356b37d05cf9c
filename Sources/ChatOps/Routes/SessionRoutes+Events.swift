internal import HTTPTypes
internal import Hummingbird
internal import Sessions

extension SessionRoutes {
    private static let streamHeaders: HTTPFields = {
        var fields: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        // A proxy that collects answers before it hands them on (nginx does) would hold the events back.
        if let name = HTTPField.Name("X-Accel-Buffering") { fields[name] = "no" }
        return fields
    }()

    /// A session's messages as they come; see ``SessionEventStream``.
    func events(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response {
        let id = try id(context)
        let last = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }.flatMap { Int($0) }
        let after = try max(0, last ?? number("after", of: request) ?? 0)
        // What is wrong must be said before the stream begins.
        _ = try await engine.view(of: id, owner: principal.owner)
        guard let place = limits.streams.enter(principal.owner) else {
            throw Problem.tooMany("this user has too many streams open", retryAfter: .seconds(5))
        }
        let stream = SessionEventStream(id, owner: principal.owner, after: after, of: engine, place: place)
        return Response(
            status: .ok,
            headers: Self.streamHeaders,
            body: ResponseBody(asyncSequence: try stream.bytes())
        )
    }
}
