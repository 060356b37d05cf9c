import Diagnostics
import Intents
import Testing

@Suite("Understanding is measured on labelled replies")
struct EvaluationTests {
    private func read(_ table: String) -> (rows: [LabelledReply], errors: [String]) {
        var diagnostics = DiagnosticList()
        let rows = LabelledReply.read(
            table,
            file: "t.tsv",
            known: ["affirm", "deny", "help"],
            diagnostics: &diagnostics
        )
        return (rows, diagnostics.diagnostics.map(\.description))
    }

    @Test("Columns are found by name in any order, and others are left alone")
    func columns() {
        let (rows, errors) = read("text\tsource\tintent\r\nyes\tme\taffirm\r\n\nno way\tyou\tdeny\n")
        #expect(errors.isEmpty)
        #expect(rows.map(\.intent) == ["affirm", "deny"])
        #expect(rows.map(\.text) == ["yes", "no way"])
        #expect(rows.map(\.location.line) == [2, 4])
    }

    @Test(
        "What is wrong with a table is said with its place",
        arguments: [
            ("", "1:1", "the first line names no column 'intent'; columns are separated by tabs"),
            ("intent,text\naffirm,yes", "1:1", "the first line names no column 'text'; columns are separated by tabs"),
            ("intent\ttext\ttext\n", "1:1", "the first line names the column 'text' more than once"),
            ("intent\ttext\naffirm\n", "2:1", "the row has 1 columns where the first line names 2"),
            ("intent\ttext\naffrim\tyes\n", "2:1", "there is no intent 'affrim'; did you mean 'affirm'?"),
            (
                "text\tintent\nyes\t\n", "2:5",
                "the row has no intent; write 'other' for a reply that means none of them"
            ),
            ("intent\ttext\nother\t\n", "2:7", "the row has no text"),
            ("intent\ttext\n\n", "1:1", "the file has no rows"),
        ]
    )
    func badTables(table: String, place: String, message: String) {
        #expect(read(table).errors.contains("t.tsv:\(place): error: \(message)"), "\(read(table).errors)")
    }

    @Test("An unknown intent is named once, however many rows have it")
    func unknownOnce() {
        #expect(read("intent\ttext\nbuy\tone\nbuy\ttwo\nsell\tone\n").errors.count == 2)
    }

    private let rows = [
        ("affirm", "yes"), ("affirm", "bananas"), ("deny", "no"), ("deny", "yes"), ("other", "no"), ("help", "help"),
        ("other", "the weather in Rome"),
    ].enumerated().map { number, row in
        LabelledReply(intent: row.0, text: row.1, location: Location(file: "t", line: number + 2, column: 1))
    }

    @Test("Precision, recall and F1 follow from what was meant and what was found")
    func scores() {
        let evaluation = Evaluation(of: rows, in: .yesNo, by: CommonRules.resolver)
        let affirm = evaluation.score(of: "affirm")
        #expect((affirm.hits, affirm.support, affirm.found) == (1, 2, 2))
        #expect((affirm.precision, affirm.recall, affirm.f1) == (0.5, 0.5, 0.5))
        #expect(evaluation.score(of: "help").f1 == 1)
        #expect(evaluation.score(of: "greet").f1 == 0)
        #expect(abs(evaluation.macroF1 - (0.5 + 0.5 + 1) / 10) < 1e-12)
        #expect(evaluation.confusion["affirm"] == ["affirm": 1, "other": 1])
        #expect(evaluation.gateFalseAccepts == ["yes"])
        #expect(evaluation.misses.map(\.text) == ["bananas", "yes", "no"])
        #expect(
            evaluation.missesTable.split(separator: "\n").map(String.init) == [
                "gold\tpredicted\trule\ttext", "affirm\tother\t\tbananas", "deny\taffirm\taffirm-yes\tyes",
                "other\tdeny\tdeny-no\tno",
            ]
        )
    }

    @Test("A yes counts at a gate only where it opens it")
    func gate() {
        let reply = LabelledReply(
            intent: "affirm",
            text: "yes, that is the right dataset",
            location: Location(file: "t", line: 2, column: 1)
        )
        #expect(Evaluation(of: [reply], in: .yesNo, by: CommonRules.resolver).misses.isEmpty)
        #expect(Evaluation(of: [reply], in: .gate, by: CommonRules.resolver).misses.map(\.predicted) == ["other"])
    }

    @Test("In parallel the outcome is the same, in the same order")
    func parallel() async {
        let many = (0..<400).flatMap { _ in rows }
        let one = Evaluation(of: many, in: .gate, by: CommonRules.resolver)
        let other = await Evaluation.inParallel(of: many, in: .gate, by: CommonRules.resolver)
        #expect(one.misses == other.misses)
        #expect(one.confusion == other.confusion)
        #expect(one.gateFalseAccepts == other.gateFalseAccepts)
    }

    @Test("The figures name the measured intents and nothing else")
    func figures() {
        let figures = Evaluation(of: rows, in: .yesNo, by: CommonRules.resolver).figures
        #expect(Set(figures.intents.keys) == Set(Evaluation.measuredIntents))
        #expect(figures.intents["affirm"]?.support == 2)
        #expect(figures.gateFalseAccepts == ["yes"])
    }

    @Test("The table shows what was found beside what was meant")
    func table() {
        let table = Evaluation(of: rows, in: .yesNo, by: CommonRules.resolver).table
        #expect(table.contains("affirm             0.500   0.500  0.500        2"))
        #expect(table.contains("macro                             0.200"))
        let matrix = table.split(separator: "\n").suffix(5).map { $0.split(separator: " ").map(String.init) }
        #expect(matrix[0].suffix(4) == ["affirm", "deny", "help", "other"])
        #expect(matrix[1] == ["affirm", "1", ".", ".", "1"])
        #expect(matrix[4] == ["other", ".", "1", ".", "1"])
    }
}
