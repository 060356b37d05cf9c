import Terminal
import Testing

struct TextLayoutTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var width: Int
        var text: String
        var lines: [String]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "short text stays", width: 20, text: "Which dataset?", lines: ["Which dataset?"]),
        Case(name: "nothing stays nothing", width: 20, text: "", lines: [""]),
        Case(name: "words wrap", width: 10, text: "one two three four", lines: ["one two", "three four"]),
        Case(name: "the width is exact", width: 9, text: "one two three four", lines: ["one two", "three", "four"]),
        Case(
            name: "line feeds and empty lines stay",
            width: 10,
            text: "one\n\ntwo three four",
            lines: ["one", "", "two three", "four"]
        ),
        Case(name: "spaces at a break are dropped", width: 5, text: "one    two   ", lines: ["one", "two"]),
        Case(name: "spaces inside a line stay", width: 12, text: "a   b   c   d", lines: ["a   b   c", "d"]),
        Case(name: "a numbered item hangs", width: 12, text: "1. one two three", lines: ["1. one two", "   three"]),
        Case(
            name: "two digits hang further",
            width: 12,
            text: "12. one two three",
            lines: ["12. one two", "    three"]
        ),
        Case(name: "a dash hangs", width: 10, text: "- one two three", lines: ["- one two", "  three"]),
        Case(
            name: "a bullet hangs under its indent",
            width: 12,
            text: "  • one two three",
            lines: ["  • one two", "    three"]
        ),
        Case(name: "a letter hangs", width: 10, text: "a) one two three", lines: ["a) one two", "   three"]),
        Case(name: "an indent goes on", width: 10, text: "  one two three", lines: ["  one two", "  three"]),
        Case(
            name: "a word before a dot is no marker",
            width: 10,
            text: "Yes. one two three",
            lines: ["Yes. one", "two three"]
        ),
        Case(name: "a deep indent leaves room", width: 10, text: "        one two", lines: ["        one", "  two"]),
        Case(
            name: "an S3 URI stands alone",
            width: 16,
            text: "It is in s3://my-bucket/a/long/path.jsonl as you said",
            lines: ["It is in", "s3://my-bucket/a/long/path.jsonl", "as you said"]
        ),
        Case(
            name: "an ARN in a list stands alone",
            width: 16,
            text: "- the arn:aws:sagemaker:us-east-1:123456789012:model/x one",
            lines: ["- the", "  arn:aws:sagemaker:us-east-1:123456789012:model/x", "  one"]
        ),
        Case(
            name: "a URL may hold wide characters",
            width: 8,
            text: "http://例え.jp/日本語 x",
            lines: ["http://例え.jp/日本語", "x"]
        ),
        Case(name: "a first word may be too long", width: 4, text: "elephant ox", lines: ["elephant", "ox"]),
        Case(name: "wide characters take two", width: 6, text: "日本語です", lines: ["日本語", "です"]),
        Case(name: "no line begins with a full stop", width: 6, text: "日本語。です", lines: ["日本", "語。で", "す"]),
        Case(name: "no line ends with an opening bracket", width: 6, text: "日本「語」", lines: ["日本", "「語」"]),
        Case(name: "emoji take two", width: 5, text: "👩‍🔬 👩‍🔬 👩‍🔬", lines: ["👩‍🔬 👩‍🔬", "👩‍🔬"]),
        Case(
            name: "combining marks take none",
            width: 4,
            text: "z\u{30C}lut\u{30C} o\u{301}",
            lines: ["z\u{30C}lut\u{30C}", "o\u{301}"]
        ),
        Case(name: "a no-break space holds", width: 6, text: "a 10\u{A0}km b", lines: ["a", "10\u{A0}km", "b"]),
        Case(
            name: "fences are left alone",
            width: 6,
            text: "```\na long line of code\n```\na long line",
            lines: ["```", "a long line of code", "```", "a long", "line"]
        ),
        Case(name: "a tab is four columns", width: 6, text: "\tone two", lines: ["    one", "  two"]),
        Case(name: "no width at all still ends", width: 0, text: "a b", lines: ["a", "b"]),
    ])
    func `text is laid out`(_ test: Case) {
        let layout = TextLayout(width: test.width)
        #expect(layout.lines(of: DisplayText(test.text)).map(\.terminalString) == test.lines)
    }

    @Test func `escape sequences take no columns`() {
        let style = Style(isEnabled: true)
        let text = "one " + style.bold("two") + " " + style(.red, text: "three") + " four"
        let lines = TextLayout(width: 13).lines(of: text)
        #expect(lines.map(\.columns) == [13, 4])
        #expect(lines[0].terminalString == "one \u{1B}[1mtwo\u{1B}[22m \u{1B}[31mthree\u{1B}[39m")
    }

    @Test func `a styled list marker hangs too`() {
        let text = Style(isEnabled: true).dim("1.") + " one two three"
        #expect(TextLayout(width: 10).lines(of: text).last == "   three")
    }

    @Test func `no width loses a character`() {
        let text = DisplayText("1. one two three 日本語です four https://example.com/a/b/c five\n\n- six seven eight")
        for width in 1...40 {
            let once = TextLayout(width: width).wrapped(text)
            let words = once.terminalString.filter { !$0.isWhitespace }
            #expect(words == text.terminalString.filter { !$0.isWhitespace })
        }
    }
}
