internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Sessions

extension SessionRoutes {
    /// How many files are listed.
    private static let fileLimit = 1_000
    /// How much of a file is in memory at a time.
    private static let pieceSize = 1 << 18

    /// The files that a session has written.
    func listFiles(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response {
        let id = try id(context)
        try await engine.check(id, owner: principal.owner)
        return .json(["files": try files?.files(of: id, limit: Self.fileLimit) ?? []])
    }

    /// One of them, piece by piece.
    func file(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response {
        let id = try id(context)
        try await engine.check(id, owner: principal.owner)
        // Taken apart before it is decoded; an encoded slash is a slash like any other.
        let path = context.parameters.getCatchAll().joined(separator: "/").removingPercentEncoding
        guard let path, let file = try files?.open(path, of: id) else {
            throw Problem.notFound("the session has no such file")
        }
        guard let place = limits.streams.enter(principal.owner) else {
            throw Problem.tooMany("this user has too many streams open", retryAfter: .seconds(5))
        }
        let name = path.split(separator: "/").last.map(String.init) ?? "file"
        return Response(
            status: .ok,
            headers: [
                .contentType: Self.type(of: name),
                .contentDisposition: Self.attachment(name),
                // Nothing that a user or an action wrote is shown as a page of this server.
                .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'; sandbox",
            ],
            body: ResponseBody(contentLength: file.size) { writer in
                defer { withExtendedLifetime(place) {} }
                var offset = 0
                while offset < file.size {
                    let piece = try file.piece(offset, min(Self.pieceSize, file.size - offset))
                    // A file that became shorter ends the connection, so that the client knows.
                    guard !piece.isEmpty else { throw Problem.defect }
                    offset += piece.count
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            }
        )
    }

    /// A file's type by its name.
    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "ipynb": "application/x-ipynb+json"
        case "json": "application/json"
        case "jsonl": "application/x-ndjson"
        case "csv": "text/csv; charset=utf-8"
        case "md": "text/markdown; charset=utf-8"
        case "py": "text/x-python; charset=utf-8"
        case "txt", "yaml", "yml": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }

    /// That a browser is to save a file, under a name (RFC 6266, RFC 8187).
    private static func attachment(_ name: String) -> String {
        let plain = String(
            decoding: name.utf8.map { byte in
                let isPlain =
                    byte >= 0x20 && byte < 0x7F
                    && ![UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "%")].contains(byte)
                return isPlain ? byte : UInt8(ascii: "_")
            },
            as: UTF8.self
        )
        guard plain != name else { return "attachment; filename=\"\(plain)\"" }
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        let encoded = name.addingPercentEncoding(withAllowedCharacters: allowed) ?? plain
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
