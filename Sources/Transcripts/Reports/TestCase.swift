internal import Diagnostics
internal import Intents

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

    /// The path of the transcript, or of the table of phrasings, as given.
    public var file: String
    /// What the case is called in its file, where that holds several; `nil` where the file is the case.
    public var title: String?
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

    /// The name of the file without its folder and its ending, or what the case is called in the file.
    public var name: String { title ?? stem }

    /// The file, with the line and the name of the case where the file holds several.
    public var label: String { title.map { "\(file):\(line): \($0)" } ?? file }

    private var stem: String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        for ending in [".transcript", PhrasingTable.ending] where last.hasSuffix(ending) {
            return String(last.dropLast(ending.count))
        }
        return last
    }

    /// The folder of the file with dots between its parts, as reports group by it; `transcripts` where there is none.
    ///
    /// A dot inside a part becomes `_`, so that it is not taken for a level. A file that holds several cases is the last part.
    public var className: String {
        var parts = file.split(separator: "/").dropLast().filter { $0 != "." && $0 != ".." }
        if title != nil { parts.append(Substring(stem)) }
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

    /// The case of a row of a table of phrasings, or of a table that cannot be used.
    public init(_ told: PhrasingSuite.Told) {
        switch told {
        case .broken(let file, let error): self.init(file: file, error: error)
        case .row(let verdict):
            let place = verdict.reply.location
            self.init(file: place.file, line: place.line, column: place.column, outcome: .passed)
            title = verdict.reply.text
            switch verdict.outcome {
            case .passed: break
            case .left: outcome = .skipped(reason: "left out by its tags")
            case .failed(let mismatch):
                let lines = FailureText.lines(for: mismatch).map { $0.map(\.text).joined() }
                outcome = .failed(message: lines.first ?? "\(mismatch.difference)", details: lines)
                mismatches = [mismatch]
            }
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
