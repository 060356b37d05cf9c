import Actions
import Testing

struct NotebookTextTests {
    static let literals: [(PythonLiteral, String)] = [
        (.none, "None"), (.bool(true), "True"), (.bool(false), "False"), (.list([]), "[]"),
        (.list([.text("one")]), #"["one"]"#),
        (.list([.text("a"), .bool(true), .none]), #"["a", True, None]"#), (.text(""), #""""#),
        (.text("it's"), #""it's""#),
        (.text(#"a"b\c"#), #""a\"b\\c""#), (.text("a\nb\r\tc"), #""a\nb\r\tc""#), (.text("é 漢字 😀"), #""é 漢字 😀""#),
        (.text("\0\u{1B}\u{7F}\u{85}"), #""\u0000\u001b\u007f\u0085""#),
        (.text("\u{2028}\u{202E}\u{FEFF}"), #""\u2028\u202e\ufeff""#),
        (.text("\u{E0001}"), #""\U000e0001""#), (.text("\u{A0}"), #""\u00a0""#),
    ]

    /// Emoji of several scalars, whose joiners are invisible and belong to them.
    static let emoji = [
        "👨\u{200D}👩\u{200D}👧\u{200D}👦", "👩🏽\u{200D}💻", "🏳\u{FE0F}\u{200D}🌈", "❤\u{FE0F}\u{200D}🔥", "🧑\u{200D}⚕\u{FE0F}",
        "👁\u{FE0F}\u{200D}🗨\u{FE0F}", "🐈\u{200D}⬛",
        "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", "1\u{FE0F}\u{20E3}", "🇳🇴", "👍🏽",
    ]

    @Test(arguments: emoji)
    func `an emoji stays as it was typed`(_ emoji: String) {
        #expect(scalars(PythonLiteral.text(emoji).source) == scalars("\"\(emoji)\""))
        #expect(scalars(MarkdownText.prose("a \(emoji) b")) == scalars("a \(emoji) b"))
        #expect(scalars(MarkdownText.code(emoji)) == scalars("`\(emoji)`"))
        #expect(scalars(PlainText.shown(emoji)) == scalars(emoji))
    }

    /// Joiners and tags that no emoji holds together, with what of them is written out.
    static let loose = [
        ("a\u{200D}b", #"a\u200db"#), ("😀\u{200D}a", #"😀\u200da"#), ("a\u{200D}😀", #"a\u200d😀"#),
        ("😀\u{200D}", #"😀\u200d"#), ("\u{200D}😀", #"\u200d😀"#), ("😀\u{200D}\u{200D}😀", #"😀\u200d\u200d😀"#),
        ("1\u{200D}2", #"1\u200d2"#), ("©\u{200D}®", #"©\u200d®"#), ("😀\u{200B}😀", #"😀\u200b😀"#),
        ("😀\u{202E}\u{200D}😀", #"😀\u202e\u200d😀"#), ("\u{FE0F}\u{200D}😀", "\u{FE0F}\\u200d😀"),
        ("🏴\u{E0061}\u{E0062}\u{E007F}", #"🏴\U000e0061\U000e0062\U000e007f"#),
        (
            "a\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
            #"a\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"#
        ),
        ("👨\u{2066}\u{200D}👩", #"👨\u2066\u200d👩"#),
    ]

    @Test(arguments: loose)
    func `an invisible sign between anything else is written out`(_ text: String, _ escaped: String) {
        #expect(scalars(PythonLiteral.text(text).source) == scalars("\"\(escaped)\""))
        let isHidden = MarkdownText.prose(text).unicodeScalars.contains { $0 == "\u{200D}" || $0.value >= 0xE0000 }
        #expect(!isHidden)
    }

    private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test(arguments: literals)
    func `every value has one line of Python`(_ literal: PythonLiteral, _ source: String) {
        #expect(literal.source == source)
    }

    @Test(arguments: [
        ("plain words, 100%", "plain words, 100%"), ("two\n\n# lines", "two &#35; lines"),
        ("  many   spaces ", "many spaces"),
        ("<b>&amp;</b>", "&#60;b&#62;&#38;amp;&#60;/b&#62;"), (#"$x$ \(y\)"#, "&#36;x&#36; &#92;(y&#92;)"),
        ("[a](http://b)", "&#91;a&#93;(http://b)"), ("*_`~|{}!@", "&#42;&#95;&#96;&#126;&#124;&#123;&#125;&#33;&#64;"),
        ("a\u{202E}b\0", "aU+202EbU+0"), ("é 漢字", "é 漢字"),
    ])
    func `prose has no Markdown in it`(_ text: String, _ markdown: String) {
        #expect(MarkdownText.prose(text) == markdown)
    }

    @Test(arguments: [
        ("s3://b/k", "`s3://b/k`"), ("a`b", "`` a`b ``"), ("```", "```` ``` ````"), ("`", "`` ` ``"),
        ("two\nlines", "`two lines`"),
        ("", "(empty)"), (" \n", "(empty)"), ("\u{200B}", "`U+200B`"),
    ])
    func `code keeps to its fence`(_ text: String, _ markdown: String) {
        #expect(MarkdownText.code(text) == markdown)
    }
}
