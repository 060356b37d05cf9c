import Diagnostics
import Dialogue
import Intents
import Sessions
import Testing

@Suite("Sessions as JSON lines")
struct SessionExportTests {
    private static let head =
        #"{"digest":"d","entry":"e","flow":"f","format":"usher-session","session":"s","version":1}"#

    private let session = SessionRecord(
        id: "žluť \"1\"",
        flow: "tea",
        entry: "main",
        digest: "d1",
        events: [
            .started(hints: ["tea": "mint", "list": ["a", 1, true, ["b": "c"]]]),
            .reply("two\r\nlines \u{0} \u{2028} 👍 a/b"),
            .refused(.tooLong(bytes: 5, limit: 4)), .refused(.secret(kind: "a key")), .refused(.notText),
            .actionFinished(id: 3, result: ActionResult(outcome: "done", values: ["n": 7])),
        ]
    )

    @Test("What is written is read again, and gives the same bytes")
    func roundTrip() throws {
        let text = try SessionExport.text(of: session)
        #expect(text.split(separator: "\n").count == 7)
        #expect(
            text.split(separator: "\n").last == #"{"event":"action_finished","id":3,"outcome":"done","values":{"n":7}}"#
        )
        let read = try SessionExport.read(text, file: "s")
        #expect(read == session)
        #expect(try SessionExport.text(of: read) == text)
        #expect(try SessionExport.read(text.split(separator: "\n").joined(separator: "\r\n"), file: "s") == session)
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            ("", "s:1:1", "begins with"), ("{}", "s:1:1", "begins with"), ("[", "s:1:2", "not valid JSON"),
            (#"{"format":"usher-session","version":2}"#, "s:1:37", "newer"),
            (#"{"format":"usher-session","version":1,"session":"s","flow":1,"entry":"e"}"#, "s:1:1", "'flow'"),
            (head + "\n{\"event\":\"reply\",\"text\":\"a\"}\n\n{}", "s:3:1", "not valid JSON"),
            (head + "\n{\"event\":\"replied\"}", "s:2:10", "is one of 'action_finished', 'refused'"),
            (head + "\n{\"event\":\"reply\"}", "s:2:1", "'reply' needs 'text'"),
            (head + "\n{\"event\":\"reply\",\"text\":7}", "s:2:25", "'text' is not of the kind"),
            (head + "\n{\"event\":\"action_finished\",\"id\":\"1\",\"outcome\":\"x\"}", "s:2:33", "'id' is not"),
            (head + "\n{\"event\":\"refused\",\"reason\":\"too_long\"}", "s:2:1", "'bytes' is missing"),
            (head + "\n{\"event\":\"started\",\"hints\":{\"a\":null}}", "s:2:28", "'hints' is not"),
            (head + "\n\"reply\"", "s:2:1", "not a text"),
            (head + "\n{\"event\":\"reply\",\"text\":\"a", "s:2:25", "closing"),
        ]
    )
    func problems(text: String, place: String, words: String) {
        let error = #expect(throws: DiagnosticsError.self) { try SessionExport.read(text, file: "s") }
        let first = error?.diagnostics.first
        #expect(first.map { "\($0.location)" } == place, "\(first?.message ?? "")")
        #expect(first?.message.contains(words) == true, "\(first?.message ?? "")")
    }

    @Test("Everything that is wrong is said at once")
    func all() {
        let text = Self.head + "\n{\"event\":\"x\"}\n{\"event\":\"reply\",\"text\":\"fine\"}\nnull\n"
        let error = #expect(throws: DiagnosticsError.self) { try SessionExport.read(text, file: "s") }
        #expect(error?.diagnostics.map(\.location.line) == [2, 4])
    }
}
