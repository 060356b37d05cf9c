internal import Foundation

/// A report as JSON, an object a line: `begin`, a `case` for each transcript as it ends, `end` with the counts.
///
/// `docs/reports.md` describes the fields. Fields may be added; those that are there keep their meaning as long as
/// `schema` is 1.
struct JSONLinesReport: TestReportWriter {
    private var counts = TestCounts()

    private struct Begin: Encodable {
        var type = "begin"
        var schema = 1
        var count: Int
    }

    private struct Case: Encodable {
        var type = "case"
        var file: String
        var line: Int
        var column: Int
        var name: String
        var classname: String
        var outcome: String
        var message: String?
        var details: [String]?
        var differences: [Mismatch]?
        var duration: Double?

        enum CodingKeys: String, CodingKey {
            case type, file, line, column, name, classname, outcome, message, details, differences
            case duration = "duration_seconds"
        }
    }

    private struct End: Encodable {
        var type = "end"
        var counts: TestCounts
    }

    mutating func begin(count: Int) -> String { Self.line(Begin(count: count)) }

    mutating func add(_ testCase: TestCase) -> String {
        counts.count(testCase)
        var object = Case(
            file: testCase.file,
            line: testCase.line,
            column: testCase.column,
            name: testCase.name,
            classname: testCase.className,
            outcome: "passed"
        )
        object.duration = testCase.duration.flatMap { Double($0.secondsText) }
        switch testCase.outcome {
        case .passed: break
        case .failed(let message, let details):
            object.outcome = "failed"
            object.message = message
            object.details = details
            object.differences = testCase.mismatches
        case .unreadable(let messages):
            object.outcome = "unreadable"
            object.message = messages.first
            object.details = messages
        case .skipped(let reason):
            object.outcome = "skipped"
            object.message = reason
        }
        return Self.line(object)
    }

    mutating func end() -> String { Self.line(End(counts: counts)) }

    private static func line(_ object: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers can always be encoded.
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }
}
