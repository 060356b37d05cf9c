import Dialogue
import Foundation
import HTTPTypes
import Hummingbird
import KettleFlow
import NIOCore
import Sessions
import Testing

@testable import ChatOps

@Suite("Slack calls")
struct SlackReceivingTests {
    /// A server that Slack calls, and the stand-in that it calls back.
    private func ask(
        _ desk: Desk,
        _ slack: SlackStandIn = SlackStandIn(),
        _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        try await slack.run(now: desk.now) { channel in
            try await desk.server(channels: [channel]).application().test(body)
        }
    }

    private func sessions(_ desk: Desk, of owner: String = "slack/T1/U1") async -> [String] {
        await desk.store.list(owner: owner)
    }

    private func replies(_ desk: Desk) async -> [String] {
        var texts: [String] = []
        for session in await desk.store.list(owner: nil) {
            for case .reply(let text) in await desk.store.load(session)?.events.map(\.kind) ?? [] { texts.append(text) }
        }
        return texts
    }

    @Test("The address is verified by its challenge, if Slack asks")
    func verification() async throws {
        let desk = try Desk()
        try await ask(desk) { client in
            let body =
                #"{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}"#
            let answer = try await client.slack("events", body, at: desk.now.time)
            #expect(answer.status == .ok && answer.text == "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(try await client.post("/slack/events", body).status == .unauthorized)
        }
    }

    @Test("A mention begins a session in its thread; there, its user replies without a mention")
    func thread() async throws {
        let desk = try Desk()
        try await ask(desk) { client in
            let mention = SlackSends.message("<@UBOT> hello", ts: "1.0", kind: "app_mention")
            try await client.slackTakes("events", mention, at: desk.now.time)
            // The same message comes as an event of the channel too, and both come again.
            for body in [SlackSends.message("<@UBOT> hello", ts: "1.0"), mention] {
                try await client.slackTakes("events", body, at: desk.now.time)
            }
            #expect(await sessions(desk).count == 1)
            #expect(await replies(desk).isEmpty)
            let reply = SlackSends.message(
                "a <http://big.cup|big.cup> &amp; <@U7>",
                ts: "2.0",
                thread: "1.0",
                parent: "U1"
            )
            for _ in 0..<2 { try await client.slackTakes("events", reply, at: desk.now.time) }
            #expect(await replies(desk) == ["a big.cup & @U7"])
        }
    }

    @Test("The same message under another id, and the same id under another message, are taken once")
    func repeatedEvents() async throws {
        let desk = try Desk()
        try await ask(desk) { client in
            let bodies = [
                SlackSends.message("hi", ts: "1.0", channel: "D1"),
                SlackSends.message("help", ts: "2.0", channel: "D1"),
                SlackSends.message("help", ts: "2.0", channel: "D1", id: "another"),
                SlackSends.message("help", ts: "3.0", channel: "D1", id: "another"),
            ]
            for body in bodies { try await client.slackTakes("events", body, at: desk.now.time) }
            #expect(await replies(desk) == ["help"])
        }
    }

    @Test("What others write in a thread is no reply, and they are told once whose it is; nor is what they press")
    func others() async throws {
        let desk = try Desk()
        let slack = SlackStandIn()
        try await ask(desk, slack) { client in
            let mention = SlackSends.message("<@UBOT>", ts: "1.0", kind: "app_mention")
            _ = try await client.slack("events", mention, at: desk.now.time)
            let session = try #require(await sessions(desk).first)
            let intrusions = [
                SlackSends.message("I agree", by: "U2", ts: "2.0", thread: "1.0", parent: "U1"),
                SlackSends.message("<@UBOT> I agree", by: "U2", ts: "3.0", thread: "1.0", parent: "U1"),
                SlackSends.message(
                    "<@UBOT> yes",
                    by: "U2",
                    ts: "4.0",
                    thread: "1.0",
                    parent: "U1",
                    kind: "app_mention"
                ),
            ]
            for body in intrusions { _ = try await client.slack("events", body, at: desk.now.time) }
            let value = Choice(session: session, position: 0, text: "yes").token
            let press = SlackSends.press(value, by: "U2", at: "6.0")
            try await client.slackTakes("interactions", press, at: desk.now.time)
            let told = await slack.next(2)
            #expect(told.allSatisfy { $0.method == "chat.postEphemeral" && $0.body["user"].text == "U2" })
            #expect(told.allSatisfy { $0.body["text"].text?.hasPrefix("This conversation is with <@U1>. ") == true })
            #expect(told.allSatisfy { $0.body["channel"].text == "C1" && $0.body["thread_ts"].text == "1.0" })
            #expect(await replies(desk).isEmpty)
            #expect(await sessions(desk, of: "slack/T1/U2").isEmpty)
            #expect(slack.calls.count == 2)
        }
    }

    @Test("A button answers its own question; one of an earlier question does not, and its user is told")
    func buttons() async throws {
        let desk = try Desk()
        let slack = SlackStandIn()
        try await ask(desk, slack) { client in
            let mention = SlackSends.message("<@UBOT>", ts: "1.0", kind: "app_mention")
            _ = try await client.slack("events", mention, at: desk.now.time)
            let session = try #require(await sessions(desk).first)
            let help = SlackSends.message("help", ts: "2.0", thread: "1.0", parent: "U1")
            _ = try await client.slack("events", help, at: desk.now.time)
            let old = SlackSends.press(Choice(session: session, position: 0, text: "red").token, by: "U1", at: "3.0")
            try await client.slackTakes("interactions", old, at: desk.now.time)
            #expect(await slack.next(1).first?.body["text"].text?.hasPrefix("That question is not open") == true)
            let new = SlackSends.press(Choice(session: session, position: 1, text: "blue").token, by: "U1", at: "4.0")
            for _ in 0..<2 { _ = try await client.slack("interactions", new, at: desk.now.time) }
            #expect(await replies(desk) == ["help", "blue"])
            // A session that nobody knows, and things that are no buttons of ours.
            for value in ["0 none yes", "nothing", ""] {
                let press = SlackSends.press(value, by: "U1", at: "5.0")
                try await client.slackTakes("interactions", press, at: desk.now.time)
            }
            let other = SlackSends.form(["payload": #"{"type":"view_submission","view":{}}"#])
            try await client.slackTakes("interactions", other, at: desk.now.time)
            #expect(await replies(desk) == ["help", "blue"])
        }
    }

    @Test(
        "What nobody said to the bot is left alone",
        arguments: [
            SlackSends.message("hello", ts: "1.0"), SlackSends.message("hello", ts: "2.0", thread: "1.0", parent: "U1"),
            SlackSends.message("hello", ts: "1.0", channel: "D1", more: #""bot_id":"B1""#),
            SlackSends.message("hello", by: "UBOT", ts: "1.0", channel: "D1"),
            SlackSends.message("hello", ts: "1.0", channel: "D1", more: #""subtype":"message_changed""#),
            SlackSends.message("hello", ts: "1.0", channel: "D1", more: #""subtype":"channel_join""#),
            SlackSends.message("<@UBOT>", ts: "1.0", more: #""subtype":"bot_message""#),
            SlackSends.message("hello", ts: "1.0", channel: "D1", kind: "reaction_added"),
            #"{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"message","channel":"D1"}}"#,
            #"{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820}"#,
        ]
    )
    func ignored(body: String) async throws {
        let desk = try Desk()
        try await ask(desk) { client in
            try await client.slackTakes("events", body, at: desk.now.time)
            #expect(await desk.store.list(owner: nil).isEmpty)
        }
    }

    @Test("The slash command begins a conversation in direct messages, shows its question again, or replies")
    func command() async throws {
        let desk = try Desk()
        let slack = SlackStandIn()
        try await ask(desk, slack) { client in
            let begun = try await client.slack("commands", SlackSends.command("", id: "t1"), at: desk.now.time)
            #expect(begun.status == .ok && begun.text == "I have written to you directly.")
            let session = try #require(await sessions(desk).first)
            #expect(await desk.store.load(session)?.address?.contains(#""place":"U1""#) == true)
            let again = try await client.slack(
                "commands",
                SlackSends.command(" ", in: "D1", id: "t2"),
                at: desk.now.time
            )
            #expect(again.status == .ok && again.text.isEmpty)
            let shown = await slack.next(1).first
            #expect(shown?.body["channel"].text == "U1" && shown?.body["text"].text == "Which cup?")
            // A direct message goes on with the same session.
            _ = try await client.slack(
                "events",
                SlackSends.message("help", ts: "1.0", channel: "D1"),
                at: desk.now.time
            )
            _ = try await client.slack("commands", SlackSends.command("blue &amp; red", id: "t3"), at: desk.now.time)
            _ = try await client.slack("commands", SlackSends.command("blue &amp; red", id: "t3"), at: desk.now.time)
            #expect(await replies(desk) == ["help", "blue & red"])
        }
    }

    @Test("Where the store fails Slack gets a 503, and what it sends again is taken")
    func failingStore() async throws {
        let desk = try Desk()
        try await ask(desk) { client in
            let body = SlackSends.message("hi", ts: "1.0", channel: "D1")
            await desk.store.failNext(1)
            let failed = try await client.slack("events", body, at: desk.now.time)
            #expect(failed.status == .serviceUnavailable && failed.problem == "unavailable")
            try await client.slackTakes("events", body, at: desk.now.time)
            #expect(await sessions(desk).count == 1)
        }
    }

    /// A bad request: where it goes, its body, and what is wrong with it.
    private static let bad: [(String, String, [UInt8], String, Int, String)] = {
        let (json, form) = ("application/json", "application/x-www-form-urlencoded")
        return [
            ("no JSON", "events", Array("hello".utf8), json, 400, "bad-request"),
            ("no object", "events", Array("[]".utf8), json, 400, "bad-request"),
            ("no type", "events", Array("{}".utf8), json, 400, "bad-request"),
            (
                "a wrong field", "events", Array(#"{"type":"event_callback","event":{"type":1}}"#.utf8), json, 400,
                "bad-request"
            ),
            (
                "nested deeply", "events", Array(String(repeating: #"{"event":"#, count: 5_000).utf8), json, 400,
                "bad-request"
            ),
            (
                "invalid UTF-8", "events", Array(#"{"type":""#.utf8) + [0xFF] + Array(#""}"#.utf8), json, 400,
                "bad-request"
            ),
            ("a form as an event", "events", Array("type=x".utf8), form, 415, "wrong-media-type"),
            ("JSON as a command", "commands", Array("{}".utf8), json, 415, "wrong-media-type"),
            ("a command without a user", "commands", Array("text=hello".utf8), form, 400, "bad-request"),
            ("a form that is no UTF-8", "commands", Array("text=%FF".utf8), form, 400, "bad-request"),
            ("no payload", "interactions", Array("a=b".utf8), form, 400, "bad-request"),
            ("too large", "events", Array(repeating: 0x20, count: 600_000), json, 413, "too-large"),
        ]
    }()

    @Test("Of a bad request nothing is stored, and nothing that was in it is logged", arguments: bad)
    func badRequest(name: String, path: String, body: [UInt8], type: String, status: Int, problem: String) async throws
    {
        let desk = try Desk()
        try await ask(desk) { client in
            let headers = SlackStandIn.headers(bytes: body, type: type, at: desk.now.time)
            let send = { (headers: [String: String]) in
                var fields = HTTPFields()
                for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
                return try await client.execute(
                    uri: "/slack/\(path)",
                    method: .post,
                    headers: fields,
                    body: ByteBuffer(bytes: body)
                )
            }
            let answer = try await send(headers)
            #expect(answer.status.code == status && answer.problem == problem)
            #expect(await desk.store.list(owner: nil).isEmpty)
            // What is too large is not read to its end, so that the connection is closed.
            guard status != 413 else { return }
            // Unsigned or too late, it is not even looked at.
            let unsigned = try await send(["Content-Type": type])
            #expect(unsigned.status == .unauthorized && unsigned.problem == "unauthorized")
            desk.now.pass(301_000)
            let late = try await send(headers)
            #expect(late.problem == "unauthorized")
            #expect(late.headers[.wwwAuthenticate] == #"Signature realm="usher""#)
            #expect(await desk.store.list(owner: nil).isEmpty)
        }
        #expect(!desk.log.text.contains("hello") && !desk.log.text.contains("v0="))
    }

    @Test("Other methods are refused, and other hosts are not")
    func methods() async throws {
        let desk = try Desk()
        try await ask(desk) { client in
            let got = try await client.get("/slack/events")
            #expect(got.status == .methodNotAllowed)
            let body = #"{"type":"url_verification","challenge":"c"}"#
            var headers = SlackStandIn.headers(body, type: "application/json", at: desk.now.time)
            headers["Host"] = "bot.example"
            #expect(try await client.post("/slack/events", body, headers: headers).status == .ok)
        }
    }
}
