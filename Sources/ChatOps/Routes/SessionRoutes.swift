internal import Dialogue
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Intents
internal import Sessions
internal import Transcripts

/// Sessions over HTTP: `/v1/sessions` and what is under it.
struct SessionRoutes: Sendable {
    let engine: SessionEngine
    let limits: RequestLimits
    /// The flow of sessions that name none.
    let flow: String
    /// The flows that there are.
    let flows: [String]
    /// What sessions have written; `nil` where they write nothing.
    let files: (any SessionFiles)?

    /// The longest reply that is read; the engine says for itself what is too long for it.
    private var bodyLimit: Int { limits.settings.bodyBytes }

    func add(to table: inout RouteTable) {
        table.own(.post, "/v1/sessions", .converse, begin)
        table.own(.get, "/v1/sessions", .read) { request, _, principal in
            .json(["sessions": try await engine.sessions(of: principal.owner)])
        }
        table.own(.delete, "/v1/sessions", .converse) { _, _, principal in
            .json(["removed": try await engine.removeAll(of: principal.owner)])
        }
        table.own(.get, "/v1/sessions/:id", .read) { _, context, principal in
            .json(SessionBody(try await engine.view(of: id(context), owner: principal.owner)))
        }
        table.own(.delete, "/v1/sessions/:id", .converse) { _, context, principal in
            try await engine.remove(id(context), owner: principal.owner)
            return Response(status: .noContent)
        }
        table.own(.post, "/v1/sessions/:id/replies", .converse, reply)
        table.own(.get, "/v1/sessions/:id/messages", .read, messages)
        table.own(.get, "/v1/sessions/:id/events", .read, events)
        table.own(.get, "/v1/sessions/:id/steps", .read, steps)
        table.own(.get, "/v1/sessions/:id/files", .read, listFiles)
        table.own(.get, "/v1/sessions/:id/files/**", .read, file)
        table.own(.get, "/v1/sessions/:id/transcript", .read) { _, context, principal in
            let view = try await engine.view(of: id(context), owner: principal.owner)
            let replay = try SessionReplay(lenient: view.record.events, flow: view.flow)
            return .text(replay.transcript(upTo: replay.turns.count, flow: view.flow).text)
        }
        table.own(.get, "/v1/sessions/:id/explanation", .read, explanation)
        table.own(.get, "/v1/sessions/:id/export", .read) { _, context, principal in
            let view = try await engine.view(of: id(context), owner: principal.owner)
            return .text(try SessionExport.text(of: view.record), type: "application/x-ndjson")
        }
        table.own(.get, "/v1/flows", .read) { _, _, _ in .json(["flows": flows]) }
    }

    /// The session that a request names.
    func id(_ context: ServerContext) throws -> String {
        let id = context.parameters.get("id") ?? ""
        // What this server never made is not asked for, and not repeated in the answer.
        let isPlain = id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        guard isPlain, (1...128).contains(id.utf8.count) else { throw Problem.notFound("there is no such session") }
        return id
    }

    private func begin(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response {
        let key = try idempotencyKey(request)
        var fields = try await RequestFields(request, limit: bodyLimit, time: limits.settings.bodyTime)
        let flow = fields.text("flow") ?? flow
        let entry = fields.text("entry")
        let hints = fields.values("hints")
        try fields.finish()
        let id = key.map { Self.name(of: principal.owner, $0) } ?? Self.newName()
        let answer = try await engine.begin(id, flow: flow, entry: entry, owner: principal.owner, hints: hints)
        var response = AnswerBody(answer).response(status: answer.isRepeated ? .ok : .created)
        response.headers[.location] = "/v1/sessions/\(id)"
        return response
    }

    private func reply(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response {
        let key = try idempotencyKey(request)
        let id = try id(context)
        var fields = try await RequestFields(request, limit: bodyLimit, time: limits.settings.bodyTime)
        let text = fields.requiredText("text")
        try fields.finish()
        let answer = try await engine.reply(Array(text.utf8), in: id, by: principal.owner, delivery: key)
        return AnswerBody(answer).response()
    }

    private func messages(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response
    {
        let after = try number("after", of: request) ?? 0
        let messages = try await engine.messages(of: id(context), owner: principal.owner, after: after, limit: 1_000)
        return .json(["messages": messages.map(MessageBody.init)])
    }

    private func explanation(
        _ request: Request,
        _ context: ServerContext,
        _ principal: Principal
    ) async throws -> Response {
        let view = try await engine.view(of: id(context), owner: principal.owner)
        let (events, base) = (view.record.events, view.record.base)
        let last = events.lastIndex { if case .reply = $0.kind { true } else { false } }.map { $0 + base }
        guard let position = try number("position", of: request) ?? last else {
            throw Problem.notFound("the session has no reply yet")
        }
        let index = position - base
        guard events.indices.contains(index), case .reply(let text) = events[index].kind else {
            throw Problem.notFound("there is no reply at position \(position)")
        }
        guard let explanation = view.flow.explain(text, in: view.flow.fold(events[..<index])) else {
            throw Problem.notFound("nothing was asked when the reply at position \(position) came")
        }
        return .json(explanation.record)
    }

    /// A whole number in the query.
    func number(_ name: String, of request: Request) throws -> Int? {
        guard let text = request.uri.queryParameters[Substring(name)] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw Problem.badRequest("'\(name)' must be a whole number, 0 or more")
        }
        return number
    }

    private static let idempotencyKey = HTTPField.Name("Idempotency-Key")

    private func idempotencyKey(_ request: Request) throws -> String? {
        guard let name = Self.idempotencyKey, let key = request.headers[name] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Problem.badRequest("'Idempotency-Key' has 1 to 255 visible characters of ASCII")
        }
        return key
    }

    /// A name that nobody guesses.
    private static func newName() -> String {
        "s-" + Digest.urlSafe(Digest.random(16))
    }

    /// The name of the session that a user begins with a key: the same on every machine.
    private static func name(of owner: String, _ key: String) -> String {
        "s-" + Digest.urlSafe(Digest.sha256("\(owner)\u{0}\(key)".utf8).prefix(16))
    }
}
