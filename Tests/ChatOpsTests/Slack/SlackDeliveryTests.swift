import Dialogue
import Foundation
import HTTPTypes
import Intents
import Testing

@testable import ChatOps

@Suite("Slack gets what the bot says")
struct SlackDeliveryTests {
    private func message(
        _ text: String,
        options: [String] = [],
        place: String = "C1/17.5"
    ) -> OutgoingMessage {
        let options = options.map { ChoiceOption(id: $0, name: $0) }
        return OutgoingMessage(
            session: "s",
            place: place,
            user: "T1/U1",
            number: 4,
            position: 7,
            message: Message(role: .question, prompt: "p", text: text, options: options)
        )
    }

    private func deliver(_ message: OutgoingMessage, to slack: SlackStandIn) async throws {
        try await slack.run(now: Desk.Hands()) { try await $0.deliver(message) }
    }

    @Test("A question in a thread has its text, escaped, and a button for each answer")
    func question() async throws {
        let slack = SlackStandIn()
        try await deliver(message("Which <@cup> & <!here>?", options: ["red", "blue & <green>"]), to: slack)
        let call = try #require(slack.calls.first)
        #expect(slack.calls.count == 1 && call.method == "chat.postMessage")
        #expect(call.authorization == "Bearer xoxb-test")
        #expect(call.body["channel"].text == "C1" && call.body["thread_ts"].text == "17.5")
        let text = "Which &lt;@cup&gt; &amp; &lt;!here&gt;?\n1. red\n2. blue &amp; &lt;green&gt;"
        #expect(call.body["text"].text == text)
        let section = call.body["blocks"][0]
        #expect(section["type"].text == "section" && section["text"]["text"].text == text)
        #expect(section["text"]["type"].text == "mrkdwn" && section["text"]["verbatim"].flag == true)
        let buttons = call.body["blocks"][1]["elements"].list
        #expect(buttons.map { $0["text"]["text"].text } == ["red", "blue & <green>"])
        #expect(buttons.map { $0["value"].text } == ["7 s red", "7 s blue & <green>"])
        #expect(Set(buttons.map { $0["action_id"].text }).count == 2)
        #expect(call.body["blocks"][1]["block_id"].text == "T1/U1/4/0")
        #expect(call.body["unfurl_links"].flag == false && call.body["user"] == .null)
    }

    @Test("A direct message has no thread")
    func direct() async throws {
        let slack = SlackStandIn()
        try await deliver(message("Hello", place: "U1"), to: slack)
        #expect(slack.calls.first?.body["channel"].text == "U1" && slack.calls.first?.body["thread_ts"] == .null)
    }

    @Test(
        "The limits of Block Kit are kept, whatever the message",
        arguments: [
            ("&", 90_000, 25, 10), ("word ", 20_000, 7, 200), ("é\n\n", 30_000, 0, 1), ("👨‍👩‍👧‍👦", 9_000, 26, 3),
            ("a\n", 1, 25, 2_500),
        ]
    )
    func limits(part: String, count: Int, options: Int, length: Int) {
        let names = (0..<options).map { "\($0)" + String(repeating: "x", count: length) }
        let text = String(repeating: part, count: count)
        let messages = SlackMessage.all(for: message(text, options: names))
        #expect(!messages.isEmpty)
        for message in messages {
            #expect(message.text.utf16.count <= 40_000)
            let blocks = message.blocks ?? []
            #expect((1...50).contains(blocks.count))
            for block in blocks {
                #expect((block.text?.text.utf16.count ?? 1) <= 3_000 && block.text?.text.isEmpty != true)
                #expect((block.blockId?.utf16.count ?? 0) <= 255)
                for button in block.elements ?? [] {
                    #expect((1...75).contains(button.text.text.utf16.count) && button.value.utf16.count <= 2_000)
                }
                #expect(block.elements.map { (1...5).contains($0.count) } ?? true)
            }
        }
        let buttons = messages.flatMap { $0.blocks ?? [] }.flatMap { $0.elements ?? [] }
        #expect(buttons.count == (options > 25 || length > 2_000 ? 0 : options))
        // Nothing of the text is lost but white space.
        let shown = messages.flatMap { $0.blocks ?? [] }.compactMap(\.text?.text).joined()
        let whole = text + names.enumerated().map { "\($0 + 1).\($1)" }.joined()
        let expected = SlackText.escaped(whole).filter { !$0.isWhitespace }
        #expect(shown.filter { !$0.isWhitespace } == expected)
    }

    @Test("A place where blocks are not taken gets the text")
    func invalidBlocks() async throws {
        let slack = SlackStandIn()
        slack.answerNext(#"{"ok":false,"error":"invalid_blocks_format"}"#)
        try await deliver(message("Which?", options: ["red"]), to: slack)
        #expect(slack.calls.count == 2)
        #expect(slack.calls[1].body["blocks"] == .null && slack.calls[1].body["text"].text == "Which?\n1. red")
    }

    @Test(
        "What goes wrong says whether to try again",
        arguments: [
            (#"{"ok":false,"error":"channel_not_found"}"#, .refused(reason: "channel_not_found")),
            (#"{"ok":false,"error":"is_archived"}"#, .refused(reason: "is_archived")),
            (#"{"ok":false,"error":"internal_error"}"#, .failed(reason: "internal_error")),
            (#"{"ok":false,"error":"token_revoked"}"#, .busy(.seconds(60), reason: "token_revoked")),
            (#"{"ok":false}"#, .refused(reason: "unknown_error")), ("<html>", .failed(reason: "no JSON")),
        ] as [(String, DeliveryFailure)]
    )
    func errors(body: String, failure: DeliveryFailure) async throws {
        let slack = SlackStandIn()
        slack.answerNext(body)
        await #expect(throws: failure) { try await deliver(message("Which?"), to: slack) }
    }

    @Test(
        "Too many requests are answered with the time to wait",
        arguments: [("30", 30), ("0", 0), ("soon", 1), ("", 1)]
    )
    func tooMany(header: String, seconds: Int) async throws {
        let slack = SlackStandIn()
        slack.answerNext("", status: .tooManyRequests, headers: [.retryAfter: header])
        await #expect(throws: DeliveryFailure.busy(.seconds(seconds), reason: "too many requests")) {
            try await deliver(message("Which?"), to: slack)
        }
    }

    @Test("An answer that is no answer is tried again: an error of Slack, and nobody there")
    func noAnswer() async throws {
        let slack = SlackStandIn()
        slack.answerNext("", status: .badGateway)
        await #expect(throws: DeliveryFailure.failed(reason: "status 502")) {
            try await deliver(message("Which?"), to: slack)
        }
        let channel = SlackChannel(signingSecret: "s", botToken: "t", api: "http://127.0.0.1:9/api")
        let error = await #expect(throws: DeliveryFailure.self) { try await channel.deliver(message("Which?")) }
        #expect(error?.description.hasPrefix("no answer") == true)
    }

    @Test(
        "What somebody typed is read as it was typed",
        arguments: [
            ("plain", "plain"), ("<@UBOT> hello", "hello"), ("hello <@UBOT|usher>, you", "hello , you"),
            ("<https://a.example/x?y=1&amp;z=2>", "https://a.example/x?y=1&z=2"),
            ("<http://corp.ai|corp.ai>", "corp.ai"), ("<mailto:me@corp.com|me@corp.com>", "me@corp.com"),
            ("<https://a.example|click here>", "https://a.example"),
            ("<#C1|general> <!here> <@U2>", "#general !here @U2"),
            ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"), ("&amp;lt;", "&lt;"), ("  \n ", ""),
        ]
    )
    func typed(text: String, plain: String) { #expect(SlackText.plain(text, bot: "UBOT") == plain) }
}
