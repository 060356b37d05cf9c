import ArgumentParser
import Dialogue
import Foundation
import Transcripts

/// `usher test`: replay transcripts.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Replay transcripts against their flows and compare what the bot says and does.",
        discussion: """
            What differs is explained, and left beside each file for 'usher review'. Where the environment variable CI is \
            set, nothing is written.
            """
    )

    @OptionGroup var options: FlowOptions

    @Argument(help: "Transcripts, tables of phrasings, or folders of them.")
    var paths: [String]

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var coverage: CoverageOptions
    @OptionGroup var reporting: ReportOptions

    @Flag(help: "Write what happened into the transcripts instead of leaving it for review.")
    var update = false

    @Flag(help: "Stop after the first transcript that fails.")
    var failFast = false

    @Flag(help: "Stay, and run again what changes.")
    var watch = false

    @Option(help: ArgumentHelp("The folder that transcripts and all that they name must lie in.", valueName: "dir"))
    var root: String?

    func validate() throws {
        guard !update || !Environment.isCI else {
            throw ValidationError("--update is refused where CI is set: nothing is written there")
        }
        guard !watch || reporting.targets.isEmpty else {
            throw ValidationError("--report is of one run, and --watch makes many")
        }
        guard !watch || !Environment.isCI else { throw ValidationError("--watch is of no use where CI is set") }
    }

    func run() async throws {
        var run = try TestRun(self)
        let passed = try await run.all()
        guard watch else {
            if !passed { throw ExitCode.failure }
            return
        }
        while true { try await run.changed() }
    }
}

/// Which transcripts are run.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only transcripts whose path holds this text, or fits it where it has '*' or '?'.",
            valueName: "text"
        )
    )
    var filter: [String] = []

    @Option(help: ArgumentHelp("Only transcripts with one of these tags; '!tag' leaves them out.", valueName: "a,b"))
    var tags: [String] = []

    @Option(help: ArgumentHelp("Only the n-th of m equal parts.", valueName: "n/m"))
    var shard: String?

    /// The selection that they come to.
    var selection: TranscriptSelection {
        get throws {
            var selection = TranscriptSelection()
            selection.filters = filter.map(Wildcard.init)
            selection.tags = try tags.map { text in
                guard let tags = TagFilter(text) else {
                    throw ValidationError("--tags \(text): expected words with commas between them, such as 'a,!b'")
                }
                return tags
            }
            selection.shard = try shard.map { text in
                guard let shard = Shard(text) else {
                    throw ValidationError("--shard \(text): expected a part and a number of parts, such as '2/8'")
                }
                return shard
            }
            return selection
        }
    }
}

/// What the environment says.
enum Environment {
    /// Whether this runs where nobody looks at what is left behind.
    static var isCI: Bool {
        guard let value = ProcessInfo.processInfo.environment["CI"] else { return false }
        return !["", "0", "false"].contains(value.lowercased())
    }
}
