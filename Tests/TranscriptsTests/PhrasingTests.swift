import Diagnostics
import Dialogue
import Foundation
import Intents
import Testing
import Transcripts

/// Tables of replies as cases of a test run.
@Suite("Phrasings are tried row by row")
struct PhrasingTests {
    private static let columns = "intent\ttext\n"
    private static let table = """
        # What people say to a yes-no question.
        flow: tea

        intent\ttext
        affirm\tyes please
        # A refusal.
        deny\tno way
        other\tthe weather in Rome

        """

    private func listener(_ text: String) throws -> PhrasingListener {
        try PhrasingListener(PhrasingTable(text, file: "t.phrasings.tsv"), in: TeaFlow.compile())
    }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try listener(text)
            return []
        } catch {
            return (error as? DiagnosticsError)?.diagnostics.map(\.description) ?? ["\(error)"]
        }
    }

    private func suite(
        _ folder: TemporaryFolder,
        _ selection: TranscriptSelection = .init(),
        after: Int = 0
    ) throws
        -> PhrasingSuite
    {
        let flow = try TeaFlow.compile()
        let files = try TranscriptFiles.findTables(in: [folder.path])
        return PhrasingSuite(files: files, selection: selection, after: after) { _ in flow }
    }

    private func told(_ suite: PhrasingSuite, stopsAtFailure: Bool = false) async throws -> [String] {
        var told: [String] = []
        var counts = TranscriptCounts()
        try await suite.run(addingTo: &counts, stopsAtFailure: stopsAtFailure) { one, _ in
            let testCase = TestCase(one)
            let word =
                switch testCase.outcome {
                case .passed: "passed"
                case .failed: "failed"
                case .unreadable: "unreadable"
                case .skipped: "skipped"
                }
            told.append("\(testCase.line) \(word)")
        }
        #expect(counts.passed == told.count { $0.hasSuffix("passed") })
        #expect(counts.failed == told.count { $0.hasSuffix("failed") || $0.hasSuffix("unreadable") })
        return told
    }

    @Test("Rows come with their lines, past the header and the remarks")
    func rows() throws {
        let listener = try listener(Self.table)
        #expect(listener.rows.map(\.location.line) == [5, 7, 8])
        #expect(listener.rows.indices.allSatisfy { !listener.verdict(on: $0).isFailure })
    }

    @Test(
        "The question decides what a reply means",
        arguments: [
            ("context: yes-no", "affirm", "looks good"), ("context: gate", "other", "looks good"),
            ("context: text", "other", "looks good"), ("context: gate", "affirm", "I agree"),
            ("at: summary", "affirm", "looks good"), ("at: summary", "correction", "change the tea to black"),
            ("at: cups", "value", "3 cups"), ("at: cups", "other", "blue whale"),
            ("at: cups", "not-understood", "blue"),
            ("at: kind", "help", "help"), ("at: kind\nslot: cups = 2", "value", "green tea"),
        ]
    )
    func contexts(header: String, intent: String, text: String) throws {
        let listener = try listener("\(header)\n\(Self.columns)\(intent)\t\(text)\n")
        let verdict = listener.verdict(on: 0)
        #expect(!verdict.isFailure, "\(verdict.outcome)")
    }

    @Test("A wrong row says what was expected, what it is, which rule decided, and where that is")
    func failure() throws {
        let verdict = try listener(Self.table.replacing("affirm\t", with: "unsure\t")).verdict(on: 0)
        let testCase = TestCase(.row(verdict))
        guard case .failed(let message, let details) = testCase.outcome else {
            Issue.record("it passed")
            return
        }
        #expect(message == "t.phrasings.tsv:5: other intent: expected 'unsure', but it is 'affirm'")
        #expect(details.contains { $0.contains("after 'yes please', understood as affirm by affirm-yes") })
        #expect(details.contains { $0.contains("rule 'affirm-yes' at common/polarity.yaml:") })
        #expect((testCase.line, testCase.column) == (5, 8))
        #expect(testCase.name == "yes please")
        #expect(testCase.className == "t")
        #expect(testCase.mismatches.map(\.intent) == ["affirm"])
    }

    @Test(
        "What is wrong with a table is said with its place",
        arguments: [
            ("flaw: tea\n", "1:1", "there is no field 'flaw'; did you mean 'flow'?"),
            ("colour: red\n", "1:1", "there is no field 'colour'; there are flow, entry, context, at, slot, tags"),
            ("flow:\n", "1:1", "the field 'flow' has no value"),
            ("flow: a\nflow: b\n", "2:1", "there is more than one field 'flow'"),
            ("context: gates\n", "1:1", "there is no context 'gates'; did you mean 'gate'?"),
            (
                "context: gate\nat: cups\n", "2:1",
                "'context' and 'at' both say where the replies are said; keep one"
            ),
            ("at: cup\n", "1:1", "there is no step 'cup'; did you mean 'cups'?"),
            ("at: brew\n", "1:1", "the step 'brew' asks nothing, so no reply is read there"),
            ("at: summary\nslot: cups\n", "2:1", "expected the name of a slot and its value: 'slot: name = value'"),
            ("at: summary\nslot: cups = 2\nslot: cups = 3\n", "3:1", "the slot 'cups' has a value already"),
            ("at: summary\nslot: cups = many\n", "1:1", "the slot 'cups' holds a number, and 'many' is none"),
        ]
    )
    func badHeaders(header: String, place: String, message: String) {
        let found = problems(header + Self.columns + "affirm\tyes\n")
        #expect(found.contains("t.phrasings.tsv:\(place): error: \(message)"), "\(found)")
    }

    @Test(
        "What is wrong with a row is said with its place",
        arguments: [
            ("flow: tea\n", "2:1", "the first line names no column 'intent'; columns are separated by tabs"),
            ("# only a remark", "1:1", "the first line names no column 'intent'; columns are separated by tabs"),
            (columns + "affrim\tyes\n", "2:1", "there is no intent 'affrim'; did you mean 'affirm'?"),
            (columns + "affirm\tyes\nother\tyes\n", "3:7", "'yes' stands in line 2 already"),
            (columns + "# none\n", "1:1", "the file has no rows"),
            (columns + "affirm\n", "2:1", "the row has 1 columns where the first line names 2"),
        ]
    )
    func badRows(text: String, place: String, message: String) {
        let found = problems(text)
        #expect(found.contains("t.phrasings.tsv:\(place): error: \(message)"), "\(found)")
    }

    @Test("Parts of a run share the rows, and go on where the transcripts end", arguments: [0, 1, 5])
    func shards(offset: Int) async throws {
        let folder = try TemporaryFolder(["a.phrasings.tsv": Self.table, "b.phrasings.tsv": Self.table])
        var all = 0
        for number in 1...3 {
            var selection = TranscriptSelection()
            selection.shard = Shard("\(number)/3")
            let suite = try suite(folder, selection, after: offset)
            #expect(suite.count == 2)
            all += suite.count
        }
        #expect(all == 6)
    }

    @Test("Rows are told in their order, a table that cannot be read is a case, and tags leave tables out")
    func order() async throws {
        let wrong = Self.table.replacing("other\t", with: "deny\t")
        let folder = try TemporaryFolder([
            "a.phrasings.tsv": Self.table, "b.phrasings.tsv": "nothing", "c.phrasings.tsv": wrong,
            "d.phrasings.tsv": "tags: slow\n" + Self.table,
        ])
        var selection = TranscriptSelection()
        selection.tags = try [#require(TagFilter("!slow"))]
        let all = try await told(suite(folder, selection))
        let skipped = ["6 skipped", "8 skipped", "9 skipped"]
        let tried = ["5 passed", "7 passed", "8 passed", "1 unreadable", "5 passed", "7 passed", "8 failed"]
        #expect(all == tried + skipped)
        let first = try await told(suite(folder, selection), stopsAtFailure: true)
        #expect(first == Array(tried.prefix(4)))
    }
}
