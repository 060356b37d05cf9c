import ArgumentParser
import Diagnostics
import Dialogue
import Foundation
import Transcripts

/// `usher test`: replay transcripts.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Replay transcripts against their flows and compare what the bot says and does."
    )

    @OptionGroup var options: FlowOptions
    @OptionGroup var coverage: CoverageOptions
    @OptionGroup var reporting: ReportOptions

    @Argument(help: "Transcripts, or folders of them.")
    var paths: [String]

    @Flag(help: "Write what happened into the transcripts instead of comparing.")
    var update = false

    func run() async throws {
        let files = try TranscriptFiles.find(in: paths)
        guard !files.isEmpty else {
            throw ValidationError("no transcripts (*.transcript) found in \(paths.joined(separator: ", "))")
        }
        var failed = 0
        var stages = TranscriptStages(options: options)
        var collection = CoverageCollection(options: options)
        var reports = try reporting.begin(count: files.count)
        for file in files {
            let begin = ContinuousClock.now
            do {
                let transcript = try TranscriptParser.parse(try TranscriptFiles.read(file), file: file)
                let (flow, stage) = try stages.prepare(transcript)
                let result = try await TranscriptRunner(flow: flow).run(transcript, on: stage)
                if coverage.isWanted { try collection.add(result, of: flow) }
                if update, !result.difference.isEmpty {
                    try result.actual.text.write(toFile: file, atomically: true, encoding: .utf8)
                    reports.note("updated \(file)")
                }
                try reports.add(TestCase(result, updated: update, duration: .now - begin))
                if update ? !result.broken.isEmpty : !result.isPassed {
                    failed += 1
                    reports.note("FAILED \(file)")
                    for line in result.broken { reports.note("  " + line) }
                    if !update { for line in result.difference { reports.note("  " + line) } }
                }
            } catch {
                failed += 1
                try reports.add(TestCase(file: file, error: error, duration: .now - begin))
                reports.note("FAILED \(file)\n  \(error)")
            }
        }
        reports.note("\(files.count - failed) passed, \(failed) failed")
        if coverage.isWanted, try !coverage.report(collection.all, root: collection.root) { failed += 1 }
        try reports.end()
        if failed > 0 { throw ExitCode.failure }
    }
}
