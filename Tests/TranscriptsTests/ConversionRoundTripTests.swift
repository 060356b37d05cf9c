import Diagnostics
import Foundation
import Testing
import Transcripts

/// Who said what in a transcript.
private func words(_ transcript: Transcript) -> [String] {
    transcript.entries.compactMap { entry in
        switch entry.kind {
        case .user(let reply): "user " + String(decoding: reply.sent, as: UTF8.self)
        case .bot(let text): "bot " + text
        default: nil
        }
    }
}

private let others = ConversationFormat.allCases.filter { $0 != .usher }

@Suite("From a transcript to other formats and back")
struct ConversionRoundTripTests {
    private func there(
        _ transcript: Transcript,
        _ format: ConversationFormat
    ) throws -> (back: Transcript, losses: [Diagnostic], text: String) {
        let conversation = ConvertedConversation(name: "golden", transcript: transcript)
        let (text, losses) = TranscriptConversion.write([conversation], as: format)
        let again = TranscriptConversion.write([conversation], as: format)
        #expect(again.text == text && again.losses == losses, "the same input gives the same bytes")
        let read = try TranscriptConversion.read(text, as: format, file: "x" + format.ending)
        #expect(read.count == 1)
        let conversationBack = try #require(read.first)
        #expect(conversationBack.losses.isEmpty, "\(conversationBack.losses)")
        // What was put together is a transcript like any other.
        let printed = conversationBack.transcript.text
        return (try TranscriptParser.parse(printed, file: "back"), losses, text)
    }

    @Test("Every golden transcript keeps its words in every format", arguments: others)
    func golden(format: ConversationFormat) throws {
        #expect(GoldenTranscriptTests.files.count >= 196)
        for file in GoldenTranscriptTests.files {
            let transcript = try GoldenTranscriptTests.load(file)
            let (back, losses, _) = try there(transcript, format)
            let before = words(transcript)
            let after = words(back)
            if before != after {
                // Only what was reported may be otherwise.
                let reported = losses.filter { !$0.message.contains("has no place for it") }
                #expect(before.count == after.count && !reported.isEmpty, "\(file): \(before.difference(from: after))")
            }
            // What is lost of an included file is said there.
            let files = [file] + transcript.inclusions.map(\.file)
            for loss in losses { #expect(files.contains(loss.location.file) && loss.severity == .warning) }
        }
    }

    @Test("Markdown gives back all lines of every golden transcript")
    func markdown() throws {
        for file in GoldenTranscriptTests.files {
            let transcript = try GoldenTranscriptTests.load(file)
            let (back, losses, _) = try there(transcript, .markdown)
            #expect(losses.isEmpty)
            let lines = { (transcript: Transcript) in
                (transcript.header.map(\.text) + transcript.entries.flatMap(\.lines)).filter { !$0.isEmpty }.sorted()
            }
            #expect(lines(back) == lines(transcript), "\(file)")
            #expect(
                back.entries.map(\.kind).filter(\.isCompared) == transcript.entries.map(\.kind).filter(\.isCompared)
            )
        }
    }

    @Test("Values of slots survive in test cases of Rasa")
    func slots() throws {
        let text = "bot: a\nuser: yes\nexpect: slot tea = no\nexpect: slot milk unknown\nexpect: step pay\n"
        let (back, losses, _) = try there(try TranscriptParser.parse(text, file: "t"), .rasa)
        #expect(back.text.hasSuffix("bot: a\n\nuser: yes\nexpect: slot tea = no\nexpect: slot milk unknown\n"))
        #expect(
            losses.map(\.description) == [
                "t:5:1: warning: 'expect: step pay' is left out: a Rasa test case has no place for it"
            ]
        )
    }

    /// Texts that mean something to one format or another.
    static let hostile = [
        "", " ", "yes", "no", "true", "null", "~", "1.0", "0x1F", "# heading", "> quote", "* star", "- item", "-",
        "---", "```",
        "````\n```", "```user\nbot\n```", "|", "a | b", "key: value", "user: x", "bot: y", "BOT: y", "user->bot: z",
        "a\nuser: x",
        "a\n> b", "a\n  > b", "a\n#me\nb", "a\n\\#me", "#bot", "\\#bot", "\\\\#bot", "BUTTONS a|b", "\\BUTTONS a",
        "!no", "!!no", "?maybe",
        "??maybe", "?!x", "!BUTTONS x", "INTENT", "PAUSE 1000", "TEXT_CONTAINS_ANY a|b", "UTT_HELLO", "[Typing]",
        "[Delay=3000]",
        "[Attachment=x]\nb", "[unknown=1]", "[", "]", "a [b] c", "{\"a\": 1}", "[1, 2]", "{broken", "\"quoted\"",
        "it's", "a\\nb",
        "tab\there", "trailing ", " leading", "a\n\nb", "a\n", "\na", "a\n\n", "a\n \nb", "\n", "žluť 日本 👩‍👧 \u{1F44D}",
        "\u{1B}[31m", "\u{7F}",
        "a\u{301}", "\u{301}a", "\u{FEFF}bom", "a\u{2028}b", "a\u{85}b", "\u{A0}", "%{x}", "${name}", "$${name}",
        "&amp; <b>", "**User**",
        "a\r\nb", "a\rb", "\u{0}", "end\r", "users=a", "user=Joe", "# \n> ", "~~~", "    code", "1. one\n2. two", "\\",
        "a\n\\\nb", "\\\\",
        String(repeating: "x", count: 5_000), String(repeating: "line\n", count: 200), "'", "''", "\"", ": ", " #",
        "@a", "`b`", "%", "&x *x",
    ]

    @Test("Hostile texts survive or are reported, in every format", arguments: others)
    func hostile(format: ConversationFormat) throws {
        for text in Self.hostile {
            let transcript = Transcript(
                file: "t",
                header: [],
                entries: [
                    Transcript.Entry(.bot("Hello"), line: 1),
                    Transcript.Entry(.user(.text(text)), line: 2),
                    Transcript.Entry(.bot(text), line: 3), Transcript.Entry(.user(.text("end")), line: 4),
                ]
            )
            let conversation = ConvertedConversation(name: "t", transcript: transcript)
            let (written, losses) = TranscriptConversion.write([conversation], as: format)
            let read = try TranscriptConversion.read(written, as: format, file: "x" + format.ending)
            let back = try TranscriptParser.parse(read[0].transcript.text, file: "back")
            let after = words(back)
            if after != ["bot Hello", "user " + text, "bot " + text, "user end"] {
                #expect(
                    !losses.isEmpty || !read[0].losses.isEmpty,
                    "\(format): \(text.debugDescription) became \(after)"
                )
            }
            #expect(
                after.first == "bot Hello" && after.last == "user end",
                "\(format): \(text.debugDescription) \(after)"
            )
        }
    }

    @Test("Plain conversations lose nothing", arguments: others)
    func plain(format: ConversationFormat) throws {
        let texts = [
            "yes", "no", "null", "# a", "> b", "* c", "- d", "it's \"quoted\"", "žluť 👍", "two\nlines", "a: b",
            "x\n\ny",
        ]
        var transcript = Transcript(file: "t", header: [], entries: [])
        for text in texts where format != .botium || text != "# a" {
            transcript.entries.append(Transcript.Entry(.user(.text(text))))
            transcript.entries.append(Transcript.Entry(.bot(text)))
        }
        let (back, losses, _) = try there(transcript, format)
        #expect(losses.isEmpty, "\(losses)")
        #expect(words(back) == words(transcript))
    }

    @Test("What a transcript leaves open or shares becomes words, and that is reported", arguments: others)
    func patterns(format: ConversationFormat) throws {
        let text = "bot~: There are [#].\n  [...]\nuser~: \\u{20}a\ninclude: b.transcript\nbot: ${x} $${y}\n"
        let transcript = try TranscriptParser.parse("var: x = 1\n" + text, file: "t")
        let (back, losses, _) = try there(transcript, format)
        if format == .markdown {
            #expect(back.entries.map(\.kind).filter(\.isCompared) == transcript.entries.map(\.kind))
        } else {
            let lost = losses.map(\.description)
            #expect(
                lost.contains(
                    "t:1:1: warning: the field 'var: x = 1' \(format == .chat ? "becomes a comment" : "is left out"): \(format.title) has no place for it"
                )
            )
            #expect(lost.contains { $0.hasPrefix("t:2:1: warning: the pattern becomes literal text") })
            #expect(lost.contains { $0.hasPrefix("t:5:1: warning: what 'b.transcript' holds stands in its place") })
            #expect(words(back).first == "bot There are [#].\n[...]")
            #expect(words(back).last == "bot 1 ${y}")
        }
    }

    @Test("Several conversations fit one file of Rasa, each under a name of its own")
    func several() throws {
        let transcript = try TranscriptParser.parse("# Same\nbot: a\n\nuser: b\n", file: "t")
        let one = ConvertedConversation(name: "one", transcript: transcript)
        let (text, losses) = TranscriptConversion.write([one, one], as: .rasa)
        #expect(losses.count == 1)
        #expect(try TranscriptConversion.read(text, as: .rasa, file: "x.yml").map(\.name) == ["Same", "Same (2)"])
        let (_, lost) = TranscriptConversion.write([one, one], as: .chat)
        #expect(lost.last?.message.contains("one conversation") == true)
    }

    @Test("Timestamps of activities count from a fixed day")
    func timestamps() throws {
        let transcript = try TranscriptParser.parse("bot: a\nbot: b\n\nuser: c\nbot: d\n", file: "t")
        let text = try there(transcript, .activities).text
        let found = text.matches(of: /2000-01-01T[^"]*/).map { String($0.output) }
        #expect(found == ["00:00:00.000", "00:00:00.001", "00:00:01.000", "00:00:01.001"].map { "2000-01-01T\($0)Z" })
    }
}

extension Transcript.Kind {
    fileprivate var isCompared: Bool { if case .remark = self { false } else { true } }
}
