public import ArgumentParser
import Diagnostics
import Dialogue
import Foundation
public import Intents
import Terminal
import Transcripts

/// Measures how replies are understood: `usher eval`.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure how well the rules understand labelled replies.",
        discussion: """
            FILE is a table with tabs between its columns and a first line that names them. The columns 'intent' and 'text' \
            are used; the intent 'other' stands for none of the intents. Tables of phrasings, which 'usher test' tries row by \
            row, are such files.
            """
    )

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp("The table of labelled replies.", valueName: "file.tsv"))
    var file: String

    @Option(help: "The question that the replies answer; without it the one that the file names, or a yes-no question.")
    var context: EvaluationContext?

    @Option(help: ArgumentHelp("Write what was taken for something else to this file, as a table.", valueName: "file"))
    var misses: String?

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func run() async throws {
        let text = try TranscriptFiles.read(file)
        let table = try PhrasingTable(text, file: file)
        let context = try context ?? table.context
        let flow = try options.compile(table.flow)
        let resolver = flow.makeCommonResolver()
        let known = Set(flow.rules.filter { $0.kind == .command }.map(\.intent))
            .union(Evaluation.measuredIntents)
        var diagnostics = DiagnosticList()
        let replies = LabelledReply.read(text, file: file, known: known, diagnostics: &diagnostics)
        try diagnostics.throwIfErrors()
        let evaluation = await Evaluation.inParallel(of: replies, in: context, by: resolver)
        if let misses {
            try evaluation.missesTable.write(toFile: misses, atomically: true, encoding: .utf8)
        }
        guard json else {
            print(evaluation.table)
            print("\n\(evaluation.gateFalseAccepts.count) replies would open a gate and are no yes")
            for text in evaluation.gateFalseAccepts { print("  " + Sanitizer.displayable(text)) }
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(evaluation.figures), as: UTF8.self))
    }
}

extension EvaluationContext: ExpressibleByArgument {}

extension PhrasingTable {
    /// The question of no flow that its replies are said at.
    fileprivate var context: EvaluationContext {
        get throws {
            guard case .context(let context) = place else {
                throw ValidationError(
                    "\(file): these replies are said at a step; measure them with 'usher test', or give --context"
                )
            }
            return context
        }
    }
}
