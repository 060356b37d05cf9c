import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Sessions
import Synchronization
import Testing

@testable import ChatOps

/// Slack's Web API on the loopback interface: keeps what is posted, and answers as it is told.
final class SlackStandIn: Sendable {
    /// A call of the Web API.
    struct Call: Sendable {
        var method: String
        var authorization: String?
        var body: JSON
    }

    private struct Box {
        var calls: [Call] = []
        var answers: [(status: HTTPResponse.Status, headers: HTTPFields, body: String)] = []
    }
    private let box = Mutex(Box())
    private let arrivals = AsyncStream<Call>.makeStream()

    /// Answers the next calls so; afterwards all is well.
    func answerNext(_ body: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        box.withLock { $0.answers.append((status, headers, body)) }
    }

    var calls: [Call] { box.withLock { $0.calls } }

    /// Waits for so many calls since the last time.
    func next(_ count: Int) async -> [Call] {
        var calls: [Call] = []
        for await call in arrivals.stream {
            calls.append(call)
            if calls.count == count { break }
        }
        return calls
    }

    /// Runs it, and gives a channel that talks to it.
    func run<Result: Sendable>(
        now: Desk.Hands,
        _ body: @escaping @Sendable (SlackChannel) async throws -> Result
    ) async throws -> Result {
        let router = Router()
        router.post("api/:method") { request, context in
            let buffer = try await request.body.collect(upTo: 1_000_000)
            let json = (try? JSONDecoder().decode(JSON.self, from: Data(buffer.readableBytesView))) ?? .null
            let call = Call(
                method: context.parameters.get("method") ?? "",
                authorization: request.headers[.authorization],
                body: json
            )
            let answer = self.box.withLock { box in
                box.calls.append(call)
                return box.answers.isEmpty ? (.ok, [:], #"{"ok":true,"ts":"1.2"}"#) : box.answers.removeFirst()
            }
            self.arrivals.continuation.yield(call)
            return Response(
                status: answer.status,
                headers: answer.headers,
                body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
            )
        }
        var logger = Logger(label: "slack")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            logger: logger
        )
        return try await application.test { client in
            try await body(
                SlackChannel(
                    signingSecret: Self.secret,
                    botToken: "xoxb-test",
                    api: "http://127.0.0.1:\(client.port)/api",
                    clock: SessionClock(now: { now.time })
                )
            )
        }
    }

    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"

    /// The headers of a request that Slack signed.
    static func headers(_ body: String, type: String, at time: Int64) -> [String: String] {
        headers(bytes: Array(body.utf8), type: type, at: time)
    }

    /// The headers of a request that Slack signed.
    static func headers(bytes: [UInt8], type: String, at time: Int64) -> [String: String] {
        let stamp = "\(time / 1_000)"
        let code = Digest.hmac(of: Array("v0:\(stamp):".utf8) + bytes, key: secret.utf8)
        let digits = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return ["X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + digits, "Content-Type": type]
    }
}

/// What Slack sends.
enum SlackSends {
    /// An event about a message.
    static func message(
        _ text: String,
        by user: String = "U1",
        ts: String,
        thread: String? = nil,
        parent: String? = nil,
        channel: String = "C1",
        kind: String = "message",
        id: String? = nil,
        more: String = ""
    ) -> String {
        let text = String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
        let fields = [
            #""type":"\#(kind)","user":"\#(user)","text":\#(text),"channel":"\#(channel)","ts":"\#(ts)""#,
            channel.hasPrefix("D") ? #""channel_type":"im""# : #""channel_type":"channel""#,
            thread.map { #""thread_ts":"\#($0)""# }, parent.map { #""parent_user_id":"\#($0)""# },
            more.isEmpty ? nil : more,
        ].compactMap(\.self).joined(separator: ",")
        let id = id ?? "Ev-\(kind)-\(channel)-\(ts)"
        return #"{"type":"event_callback","team_id":"T1","event_id":"\#(id)","event":{\#(fields)},"#
            + #""authorizations":[{"user_id":"UBOT","is_bot":true}]}"#
    }

    /// A form.
    static func form(_ fields: [String: String]) -> String {
        fields.map { name, value in
            let plain = CharacterSet.alphanumerics
            return name + "=" + (value.addingPercentEncoding(withAllowedCharacters: plain) ?? "")
        }.joined(separator: "&")
    }

    /// The slash command.
    static func command(_ text: String, by user: String = "U1", in channel: String = "C1", id: String) -> String {
        form([
            "command": "/usher", "text": text, "team_id": "T1", "user_id": user, "channel_id": channel,
            "trigger_id": id,
        ])
    }

    /// A press of a button.
    static func press(_ value: String, by user: String, block: String = "T1/U1/1/0", at time: String) -> String {
        let value = String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self)
        return form([
            "payload": #"{"type":"block_actions","user":{"id":"\#(user)","team_id":"T1"},"#
                + #""container":{"channel_id":"C1","message_ts":"5.5","thread_ts":"1.0"},"#
                + #""actions":[{"value":\#(value),"block_id":"\#(block)","action_ts":"\#(time)"}]}"#
        ])
    }
}

extension TestClient {
    /// Sends what Slack signed to a route below `/slack/`.
    func slack(_ path: String, _ body: String, at time: Int64) async throws -> TestResponse {
        let type = path == "events" ? "application/json" : "application/x-www-form-urlencoded"
        let headers = SlackStandIn.headers(body, type: type, at: time)
        return try await post("/slack/\(path)", body, headers: headers, type: type)
    }

    /// Sends what Slack signed, which is answered with 200.
    func slackTakes(_ path: String, _ body: String, at time: Int64) async throws {
        let answer = try await slack(path, body, at: time)
        #expect(answer.status == .ok, "\(path): \(answer.text)")
    }
}
