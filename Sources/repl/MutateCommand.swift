import Actions
import ArgumentParser
import Dialogue
import Foundation
import Transcripts

/// `usher mutate`: make small mistakes in a flow and look whether its transcripts notice.
struct MutateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Make small mistakes in a flow, one at a time, and list those that no transcript notices."
    )

    @OptionGroup var options: FlowOptions

    @Argument(help: "Transcripts, tables of phrasings, or folders of them.")
    var paths: [String]

    @Option(help: ArgumentHelp("Try only so many mutants, drawn by the seed.", valueName: "count"))
    var sample: Int?

    @Option(help: ArgumentHelp("What draws them.", valueName: "number"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Try only mutants whose name contains this.", valueName: "text"))
    var only: String?

    @Option(help: ArgumentHelp("Fail where less is noticed, in percent.", valueName: "percent"))
    var failUnder: Double?

    @Flag(help: "Fail where a mutant survives that the list gives no reason for.")
    var failUnexplained = false

    @Option(help: ArgumentHelp("Write the report as JSON to a file; - for standard output.", valueName: "file"))
    var json: String?

    @Flag(help: "Print the figures alone, without the survivors.")
    var summary = false

    @Option(help: ArgumentHelp("Where results are kept, so that only what changed is run again.", valueName: "file"))
    var state: String?

    @Option(
        help: ArgumentHelp(
            "Mutants that mean the same as the flow or are left, with reasons (equivalent-mutants.yaml in the first folder).",
            valueName: "file"
        )
    )
    var equivalent: String?

    @Option(help: ArgumentHelp("How many mutants to try side by side.", valueName: "count"))
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        if let sample, sample < 1 { throw ValidationError("--sample wants a number from 1") }
        if let failUnder, !(0...100).contains(failUnder) { throw ValidationError("--fail-under wants 0 to 100") }
        if !(1...256).contains(jobs) { throw ValidationError("--jobs wants a number from 1 to 256") }
    }

    func run() async throws {
        var test = MutationTest(try await suite())
        test.jobs = jobs
        test.sample = sample
        test.seed = seed
        test.filter = only
        test.engine = Self.engine
        if let file = equivalentFile {
            test.equivalent = try EquivalentMutants(try TranscriptFiles.read(file), file: file)
        }
        var known = state.map { MutationState(contentsOf: $0) } ?? MutationState()
        let showsProgress = isatty(STDERR_FILENO) == 1
        let report = try await test.run(state: &known) { done, total in
            guard showsProgress, done % 20 == 0 || done == total else { return }
            FileHandle.standardError.write(Data("\r\(done) of \(total)\(done == total ? "\n" : "")".utf8))
        }
        if let state { try write(to: state) { try known.write(to: state) } }
        let root = options.prompts ?? "prompts"
        if json != "-" { print(report.text(root: root, namesSurvivors: !summary), terminator: "") }
        if let json {
            let text = try report.json(root: root)
            if json == "-" {
                print(text, terminator: "")
            } else {
                try write(to: json) { try text.write(toFile: json, atomically: true, encoding: .utf8) }
            }
        }
        if let failUnder, report.score + 1e-9 < failUnder {
            FileHandle.standardError.write(Data("the score is below \(failUnder)%\n".utf8))
            throw ExitCode.failure
        }
        if failUnexplained, !report.unexplained.isEmpty {
            FileHandle.standardError.write(
                Data("\(report.unexplained.count) survived that 'accepted' gives no reason for\n".utf8)
            )
            throw ExitCode.failure
        }
        if !report.stale.isEmpty { throw ExitCode.failure }
    }

    /// The transcripts of the flow that is changed; those of other flows are left out.
    private func suite() async throws -> MutationSuite {
        let files = try TranscriptFiles.find(in: paths)
        let tables = try TranscriptFiles.findTables(in: paths)
        guard !files.isEmpty || !tables.isEmpty else {
            throw ValidationError(
                "no transcripts (*.transcript) found in \(paths.joined(separator: ", ")), and no phrasings "
                    + "(*\(PhrasingTable.ending))"
            )
        }
        let root = try TranscriptRoot.containing(paths)
        let stages = TranscriptStages(options: options, root: root)
        return try await MutationSuite(
            try options.compile(),
            source: try options.source(),
            cases: try cases(of: files, TranscriptLoader(root: root), stages),
            tables: try phrasings(of: tables, stages)
        )
    }

    private func cases(
        of files: [String],
        _ loader: TranscriptLoader,
        _ stages: TranscriptStages
    ) throws -> [MutationSuite.Case] {
        var cases: [MutationSuite.Case] = []
        for file in files {
            let transcript = try loader.load(file)
            guard transcript.field("flow") ?? options.flow == options.flow else { continue }
            let texts = try ([file] + transcript.uses).map { try TranscriptFiles.read($0) }
            let (flow, _) = try stages.prepare(transcript)
            cases.append(
                MutationSuite.Case(transcript, flow: flow, fingerprint: MutationSuite.digest(texts)) {
                    try stages.prepare(transcript).1
                }
            )
        }
        return cases
    }

    private func phrasings(of files: [String], _ stages: TranscriptStages) throws -> [MutationSuite.Table] {
        var tables: [MutationSuite.Table] = []
        for file in files {
            let table = try PhrasingTable.load(file)
            guard table.flow ?? options.flow == options.flow else { continue }
            tables.append(try MutationSuite.Table(table, in: stages.prepare(table)))
        }
        return tables
    }

    private var equivalentFile: String? {
        if let equivalent { return equivalent }
        return paths.lazy.map { ($0.hasSuffix("/") ? $0 : $0 + "/") + "equivalent-mutants.yaml" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The size and the date of the program: another build may understand replies otherwise.
    private static var engine: String {
        let path = Bundle.main.executablePath ?? ""
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let size = attributes?[.size].map { "\($0)" } ?? ""
        let date = (attributes?[.modificationDate] as? Date).map { "\($0.timeIntervalSince1970)" } ?? ""
        return size + " " + date
    }

    private func write(to file: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw ValidationError("'\(file)' could not be written (\(error.localizedDescription))")
        }
    }
}
