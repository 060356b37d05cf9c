/// Writes what came of transcripts in a form that other tools read, piece by piece as it comes about.
///
/// ```swift
/// var writer = ReportFormat.tap.writer()
/// var text = writer.begin(count: cases.count)
/// for testCase in cases { text += writer.add(testCase) }
/// text += writer.end()
/// ```
///
/// The same cases give the same bytes.
public protocol TestReportWriter: Sendable {
    /// What stands before the first case.
    ///
    /// - Parameter count: How many cases there will be.
    /// - Returns: The text; may be empty.
    mutating func begin(count: Int) -> String

    /// What a case adds; may be empty, where the format needs all cases first.
    mutating func add(_ testCase: TestCase) -> String

    /// What stands after the last case.
    mutating func end() -> String
}

/// The forms of a report.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// XML in the shape that Jenkins and Surefire made common; written at the end.
    case junit
    /// The Test Anything Protocol, version 14.
    case tap
    /// A JSON object a line.
    case jsonl
    /// Annotations in the log of a GitHub workflow.
    case github

    /// A new writer of this form.
    public func writer() -> any TestReportWriter {
        switch self {
        case .junit: JUnitReport()
        case .tap: TAPReport()
        case .jsonl: JSONLinesReport()
        case .github: GitHubReport()
        }
    }
}

/// How many cases went how.
struct TestCounts: Sendable, Hashable, Encodable {
    var passed = 0
    var failed = 0
    var unreadable = 0
    var skipped = 0

    mutating func count(_ testCase: TestCase) {
        switch testCase.outcome {
        case .passed: passed += 1
        case .failed: failed += 1
        case .unreadable: unreadable += 1
        case .skipped: skipped += 1
        }
    }
}

extension Duration {
    /// Seconds with three digits after the point, such as `0.052`; negative durations count as none.
    var secondsText: String {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return "0.000" }
        let milliseconds = String(attoseconds / 1_000_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds
    }
}
