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
    /// The case of a transcript that was run.
    ///
    /// - Parameters:
    ///   - verdict: What came of it.
    ///   - isUpdated: Whether all that differed has been written into the transcript, so that nothing is wrong any more.
    ///   - duration: How long it took, where that was measured.
    public init(_ verdict: TranscriptVerdict, isUpdated: Bool = false, duration: Duration? = nil) {
        switch verdict.outcome {
        case .passed: self.init(file: verdict.file, outcome: .passed, duration: duration)
        case .left: self.init(file: verdict.file, outcome: .skipped(reason: "left out by its tags"))
        case .broken(let error): self.init(file: verdict.file, error: error, duration: duration)
        case .failed where isUpdated: self.init(file: verdict.file, outcome: .passed, duration: duration)
        case .failed(let result): self.init(result, duration: duration)
        }
    }

    /// The case of a transcript that was replayed.
    public init(_ result: TranscriptResult, duration: Duration? = nil) {
        guard !result.isPassed else {
            self.init(file: result.expected.file, outcome: .passed, duration: duration)
            return
        }
        let lines = FailureText.lines(for: result).map { $0.map(\.text).joined() }
        self.init(
            file: result.expected.file,
            // What differs in an included file has the line of that file, which is none here.
            line: result.mismatches.filter { $0.file == result.expected.file && $0.line > 0 }.map(\.line).min() ?? 1,
            outcome: .failed(message: lines.first ?? "what was said and done differs", details: lines),
            duration: duration
        )
        mismatches = result.mismatches
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
