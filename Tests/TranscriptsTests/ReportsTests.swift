import Diagnostics
import Foundation
import Testing
import Transcripts
import YAMLReading

@Suite("Reports of a test run")
struct ReportsTests {
    private static let hostile = "<a> & \"b\" ]]> # 100%, x: y \\ \u{1B}[31m \u{0} \u{FFFE} žluť 👍\r\nnext\tline"

    private static let cases = [
        TestCase(file: "Tests/a.b/good.transcript", outcome: .passed, duration: .milliseconds(1_002)),
        TestCase(
            file: "../bad,1%.transcript",
            line: 7,
            outcome: .failed(message: hostile, details: ["- bot: \(hostile)", "+ bot: -"])
        ),
        TestCase(file: "/abs/x", line: 0, column: 0, outcome: .unreadable(["/abs/x:1:1: error: no", "more"])),
        TestCase(file: "later.transcript", outcome: .skipped(reason: "no # world")),
    ]

    private func report(_ format: ReportFormat, _ cases: [TestCase] = cases) -> String {
        var writer = format.writer()
        var text = writer.begin(count: cases.count)
        for testCase in cases { text += writer.add(testCase) }
        return text + writer.end()
    }

    @Test(
        "A case is named by its path",
        arguments: [
            ("Tests/a.b/good.transcript", "Tests.a_b", "good"),
            ("./x/../y/z", "x.y", "z"),
            ("/abs/x.txt", "abs", "x.txt"),
            ("x.transcript", "transcripts", "x"),
            ("../x.transcript", "transcripts", "x"),
        ]
    )
    func names(file: String, className: String, name: String) {
        let testCase = TestCase(file: file, outcome: .passed)
        #expect(testCase.className == className)
        #expect(testCase.name == name)
    }

    @Test("The same cases give the same bytes, in every form", arguments: ReportFormat.allCases)
    func deterministic(format: ReportFormat) {
        #expect(report(format) == report(format))
        #expect(!report(format).contains("\u{1B}"), "a report can be shown in a terminal")
    }

    @Test("JUnit XML is well-formed whatever the texts hold, and counts what is in it")
    func junit() throws {
        let text = report(.junit)
        #expect(text.contains("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\" time=\"1.002\""))
        #expect(text.contains("classname=\"Tests.a_b\" name=\"good\" file=\"Tests/a.b/good.transcript\" line=\"1\""))
        #expect(text.contains("<skipped message=\"no # world\"/>"))
        #expect(
            text.contains("- bot: &lt;a&gt; &amp; \"b\" ]]&gt; # 100%, x: y \\ \\u{1b}[31m \\u{0} \\u{fffe} žluť 👍")
        )
        #expect(text.contains("&#13;\nnext\tline"), "lines stay lines inside of an element")
        #expect(text.contains("&#13;&#10;next&#9;line"), "and are kept in an attribute")
        for scalar in text.unicodeScalars where scalar.value < 0x20 { #expect(scalar == "\n" || scalar == "\t") }
    }

    @Test("TAP has a plan, a line a case, and what is no text of it behind a backslash or in YAML")
    func tap() throws {
        let lines = report(.tap).components(separatedBy: "\n")
        #expect(lines[0...2] == ["TAP version 14", "1..4", "ok 1 - Tests/a.b/good.transcript"])
        #expect(lines[3] == "not ok 2 - ../bad,1%.transcript")
        #expect(lines[4] == "  ---")
        #expect(lines.contains("ok 4 - later.transcript # SKIP no \\# world"))
        let yaml = lines[5...].prefix { $0 != "  ..." }.map { String($0.dropFirst(2)) }.joined(separator: "\n")
        var diagnostics = DiagnosticList()
        let node = try #require(YAMLNode(yaml, file: "tap", diagnostics: &diagnostics))
        var fields = YAMLFields(node, of: "a case", diagnostics: &diagnostics)
        #expect(fields.text("message", &diagnostics) == Self.hostile)
        #expect(fields.texts("difference", &diagnostics) == ["- bot: \(Self.hostile)", "+ bot: -"])
        #expect(diagnostics.diagnostics.isEmpty)
    }

    @Test("JSON lines hold the texts as they are")
    func jsonLines() throws {
        let lines = report(.jsonl).split(separator: "\n")
        #expect(lines.count == 6)
        let objects = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
        #expect(objects.map { $0["type"] as? String } == ["begin", "case", "case", "case", "case", "end"])
        #expect(objects[1]["duration_seconds"] as? Double == 1.002)
        #expect(objects[2]["message"] as? String == Self.hostile)
        #expect(objects[3]["outcome"] as? String == "unreadable")
        #expect(objects[3]["details"] as? [String] == ["/abs/x:1:1: error: no", "more"])
        #expect(objects[3]["line"] as? Int == 1)
        let counts = objects[5]["counts"] as? [String: Int]
        #expect(counts == ["passed": 1, "failed": 1, "unreadable": 1, "skipped": 1])
    }

    @Test("Annotations stay on one line, and their properties apart")
    func github() {
        let lines = report(.github).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("::error file=../bad%2C1%25.transcript,line=7,col=1,title=bad%2C1%25%3A <a>"))
        #expect(lines[0].hasSuffix("žluť 👍%0D%0Anext\\u{9}line%0A+ bot: -"))
        #expect(lines[1] == "::error file=/abs/x,line=1,col=1,title=x cannot be read::/abs/x:1:1: error: no%0Amore")
        #expect(lines[2].hasPrefix("::notice file=later.transcript,line=1,col=1,title=later was skipped::no # world"))
    }

    @Test("What cannot be read is shown at its first mistake")
    func unreadable() {
        let error = #expect(throws: DiagnosticsError.self) {
            try TranscriptParser.parse("bot: x\n\nnonsense\nmore\n", file: "t")
        }
        let testCase = error.map { TestCase(file: "t", error: $0) }
        #expect(testCase?.line == 3)
        guard case .unreadable(let messages)? = testCase?.outcome else {
            Issue.record("\(String(describing: testCase))")
            return
        }
        #expect(messages.count == 2)
    }
}
