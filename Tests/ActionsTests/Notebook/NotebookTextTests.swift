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
