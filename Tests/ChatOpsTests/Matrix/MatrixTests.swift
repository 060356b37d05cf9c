import Dialogue
import Foundation
import HTTPTypes
import Hummingbird
import Intents
import KettleFlow
import Logging
import NIOCore
import Sessions
import Synchronization
import Testing

@testable import ChatOps

/// A homeserver that answers as it is told, and keeps what it was asked.
private final class Homeserver: Sendable {
    private struct Box {
        var calls: [(call: String, body: JSON)] = []
        var answers: [String: [(HTTPResponse.Status, String)]] = [:]
    }
    private let box = Mutex(Box())

    /// Answers the next call whose path ends so; others get `{}`, and those after the last `sync` an error.
    func answer(_ path: String, _ body: String, status: HTTPResponse.Status = .ok) {
        box.withLock { $0.answers[path, default: []].append((status, body)) }
    }

    /// What it was asked: `GET sync`, without what stands before it in the path.
    var calls: [(call: String, body: JSON)] { box.withLock { $0.calls } }

    func run<Result: Sendable>(
        state: String = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)/since").path,
        _ body: @escaping @Sendable (MatrixChannel) async throws -> Result
    ) async throws -> Result {
        let router = Router()
        for method in [HTTPRequest.Method.get, .post, .put] {
            router.on("**", method: method) { request, _ in
                let buffer = try await request.body.collect(upTo: 1_000_000)
                let json = (try? JSONDecoder().decode(JSON.self, from: Data(buffer.readableBytesView))) ?? .null
                let path = String(request.uri.path.dropFirst("/_matrix/client/v3/".count))
                let answer = self.box.withLock { box in
                    box.calls.append(("\(method.rawValue) \(path)", json))
                    guard let key = box.answers.keys.first(where: path.hasSuffix), let first = box.answers[key]?.first
                    else { return path == "sync" ? (.internalServerError, "{}") : (HTTPResponse.Status.ok, "{}") }
                    box.answers[key]?.removeFirst()
                    if box.answers[key]?.isEmpty == true { box.answers[key] = nil }
                    return first
                }
                return Response(status: answer.0, body: ResponseBody(byteBuffer: ByteBuffer(string: answer.1)))
            }
        }
        var logger = Logger(label: "matrix")
        logger.logLevel = .critical
        let configuration = ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0))
        return try await Application(router: router, configuration: configuration, logger: logger).test {
            client in
            try await body(
                MatrixChannel(
                    homeserver: "http://127.0.0.1:\(client.port)",
                    accessToken: "syt_test",
                    stateFile: state
                )
            )
        }
    }
}

@Suite("Matrix")
struct MatrixTests {
    private func message(_ text: String, options: [String] = []) -> OutgoingMessage {
        OutgoingMessage(
            session: "c-x@2",
            place: "!a_b/c:localhost",
            user: "@ann:localhost",
            number: 4,
            position: 7,
            message: Message(
                role: .question,
                prompt: "p",
                text: text,
                options: options.map { ChoiceOption(id: $0, name: $0) }
            )
        )
    }

    private func counter(_ desk: Desk) -> ChannelDesk {
        let log = desk.log
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, write: log.write) }
        return ChannelDesk(channel: "matrix", engine: desk.engine, flow: "kettle", logger: logger)
    }

    private func event(_ text: String, id: String, by user: String = "ann", more: String = "") -> String {
        #"{"type":"m.room.message","sender":"@\#(user):localhost","event_id":"\#(id)","#
            + #""content":{"msgtype":"m.text","body":"\#(text)"\#(more)}}"#
    }

    private func sync(_ place: String, _ events: [String], room: String = "!a_b:localhost") -> String {
        #"{"next_batch":"\#(place)","rooms":{"join":{"\#(room)":{"timeline":{"events":["#
            + events.joined(separator: ",") + "]}}}}}"
    }

    @Test("A message is sent once: its transaction is its session and number")
    func delivery() async throws {
        let server = Homeserver()
        try await server.run { channel in
            try await channel.deliver(message("Which?", options: ["red", "blue"]))
            try await channel.deliver(message(String(repeating: "\"é\" ", count: 10_000)))
        }
        let path = "PUT rooms/%21a_b%2Fc%3Alocalhost/send/m.room.message/c-x%402-4-"
        #expect(server.calls.map(\.call) == [path + "0", path + "0", path + "1"])
        #expect(server.calls[0].body["body"].text == "Which?\n1. red\n2. blue")
        #expect(
            server.calls[0].body["msgtype"].text == "m.notice" && server.calls[0].body["m.mentions"] == .object([:])
        )
    }

    @Test(
        "What goes wrong says whether to try again",
        arguments: [
            (403, #"{"errcode":"M_FORBIDDEN"}"#, .gone(reason: "M_FORBIDDEN")), (404, "", .gone(reason: "status 404")),
            (401, #"{"errcode":"M_UNKNOWN_TOKEN"}"#, .busy(.seconds(60), reason: "M_UNKNOWN_TOKEN")),
            (413, #"{"errcode":"M_TOO_LARGE"}"#, .refused(reason: "M_TOO_LARGE")),
            (502, "", .failed(reason: "status 502")),
            (
                429, #"{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":1500}"#,
                .busy(.milliseconds(1_500), reason: "too many requests")
            ),
        ] as [(Int, String, DeliveryFailure)]
    )
    func failures(status: Int, body: String, failure: DeliveryFailure) async throws {
        let server = Homeserver()
        server.answer("-0", body, status: HTTPResponse.Status(code: status))
        try await server.run { channel in
            _ = await #expect(throws: failure) { try await channel.deliver(message("Which?")) }
        }
    }

    @Test("An invitation is accepted, and a conversation begins with who made it; one that is too late is left")
    func invitations() async throws {
        let desk = try Desk()
        let server = Homeserver()
        let invite = { (room: String) in
            #"{"next_batch":"1","rooms":{"invite":{"\#(room)":{"invite_state":{"events":[{"type":"m.room.member","#
                + #""sender":"@ann:localhost","state_key":"@usher:localhost","content":{"membership":"invite"}}]}}}}}"#
        }
        server.answer("sync", invite("!late:localhost"))
        server.answer("sync", invite("!a_b:localhost"))
        server.answer("%21late%3Alocalhost/join", #"{"errcode":"M_FORBIDDEN"}"#, status: .forbidden)
        try await server.run { channel in
            for _ in 0..<2 { try await channel.read(as: "@usher:localhost", counter(desk)) }
        }
        #expect(server.calls.map(\.call).filter { $0.hasPrefix("POST") }.count == 2)
        #expect(await desk.store.list(owner: "matrix/@ann:localhost").count == 1)
        #expect(desk.log.text.contains("not joined"))
    }

    @Test("What was read is kept after it was taken; the first reading takes nothing, nor does a reading that fails")
    func places() async throws {
        let desk = try Desk()
        let server = Homeserver()
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        let state = folder.appending(path: "since").path
        server.answer("sync", sync("one", [event("long ago", id: "$0")]))
        server.answer("sync", sync("two", [event("hi", id: "$1")]))
        server.answer("sync", sync("two", [event("hi", id: "$1")]))
        server.answer("sync", #"{"errcode":"M_UNKNOWN"}"#, status: .badRequest)
        server.answer("joined_members", #"{"joined":{"@ann:localhost":{},"@usher:localhost":{}}}"#)
        try await server.run(state: state) { channel in
            try await channel.read(as: "@usher:localhost", counter(desk))
            #expect(try String(contentsOfFile: state, encoding: .utf8) == "one")
            await desk.store.failNext(1)
            server.answer("joined_members", #"{"joined":{"@ann:localhost":{},"@usher:localhost":{}}}"#)
            await #expect(throws: SessionStoreError.self) {
                try await channel.read(as: "@usher:localhost", counter(desk))
            }
            #expect(try String(contentsOfFile: state, encoding: .utf8) == "one")
            try await channel.read(as: "@usher:localhost", counter(desk))
            #expect(try String(contentsOfFile: state, encoding: .utf8) == "two")
            await #expect(throws: DeliveryFailure.self) {
                try await channel.read(as: "@usher:localhost", counter(desk))
            }
            #expect(!FileManager.default.fileExists(atPath: state))
        }
        let name = try #require(await desk.store.list(owner: "matrix/@ann:localhost").first)
        #expect(await desk.store.load(name)?.address?.contains("$1") == true)
    }

    @Test("A content that makes no sense keeps no other message out, and what is no text of others is left")
    func contents() async throws {
        let desk = try Desk()
        let server = Homeserver()
        let mention = #","m.mentions":{"user_ids":["@usher:localhost"]}"#
        server.answer("sync", sync("one", []))
        server.answer(
            "sync",
            sync(
                "two",
                [
                    event("before", id: "$1", more: mention),
                    #"{"type":"m.room.member","sender":"@usher:localhost","state_key":"@usher:localhost","#
                        + #""event_id":"$2","content":{"membership":"join"}}"#,
                    #"{"type":"m.room.message","sender":"@ann:localhost","event_id":"$3","content":{"body":3}}"#,
                    event("own", id: "$4", by: "usher", more: mention),
                    event("x", id: "$5", more: mention + #","m.relates_to":{"rel_type":"m.replace"}"#),
                    event("x", id: "$6", more: mention).replacing("m.text", with: "m.notice"),
                    event("hello", id: "$7", more: mention), event("help", id: "$8"),
                    event("> quoted\\n\\nusher: blue", id: "$9", more: #","m.relates_to":{"m.in_reply_to":{}}"#),
                    event("me too", id: "$10", by: "bob"),
                ]
            )
        )
        server.answer("joined_members", #"{"joined":{"@a:x":{},"@b:x":{},"@c:x":{}}}"#)
        try await server.run { channel in
            for _ in 0..<2 { try await channel.read(as: "@usher:localhost", counter(desk)) }
        }
        let names = await desk.store.list(owner: nil)
        #expect(names.count == 1)
        let name = try #require(names.first)
        let record = try #require(await desk.store.load(name))
        #expect(record.address?.contains("$7") == true && record.owner == "matrix/@ann:localhost")
        #expect(record.events.map(\.kind).prefix(3) == [.started(hints: [:]), .reply("help"), .reply("blue")])
    }

    @Test(
        "What clients put before a reply is left out",
        arguments: [
            ("blue", false, "blue"), ("usher: blue", false, "blue"), ("Usher, blue", false, "blue"),
            ("@usher:localhost blue", false, "blue"), ("@usher:localhost", false, ""), ("usher", false, ""),
            ("ushers are blue", false, "ushers are blue"), ("> <@a:x> q\n> more\n\nblue", true, "blue"),
            ("> 3", false, "> 3"), ("> 3", true, ""),
        ]
    )
    func typed(body: String, isReply: Bool, plain: String) {
        #expect(MatrixText.plain(body, isReply: isReply, own: "@usher:localhost") == plain)
    }
}
