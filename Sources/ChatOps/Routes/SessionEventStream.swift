internal import Foundation
internal import NIOCore
internal import ServiceLifecycle
internal import Sessions

/// A session's messages as they come, in the form of server-sent events.
///
/// Each message is an event `message` whose id is its number, so that a client that lost its connection goes on where it
/// was. What the session waits for is an event `rest`, when it changes. Comments keep idle connections open. The stream
/// ends with an event `gone` when the session is removed, and when the server is told to stop.
actor SessionEventStream {
    private let engine: SessionEngine
    private let session: String
    private let owner: String
    /// The number of the last message that the client has.
    private var number: Int
    private var rest: RestBody?
    private var isOver = false
    /// The user's place among their streams, free when nobody reads this any more.
    private let place: StreamPlace

    init(_ session: String, owner: String, after number: Int, of engine: SessionEngine, place: StreamPlace) {
        self.engine = engine
        self.session = session
        self.owner = owner
        self.number = number
        self.place = place
    }

    /// The events as bytes.
    nonisolated func bytes() throws -> some AsyncSequence<ByteBuffer, any Error> & Sendable {
        let buffers = engine.news(of: session).cancelOnGracefulShutdown().map { _ in try await self.next() }
        return try buffers.prefix { $0 != nil }.compactMap(\.self)
    }

    /// What is new, or a comment; `nil` after the end.
    private func next() async throws -> ByteBuffer? {
        guard !isOver else { return nil }
        do {
            let messages = try await engine.messages(of: session, owner: owner, after: number)
            var text = ""
            for message in messages {
                text += try Self.event("message", MessageBody(message), id: message.number)
            }
            // Another engine's turns are known by their messages; then what this engine remembers is old.
            let now =
                rest == nil || !messages.isEmpty
                ? try await engine.view(of: session, owner: owner).rest
                : try await engine.rest(of: session, owner: owner)
            number = messages.last?.number ?? number
            if RestBody(now) != rest {
                rest = RestBody(now)
                text += try Self.event("rest", rest, id: nil)
            }
            return ByteBuffer(string: text.isEmpty ? ":\n\n" : text)
        } catch is SessionEngineError {
            isOver = true
            return ByteBuffer(string: "event: gone\ndata: {}\n\n")
        }
    }

    private static func event(_ name: String, _ value: some Encodable, id: Int?) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // JSON has no line feeds, so it is one line of data.
        let data = String(decoding: try encoder.encode(value), as: UTF8.self)
        return (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data)\n\n"
    }
}
