import Terminal
import Testing

struct SanitizerTests {
    @Test(arguments: [
        ("plain text, žluť 日本 👩‍🔬", "plain text, žluť 日本 👩‍🔬"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u{1B}[31mred\u{1B}]0;title\u{07}", "␛[31mred␛]0;title␇"),
        ("over\rwritten\u{08}", "over␍written␈"),
        ("crlf\r\n", "crlf␍\n"),
        ("\0\u{7F}", "␀␡"),
        ("\u{9B}31m \u{85}", "\\u{9B}31m \\u{85}"),
        ("user\u{202E}txt.exe\u{2066}", "user\\u{202E}txt.exe\\u{2066}"),
        ("\u{200E}\u{200F}\u{061C}", "\\u{200E}\\u{200F}\\u{61C}"),
        ("zero\u{200B}width\u{FEFF}", "zero\\u{200B}width\\u{FEFF}"),
        ("line\u{2028}paragraph\u{2029}", "line\\u{2028}paragraph\\u{2029}"),
        ("tag\u{E0041}", "tag\\u{E0041}"),
        ("❤️ क्‍ष", "❤️ क्‍ष"),
    ])
    func `what a terminal would obey is shown`(_ text: String, _ shown: String) {
        #expect(Sanitizer.displayable(text) == shown)
        #expect(Sanitizer.displayable(shown) == shown)
    }

    @Test func `no byte that starts an escape sequence is left`() {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value), scalar != "\n", scalar != "\t" else { continue }
            let shown = Sanitizer.displayable(String(scalar))
            #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test func `one line stays one line`() {
        #expect(Sanitizer.displayableLine("a\nb\tc\u{1B}") == "a␊b␉c␛")
    }
}
