import ChatOps
import Foundation
import HTTPTypes
import Hummingbird
import KettleFlow
import Testing

/// A channel that is called at one address.
private struct CalledChannel: ChatChannel {
    let name = "called"
    var time = Duration.seconds(60)
    let handler: @Sendable (ChannelRequest) async throws -> ChannelResponse

    func deliver(_ message: OutgoingMessage) async throws {}
    func routes(_ desk: ChannelDesk) -> [ChannelRoute] { [ChannelRoute("/called", time: time, handler: handler)] }
}

@Suite("Channels are called over HTTP")
struct ChannelRouteTests {
    private struct Form: Decodable {
        var threadTs: Int
    }

    private func call(
        _ channel: CalledChannel,
        _ body: String,
        type: String = "application/json"
    ) async throws -> TestResponse {
        try await Desk().server(channels: [channel]).application().test { client in
            try await client.post("/called", body, type: type)
        }
    }

    @Test("What takes too long is a 503, so that the caller sends it again")
    func slow() async throws {
        let channel = CalledChannel(time: .milliseconds(1)) { _ in
            while true { try await Task.sleep(for: .seconds(86_400)) }
        }
        let answer = try await call(channel, "{}")
        #expect(answer.status == .serviceUnavailable && answer.problem == "unavailable")
        #expect(answer.headers[.retryAfter] == "1")
    }

    @Test("What is wrong with a body is told with its place, and nothing of it")
    func mistakes() async throws {
        let channel = CalledChannel { ChannelResponse("\(try $0.json(Form.self).threadTs)") }
        #expect(try await call(channel, #"{"thread_ts": 3}"#).text == "3")
        let wrong = try await call(channel, #"{"thread_ts": "secret"}"#)
        #expect(wrong.status == .badRequest && wrong.json["detail"].text?.hasSuffix("at threadTs") == true)
        #expect(!wrong.text.contains("secret"))
        #expect(try await call(channel, "{}", type: "text/plain").status == .unsupportedMediaType)
    }

    @Test("Forms are read as browsers write them")
    func forms() async throws {
        let channel = CalledChannel { request in
            let form = try request.form()
            return ChannelResponse(form.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ";"))
        }
        let type = "application/x-www-form-urlencoded; charset=utf-8"
        let answer = try await call(channel, "b=1+%2B+1%3D2&a=&c&b=3&%C3%A9=%26", type: type)
        #expect(answer.text == "a=;b=1 + 1=2;c=;é=&")
        #expect(try await call(channel, "a=%FF", type: type).status == .badRequest)
        #expect(try await call(channel, "a=%F", type: type).status == .badRequest)
    }

    @Test("A program can serve its flows in a line")
    func embedding() async throws {
        let parts = try Desk()
        let server = ChatServer(flows: [try Kettle.flow()], store: parts.store, port: 0)
        try await server.application().test { client in
            let begun = try await client.post("/v1/sessions", "{}")
            #expect(begun.status == .created && begun.json["messages"][0]["text"].text == "Which cup?")
            // It runs no action, which the flow says.
            let path = "/v1/sessions/\(try #require(begun.json["session"].text))/replies"
            let answer = try await client.post(path, #"{"text": "blue"}"#)
            #expect(answer.json["messages"][0]["text"].text?.contains("heat") == true)
        }
    }
}
