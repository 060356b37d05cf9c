import Foundation
import Terminal
import Transcripts

/// Shows what came of transcripts: failures on standard output, or on standard error where a report has that; progress on
/// standard error where that is a terminal.
struct TestPrinter {
    private let isOutputTaken: Bool
    private let style: Style
    private let showsProgress: Bool

    init(isOutputTaken: Bool = false, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.isOutputTaken = isOutputTaken
        style = Style(environment: environment, isTerminal: TerminalSize.isTerminal(isOutputTaken ? 2 : 1))
        showsProgress = TerminalSize.isTerminal(2) && !["", "dumb"].contains(environment["TERM"] ?? "")
    }

    /// Shows a transcript that is worth a word.
    func show(_ verdict: TranscriptVerdict, _ notes: TestNotes) {
        for file in notes.written { say("updated \(file)") }
        var lines: [DisplayText] = []
        switch verdict.outcome {
        case .passed, .left: break
        case .broken(let error): lines = "\(error)".split(separator: "\n").map { DisplayText(String($0)) }
        case .failed where notes.isUpdated && notes.problems.isEmpty: break
        case .failed(let result): lines = FailureText.lines(for: result).map(shown)
        }
        lines += notes.problems.map { DisplayText($0) }
        guard !lines.isEmpty else { return }
        showFailure(verdict.file, lines)
    }

    /// Shows a row of a table of phrasings, or a table, that is worth a word.
    func show(_ told: PhrasingSuite.Told) {
        let lines: [DisplayText]
        switch told {
        case .broken(_, let error):
            lines = "\(error)".split(separator: "\n").map { DisplayText(String($0)) }
        case .row(let verdict):
            guard case .failed(let mismatch) = verdict.outcome else { return }
            lines = FailureText.lines(for: mismatch).map(shown)
        }
        let testCase = TestCase(told)
        showFailure(testCase.title == nil ? testCase.file : "\(testCase.file):\(testCase.line)", lines)
    }

    private func showFailure(_ file: String, _ lines: [DisplayText]) {
        clearProgress()
        put((style(.bold, .red, text: "FAILED") + " " + DisplayText(file)).terminalString)
        for line in lines { put("  " + line.terminalString) }
    }

    /// Shows lines of a unified difference.
    func show(_ revision: Revision) {
        put(style.bold(DisplayText(revision.file)).terminalString)
        for line in revision.difference {
            let text = DisplayText(line)
            switch line.utf8.first {
            case UInt8(ascii: "-"): put(style(.red, text: text).terminalString)
            case UInt8(ascii: "+"): put(style(.green, text: text).terminalString)
            case UInt8(ascii: "@"): put(style(.cyan, text: text).terminalString)
            default: put(text.terminalString)
            }
        }
    }

    /// Shows how many went how in the end.
    func showCounts(_ counts: TranscriptCounts, updated: Int, isPending: Bool) {
        clearProgress()
        var parts = ["\(counts.passed) passed", "\(counts.failed - updated) failed"]
        if updated > 0 { parts.append("\(updated) updated") }
        if counts.left > 0 { parts.append("\(counts.left) left out by their tags") }
        put(parts.joined(separator: ", "))
        if isPending { put("Go through what differs with: usher review") }
    }

    /// Shows how far it is, in one line that is written over.
    func showProgress(_ counts: TranscriptCounts, of total: Int) {
        let done = counts.run + counts.left
        guard showsProgress, done % 16 == 0 else { return }
        let failed = counts.failed > 0 ? ", \(counts.failed) failed" : ""
        FileHandle.standardError.write(Data("\r\u{1B}[K\(done) of \(total)\(failed)".utf8))
    }

    func say(_ text: String) {
        clearProgress()
        put(DisplayText(text).terminalString)
    }

    private func put(_ line: String) {
        if isOutputTaken { FileHandle.standardError.write(Data((line + "\n").utf8)) } else { print(line) }
    }

    private func clearProgress() {
        if showsProgress { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    private func shown(_ line: FailureText.Line) -> DisplayText {
        line.map { span in
            let text = DisplayText(span.text)
            return switch span.look {
            case .plain: text
            case .strong: style.bold(text)
            case .faint: style.dim(text)
            case .removed: style(.red, text: text)
            case .added: style(.green, text: text)
            case .removedWord: style(.red, .bold, .underline, text: text)
            case .addedWord: style(.green, .bold, .underline, text: text)
            }
        }.joined()
    }
}
