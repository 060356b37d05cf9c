internal import Dialogue
internal import Foundation
internal import NIOCore
internal import ServiceLifecycle
internal import Sessions

/// A session's conversation as it goes on, in the form of server-sent events.
///
/// Each message is an event `message` whose id is its number, so that a client that lost its connection goes on where it
/// was. What the user said, from wherever, is an event `reply` before the messages that it brought; it has no id, and comes
/// again where the client has none of those messages yet. What the session waits for is an event `rest`, when it changes.
/// Comments keep idle connections open. The stream ends with an event `gone` when the session is removed, and when the
/// server is told to stop.
actor SessionEventStream {
    private let engine: SessionEngine
    private let session: String
    private let owner: String
    /// The number of the last message that the client has.
    private var number: Int
    /// The position of the last event whose reply, if it is one, the client has; `nil` until it is looked up.
    private var position: Int?
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
            let now: SessionRest
            // Another engine's turns are known by their messages; then what this engine remembers is old.
            if rest == nil || !messages.isEmpty {
                let view = try await engine.view(of: session, owner: owner)
                now = view.rest
                text = try await conversation(messages)
            } else {
                now = try await engine.rest(of: session, owner: owner)
            }
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

    /// Messages and the replies that are new to the client, in the order in which they were said.
    private func conversation(_ messages: [StoredMessage]) async throws -> String {
        let known = try await knownPosition()
        let events = try await engine.history(of: session, owner: owner, from: known + 1)
        let replies = events.compactMap { ReplyBody($0.event, at: $0.position) }
        position = max(known, events.last?.position ?? known)
        var text = ""
        var next = replies.startIndex
        for message in messages {
            while next < replies.endIndex, replies[next].position <= message.position {
                text += try Self.event("reply", replies[next], id: nil)
                next += 1
            }
            text += try Self.event("message", MessageBody(message), id: message.number)
        }
        for reply in replies[next...] { text += try Self.event("reply", reply, id: nil) }
        return text
    }

    /// The position of the event that brought the last message that the client has.
    private func knownPosition() async throws -> Int {
        if let position { return position }
        guard number > 0 else { return -1 }
        return try await engine.messages(of: session, owner: owner, after: number - 1, limit: 1).first?.position ?? -1
    }

    private static func event(_ name: String, _ value: some Encodable, id: Int?) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // JSON has no line feeds, so it is one line of data.
        let data = String(decoding: try encoder.encode(value), as: UTF8.self)
        return (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data)\n\n"
    }
}
