import ArgumentParser
import Diagnostics
import Foundation
import Transcripts

/// `usher convert`: conversations between formats.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert conversations between transcripts and the formats of other tools.",
        discussion: """
            Formats: usher, chat (Bot Framework .chat), activities (Bot Framework .transcript), botium (.convo.txt), \
            rasa (test_cases in YAML), markdown. What a format cannot hold is reported, a line each.
            """
    )

    @Argument(help: "Files, or folders of files whose names say their format.")
    var inputs: [String]

    @Option(help: ArgumentHelp("The format to write.", valueName: "format"))
    var to: FormatName

    @Option(help: ArgumentHelp("The format of the inputs, where their names do not say it.", valueName: "format"))
    var from: FormatName?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write, or the folder; standard output where it is missing.", valueName: "path")
    )
    var output: String?

    @Option(help: ArgumentHelp("The flow that imported transcripts name.", valueName: "name"))
    var flow: String?

    @Flag(help: "Write nothing and fail where something would be lost.")
    var strict = false

    func run() throws {
        let files = try ConversionFiles.find(in: inputs, from: from?.format)
        var conversations: [ConvertedConversation] = []
        var problems: [String] = []
        let loader = TranscriptLoader(root: try TranscriptRoot.containing(inputs))
        for (file, format) in files {
            do {
                let text = try TranscriptFiles.read(file)
                guard let format = format ?? ConversationFormat.detect(text, file: file) else {
                    problems.append("\(file): the name does not say the format; give it with --from")
                    continue
                }
                // Our own formats keep what is included apart; the others have it in its place.
                if format == .usher, ![.usher, .markdown].contains(to.format) {
                    let transcript = try loader.load(text, file: file)
                    let name = URL(filePath: file).deletingPathExtension().lastPathComponent
                    conversations.append(ConvertedConversation(name: name, transcript: transcript))
                    continue
                }
                conversations += try TranscriptConversion.read(text, as: format, file: file).map { conversation in
                    format == .usher ? conversation : conversation.naming(flow: flow)
                }
            } catch {
                problems.append("\(error)")
            }
        }
        guard problems.isEmpty else {
            for problem in problems { report(problem) }
            throw ExitCode.failure
        }
        let plan = try ConversionFiles.plan(conversations, to.format, output, inputs: files.map(\.file))
        var losses = conversations.flatMap(\.losses)
        let written = plan.map { place in
            let (text, lost) = TranscriptConversion.write(place.conversations, as: to.format)
            losses += lost
            return (place.file, text)
        }
        for loss in losses { report(loss.description) }
        if strict, !losses.isEmpty {
            report("\(losses.count) losses; nothing was written (--strict)")
            throw ExitCode.failure
        }
        for (file, text) in written {
            guard let file else {
                FileHandle.standardOutput.write(Data(text.utf8))
                continue
            }
            do {
                try text.write(toFile: file, atomically: true, encoding: .utf8)
            } catch {
                throw ValidationError("\(file): it could not be written (\(error.localizedDescription))")
            }
        }
    }

    private func report(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}

/// A format on the command line.
struct FormatName: ExpressibleByArgument {
    let format: ConversationFormat

    init?(argument: String) {
        guard let format = ConversationFormat(rawValue: argument) else { return nil }
        self.format = format
    }

    static var allValueStrings: [String] { ConversationFormat.allCases.map(\.rawValue) }
}

extension ConvertedConversation {
    /// The conversation with a header field that says which flow it is of.
    fileprivate func naming(flow: String?) -> ConvertedConversation {
        guard let flow, transcript.field("flow") == nil else { return self }
        var result = self
        let index = transcript.header.firstIndex { $0.text.isEmpty } ?? transcript.header.count
        result.transcript.header.insert(Transcript.Line(text: "flow: \(flow)", number: 0), at: index)
        if index == transcript.header.count { result.transcript.header.append(Transcript.Line(text: "", number: 0)) }
        return result
    }
}
