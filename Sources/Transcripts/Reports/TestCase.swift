internal import Diagnostics

/// What came of one transcript, in words that any report can use.
public struct TestCase: Sendable, Hashable {
    /// How a transcript went.
    public enum Outcome: Sendable, Hashable {
        /// As written.
        case passed
        /// Otherwise: in one sentence, and the lines that tell all of it.
        case failed(message: String, details: [String])
        /// It could not be read, or what it names could not be: a message for each thing that is wrong.
        case unreadable([String])
        /// It was not run, for this reason.
        case skipped(reason: String)
    }

    /// The path of the transcript, as given.
    public var file: String
    /// The line to look at, from 1: the first that differs, or the first that is wrong.
    public var line: Int
    /// The column to look at, from 1, in Unicode scalars.
    public var column: Int
    /// How it went.
    public var outcome: Outcome
    /// What differs, explained; empty where it passed or could not be read.
    public var mismatches: [Mismatch] = []
    /// How long it took, where the caller measured it; nothing here looks at a clock.
    public var duration: Duration?

    /// Makes a case.
    public init(file: String, line: Int = 1, column: Int = 1, outcome: Outcome, duration: Duration? = nil) {
        self.file = file
        self.line = max(line, 1)
        self.column = max(column, 1)
        self.outcome = outcome
        self.duration = duration
    }

    /// The name of the file without its folder and its ending.
    public var name: String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return last.hasSuffix(".transcript") ? String(last.dropLast(".transcript".count)) : last
    }

    /// The folder of the file with dots between its parts, as reports group by it; `transcripts` where there is none.
    ///
    /// A dot inside a part becomes `_`, so that it is not taken for a level.
    public var className: String {
        let parts = file.split(separator: "/").dropLast().filter { $0 != "." && $0 != ".." }
        guard !parts.isEmpty else { return "transcripts" }
        return parts.map { String($0.map { $0 == "." ? "_" : $0 }) }.joined(separator: ".")
    }
}

extension TestCase {
    /// The case of a transcript of a suite.
    ///
    /// - Parameters:
    ///   - verdict: What came of it.
    ///   - isUpdated: Whether what differed has been written into the transcript.
    public init(_ verdict: TranscriptVerdict, isUpdated: Bool = false) {
        switch verdict.outcome {
        case .passed(let result), .failed(let result):
            self.init(result, updated: isUpdated, duration: verdict.duration)
        case .broken(let error): self.init(file: verdict.file, error: error, duration: verdict.duration)
        case .left:
            self.init(
                file: verdict.file,
                outcome: .skipped(reason: "its tags leave it out"),
                duration: verdict.duration
            )
        }
    }

    /// The case of a transcript that was replayed.
    ///
    /// - Parameters:
    ///   - result: What happened.
    ///   - updated: Whether what differed has been written into the transcript, so that only a broken expectation
    ///     counts.
    ///   - duration: How long it took, where that was measured.
    public init(_ result: TranscriptResult, updated: Bool = false, duration: Duration? = nil) {
        let mismatches = updated ? result.mismatches.filter(\.isExpectation) : result.mismatches
        guard !mismatches.isEmpty else {
            self.init(file: result.expected.file, outcome: .passed, duration: duration)
            return
        }
        // What differs in an included file has the line of that file, which is none here.
        let line = mismatches.filter { !$0.isConsequence && $0.file == result.expected.file }.map(\.line).min()
        let details = updated ? mismatches.flatMap(FailureText.lines(for:)) : FailureText.lines(for: result)
        self.init(
            file: result.expected.file,
            line: line ?? 1,
            outcome: .failed(
                message: mismatches.first.map { "\($0.difference)" } ?? "what was said and done differs",
                details: details.map { $0.map(\.text).joined() }
            ),
            duration: duration
        )
        self.mismatches = mismatches
    }

    /// The case of a transcript that could not be replayed.
    ///
    /// - Parameters:
    ///   - file: Its path.
    ///   - error: What was thrown; diagnostics give the place.
    ///   - duration: How long it took, where that was measured.
    public init(file: String, error: any Error, duration: Duration? = nil) {
        guard let diagnostics = (error as? DiagnosticsError)?.diagnostics, !diagnostics.isEmpty else {
            self.init(file: file, outcome: .unreadable(["\(error)"]), duration: duration)
            return
        }
        let first = diagnostics.first { $0.location.file == file }
        self.init(
            file: file,
            line: first?.location.line ?? 1,
            column: first?.location.column ?? 1,
            outcome: .unreadable(diagnostics.map(\.description)),
            duration: duration
        )
    }
}
