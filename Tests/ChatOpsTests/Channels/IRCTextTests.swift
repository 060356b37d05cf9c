import Testing

@testable import ChatOps

@Suite("Lines of IRC")
struct IRCTextTests {
    @Test(
        "A line is read whatever it holds",
        arguments: [
            ("PING :server.example", "", "PING", ["server.example"]),
            (":ann!a@host PRIVMSG #tea :usher: hello  there ", "ann", "PRIVMSG", ["#tea", "usher: hello  there "]),
            (":server 001 usher :Welcome", "server", "001", ["usher", "Welcome"]),
            ("@time=1;a :ann privmsg usher hi", "ann", "PRIVMSG", ["usher", "hi"]),
            (":ann!a@h PRIVMSG usher ::)", "ann", "PRIVMSG", ["usher", ":)"]),
            (":ann  JOIN  #a", "ann", "JOIN", ["#a"]), ("PRIVMSG #a :", "", "PRIVMSG", ["#a", ""]),
        ] as [(String, String, String, [String])]
    )
    func reading(text: String, nick: String, command: String, parameters: [String]) throws {
        let line = try #require(IRCLine(text))
        #expect(line.nick == nick && line.command == command && line.parameters == parameters)
    }

    @Test("What is no line is none", arguments: ["", " ", ":ann", "@tag", ":"])
    func noLine(text: String) { #expect(IRCLine(text) == nil) }

    @Test(
        "Nothing in a text ends a line or is a command",
        arguments: [
            "hello\r\nQUIT :bye", "hello\nQUIT", "hello\rQUIT", "a\u{0}b", "\u{01}DCC SEND x\u{01}",
            "a\u{2028}b\u{85}c",
            "a\u{0B}b\u{0C}c\u{7F}",
        ]
    )
    func injection(text: String) {
        for place in ["ann", "#tea\r\nQUIT"] {
            let lines = IRCText.lines(text, to: place, from: "usher", addressing: "ann")
            #expect(!lines.isEmpty)
            for line in lines {
                #expect(line.hasPrefix("PRIVMSG " + place.prefix(3)))
                #expect(
                    line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
                    "\(line.debugDescription)"
                )
            }
        }
    }

    @Test(
        "A line has at most 512 bytes with all that the server adds, and no character is broken",
        arguments: ["x", "é", "日本", "👍🏽 ", "a\u{301}", "word "]
    )
    func length(piece: String) {
        let text = String(repeating: piece, count: 1_000)
        let lines = IRCText.lines(text, to: "#" + String(repeating: "c", count: 49), from: "usher", addressing: "ann")
        let host = ":usher!usherusher12@\(String(repeating: "h", count: 63)) "
        #expect(lines.allSatisfy { (host + $0 + "\r\n").utf8.count <= 512 })
        let said = lines.map { $0.drop { $0 != ":" }.dropFirst() }.joined()
        #expect(said.filter { !$0.isWhitespace } == "ann:" + text.filter { !$0.isWhitespace })
        #expect(lines.count <= 60)
    }

    @Test("A text is said line by line, without empty ones, and the first line names who is addressed")
    func lines() {
        #expect(
            IRCText.lines("Which?\n\n1. tea\r\n2. coffee\n", to: "#a", from: "usher", addressing: "ann") == [
                "PRIVMSG #a :ann: Which?", "PRIVMSG #a :1. tea", "PRIVMSG #a :2. coffee",
            ]
        )
        #expect(IRCText.lines("Hot.", to: "ann", from: "usher", addressing: nil) == ["PRIVMSG ann :Hot."])
    }

    @Test(
        "The bot is addressed by its nick at the beginning of a line",
        arguments: [
            ("usher: yes", "yes"), ("Usher, yes: it is", "yes: it is"), ("USHER yes", "yes"), ("usher", ""),
            ("ushers: yes", nil), ("yes, usher", nil), ("us", nil), ("usher_: yes", nil),
        ] as [(String, String?)]
    )
    func addressing(text: String, said: String?) { #expect(IRCText.addressed(text, to: "usher") == said) }

    @Test(
        "Marks of bold and colours are not part of what was said",
        arguments: [
            ("\u{02}yes\u{0F}", "yes"), ("\u{03}04,12yes\u{03}", "yes"), ("\u{03}5", ""), ("a\u{1D}b\u{1F}c", "abc"),
            ("s3://b/k\u{03}3 2", "s3://b/k 2"), ("a\tb", "a b"),
        ]
    )
    func marks(text: String, plain: String) { #expect(IRCText.plain(text) == plain) }

    @Test("Nicks are compared as the network does")
    func folding() {
        #expect(IRCLine.folded("Ann[a]\\~") == IRCLine.folded("ann{A}|^"))
        #expect(IRCLine.folded("ann") != IRCLine.folded("ann_"))
    }
}
