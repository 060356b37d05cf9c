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
        "Every file is printed with the same bytes",
        arguments: [
            "", "\n", "flow: tea", "flow: tea\r\n\r\nuser: a\r\n  b\r\n  \\\r\nbot: c", "\u{FEFF}flow: tea\n",
            "\u{FEFF}user: a\n",
            "bot:   spaces   \n  \t tab \n    \n  \\\\\n\n\n# end",
            "user: e\u{301}\u{200D}\nbot: \u{1F469}\u{200D}\u{1F52C}\n",
            "do:  brew->done  \n  left:   7 \n  \n\n", "expect:   slot  tea=green \n  tea\n", "user-hex:ffFE 0 0\n  01",
            "var: a = 1\nuser: ${a} $${b} $ ${}\nbot~: [..] \\[ [#] \u{20}\n  [...]\n  (re) a+\n",
            "user~: \\u{20}x\\\\\n",
        ]
    )
    func sameBytes(text: String) throws {
        let printed = try TranscriptParser.parse(text, file: "t").text
        #expect(Array(printed.utf8) == Array(text.utf8))
    }

    @Test("A text that was made is read back as it was made")
    func madeTexts() throws {
        let pieces = [
            "", " ", "a", "\\", "\\\\", "\n", "\r", "\t", "${a}", "$", "$${a}", "[..]", "[", "(re) ", "#", "bot: x",
            "\u{1B}[1m",
            "\u{202E}", "e\u{301}", "\u{301}", "\u{FEFF}", "\u{2028}", "\u{1F1E9}\u{1F1EA}", "  ",
        ]
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            let kinds: [Transcript.Kind] = [
                .user(.text(text)), .bot(text), .remark(""),
                .user(.repeated(3, "x" + text.filter { $0 != "\r" && $0 != "\r\n" })),
                .user(.bytes(Array(text.utf8))),
            ]
            let made = Transcript(file: "t", header: [], entries: kinds.map { Transcript.Entry($0) })
            let read = try TranscriptParser.parse(made.text, file: "t")
            #expect(read.entries.map(\.kind) == kinds, "\(text.debugDescription)")
        }
    }

    @Test("Files of random lines are refused or printed with the same bytes")
    func randomFiles() {
        let lines = [
            "flow: tea", "tags: a, b", "# note", "", "user: hello", "user:", "bot: hi  ", "  more", "  \\", "   \t",
            "bot~: a [..] b",
            "do: brew -> done", "  left: 7", "expect: step pay", "expect: why a", "user-hex: ff", "user-repeat: 3 ab",
            "nonsense",
            "include: other.transcript", "\u{301}", "bot:\u{301}", "user: \u{1F468}\u{200D}\u{1F469}", "var: x = 1",
            "bot: ${x}", "do: a", " x",
        ]
        var random = SeededGenerator(seed: 11)
        var sound = 0
        for _ in 0..<5_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...7, using: &random) {
                text += lines.randomElement(using: &random) ?? ""
                text += Bool.random(using: &random) ? "\n" : "\r\n"
            }
            if Bool.random(using: &random) { text.unicodeScalars.removeLast(min(1, text.unicodeScalars.count)) }
            guard let transcript = try? TranscriptParser.parse(text, file: "t") else { continue }
            sound += 1
            #expect(Array(transcript.text.utf8) == Array(text.utf8), "\(text.debugDescription)")
        }
        #expect(sound > 500)
    }

    @Test("All golden transcripts are printed with the same bytes")
    func goldenBytes() throws {
        for file in GoldenTranscriptTests.files {
            let text = try TranscriptFiles.read(file)
            #expect(try TranscriptParser.parse(text, file: file).text == text, "\(file)")
        }
    }

    @Test("What is changed is printed anew, and nothing else is")
    func changed() throws {
        var transcript = try TranscriptParser.parse("flow:  tea\n\nuser:   a\nbot:   b\n# end", file: "t")
        transcript.entries[1].kind = .bot("c\n\nd")
        transcript.entries.append(Transcript.Entry(.expect(.step("pay"))))
        #expect(transcript.text == "flow:  tea\n\nuser:   a\nbot: c\n  \\\n  d\n# end\nexpect: step pay\n")
    }

    @Test("Variables are filled in, and only they")
    func variables() throws {
        let text =
            "var: data = s3://b/k\nvar: n-1 = 5\nuser: at ${data}, ${n-1}$ $${data} ${} $x\nbot~: [..] ${data}[#]\nexpect: slot a = ${data}\n"
        let transcript = try TranscriptParser.parse(text, file: "t")
        #expect(transcript.variables == ["data": "s3://b/k", "n-1": "5"])
        #expect(transcript.entries[0].kind == .user(.text("at s3://b/k, 5$ ${data} ${} $x")))
        guard case .pattern(let pattern) = transcript.entries[1].kind else {
            Issue.record("no pattern")
            return
        }
        #expect(pattern.matches("at s3://b/k12"))
        #expect(!pattern.matches("at ${data}12"))
        #expect(transcript.entries[2].kind == .expect(.slot("a", "s3://b/k")))
    }

    @Test(
        "All expectations are read and printed",
        arguments: [
            "slot a = b = c", "slot a unknown", "step a", "intent affirm", "why affirm-yes", "prompt ask_a", "file a b",
            "file a contains b contains c", "no file a/b", "end a", "paused",
        ]
    )
    func expectations(text: String) throws {
        let transcript = try TranscriptParser.parse("expect: \(text)\n", file: "t")
        guard case .expect(let expectation) = try #require(transcript.entries.first).kind else {
            Issue.record("no expectation")
            return
        }
        #expect(expectation.description == text)
    }
}
