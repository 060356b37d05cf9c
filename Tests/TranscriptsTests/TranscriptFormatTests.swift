import Diagnostics
import Testing
import Transcripts

@Suite("Transcripts are read and printed")
struct TranscriptFormatTests {
    private let text = """
        # A short conversation.
        flow: tea
        tags: happy, short

        bot: Which tea?
          1. Green tea
          2. Black tea

        # The user hesitates.
        user:
        bot: Nothing came through.

        user: first line
          \\
          third line
        user-hex: ff fe 00
        user-repeat: 5000 ab
        do: check -> fine
          left: 7
          names: ["a","b"]
        do: brew -> done
        do: brew -> done (recorded)
        expect: slot tea = green
        expect: slot note unknown
        expect: step pay
        expect: file a/b.txt
        expect: file a/b.txt contains two words
        expect: end served
        expect: paused

        """

    @Test("What is parsed is printed with the same bytes")
    func roundTrip() throws {
        let transcript = try TranscriptParser.parse(text, file: "t")
        #expect(transcript.text == text)
        #expect(transcript.field("flow") == "tea")
        #expect(transcript.list("tags") == ["happy", "short"])
    }

    @Test("Replies are the bytes that the user sends")
    func replies() throws {
        let transcript = try TranscriptParser.parse(text, file: "t")
        let sent = transcript.entries.compactMap { entry in
            if case .user(let reply) = entry.kind { reply.sent } else { nil }
        }
        #expect(sent.count == 4)
        #expect(sent[0].isEmpty)
        #expect(String(decoding: sent[1], as: UTF8.self) == "first line\n\nthird line")
        #expect(sent[2] == [0xFF, 0xFE, 0x00])
        #expect(sent[3].count == 10_000)
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            ("flow: tea\nbot Which tea?\n", "t:2:1", "expected a header field"),
            ("flow: tea\nbot: Hello\n    \nnonsense\n", "t:4:1", "expected 'user:'"),
            ("bot: Hello\n\n continued\n", "t:3:1", "this line continues nothing"),
            ("do: brew\n", "t:1:5", "expected 'do: ACTION -> OUTCOME'"),
            ("do: brew -> done\n  left: many\n", "t:2:3", "not JSON"),
            ("do: brew -> done\n  left 7\n", "t:2:3", "expected 'name: value'"),
            ("user-hex: fg\n", "t:1:11", "hexadecimal"),
            ("user-repeat: x y\n", "t:1:14", "expected a count"),
            ("expect: something else\n", "t:1:9", "expected 'slot NAME = VALUE'"),
            ("bot: a\u{0}b\n", "t:1:1", "NUL"),
        ]
    )
    func errors(text: String, place: String, message: String) {
        let error = #expect(throws: DiagnosticsError.self) { try TranscriptParser.parse(text, file: "t") }
        let first = error?.diagnostics.first
        #expect(first.map { "\($0.location)" } == place)
        #expect(first?.message.contains(message) == true, "\(first?.message ?? "")")
    }
}
