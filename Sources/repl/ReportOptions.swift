import ArgumentParser
import Foundation
import Transcripts

/// Which reports of a test run are written, and where to.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Also write a report: junit, tap, jsonl or github, to a file or, without one, to standard output.",
            valueName: "format[=file]"
        )
    )
    var targets: [Target] = []

    /// A form of report and where it goes.
    struct Target: ExpressibleByArgument {
        var format: ReportFormat
        var file: String?

        init?(argument: String) {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let format = parts.first.flatMap({ ReportFormat(rawValue: String($0)) }) else { return nil }
            self.format = format
            if parts.count == 2 {
                guard !parts[1].isEmpty else { return nil }
                file = String(parts[1])
            }
        }
    }

    func validate() throws {
        // Annotations are lines among other lines; the other forms have standard output to themselves.
        let onOutput = targets.filter { $0.file == nil && $0.format != .github }
        guard onOutput.count < 2 else {
            throw ValidationError("only one report fits standard output; give the others a file: --report junit=FILE")
        }
        let files = targets.compactMap(\.file)
        guard Set(files).count == files.count else {
            throw ValidationError("two reports cannot go to the same file")
        }
    }

    /// Opens the files of the reports and writes what stands before the first case.
    func begin(count: Int) throws -> ReportSink { try ReportSink(targets, count: count) }
}

/// Takes the cases of a test run.
struct ReportSink {
    private struct Output {
        var writer: any TestReportWriter
        var handle: FileHandle
        var name: String
    }

    private var outputs: [Output] = []
    /// Whether a report has standard output to itself.
    let isOutputTaken: Bool

    fileprivate init(_ targets: [ReportOptions.Target], count: Int) throws {
        isOutputTaken = targets.contains { $0.file == nil && $0.format != .github }
        for target in targets {
            let handle: FileHandle
            if let file = target.file {
                guard FileManager.default.createFile(atPath: file, contents: nil),
                    let opened = FileHandle(forWritingAtPath: file)
                else {
                    throw ValidationError(
                        "--report \(target.format.rawValue)=\(file): the file cannot be written; is its folder there?"
                    )
                }
                handle = opened
            } else {
                handle = .standardOutput
            }
            outputs.append(Output(writer: target.format.writer(), handle: handle, name: target.file ?? "-"))
        }
        for index in outputs.indices { try put(outputs[index].writer.begin(count: count), outputs[index]) }
    }

    /// Adds a case to every report.
    mutating func add(_ testCase: TestCase) throws {
        for index in outputs.indices { try put(outputs[index].writer.add(testCase), outputs[index]) }
    }

    /// Finishes the reports.
    mutating func end() throws {
        for index in outputs.indices { try put(outputs[index].writer.end(), outputs[index]) }
    }

    private func put(_ text: String, _ output: Output) throws {
        guard !text.isEmpty else { return }
        // What was printed stays in front of what is written past the buffer of `print`.
        fflush(nil)
        do {
            try output.handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw ValidationError("--report: \(output.name) could not be written (\(error.localizedDescription))")
        }
    }
}
