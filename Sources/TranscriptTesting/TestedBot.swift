internal import BundledPrompts
public import Dialogue
internal import Foundation
public import Intents
internal import Synchronization
internal import Testing
public import Transcripts

/// A bot whose transcripts are replayed by tests: its flow, and the world of its actions.
///
/// ```swift
/// let bot = TestedBot(flow: "tea", prompts: "../../prompts")
///
/// @Test(arguments: TranscriptCase.all(in: "Transcripts"))
/// func conversation(_ transcript: TranscriptCase) async { await bot.check(transcript) }
/// ```
///
/// A flow is compiled once, at the first transcript that names it.
public final class TestedBot: Sendable {
    private let name: String
    private let prompts: String
    private let actions: [ActionSignature]
    private let entities: EntityRegistry
    private let stage: @Sendable (Transcript) throws -> TranscriptStage
    private let flows = Mutex<[[String]: Flow]>([:])

    /// Makes a bot; its files are read when the first transcript is.
    ///
    /// - Parameters:
    ///   - flow: The flow's folder, for transcripts whose header names none.
    ///   - prompts: The folder of prompts, relative to the file that this is called in. Where it holds no `common/`, the
    ///     rules and words that come with Usher are used.
    ///   - actions: The actions that its flows may run.
    ///   - entities: The readers and validators that its entity files name.
    ///   - stage: What a transcript takes place in: who runs its actions, and what files there are. Without it a
    ///     transcript must hold the results of its actions itself.
    ///   - source: The file that this is called in.
    public init(
        flow: String,
        prompts: String,
        actions: [ActionSignature] = [],
        entities: EntityRegistry = EntityRegistry(),
        stage: @escaping @Sendable (Transcript) throws -> TranscriptStage = { _ in TranscriptStage() },
        relativeTo source: String = #filePath
    ) {
        name = flow
        self.prompts = TranscriptCase.resolve(prompts, relativeTo: source)
        self.actions = actions
        self.entities = entities
        self.stage = stage
    }

    /// Replays a transcript, or tries the rows of a table of phrasings; what goes otherwise is an issue of the current
    /// test, at the line of the file.
    ///
    /// Call it in a test of Swift Testing.
    public func check(_ transcript: TranscriptCase) async {
        for testCase in await cases(of: transcript) {
            switch testCase.outcome {
            case .passed, .skipped: continue
            case .failed(let message, let details): record(details.isEmpty ? [message] : details, testCase, transcript)
            case .unreadable(let messages): record(messages, testCase, transcript)
            }
        }
    }

    private func cases(of transcript: TranscriptCase) async -> [TestCase] {
        do {
            if let problem = transcript.problem { throw TranscriptCase.Missing(description: problem) }
            if transcript.file.hasSuffix(PhrasingTable.ending) {
                let table = try PhrasingTable.load(transcript.file)
                let listener = try PhrasingListener(table, in: flow(table.flow, entry: table.entry))
                return listener.rows.indices.map { TestCase(.row(listener.verdict(on: $0))) }
            }
            let parsed = try TranscriptLoader(root: TranscriptRoot(transcript.root)).load(transcript.file)
            let runner = TranscriptRunner(flow: try flow(parsed.field("flow"), entry: parsed.field("entry")))
            return [TestCase(try await runner.run(parsed, on: try stage(parsed)))]
        } catch {
            return [TestCase(file: transcript.file, error: error)]
        }
    }

    private func record(_ lines: [String], _ testCase: TestCase, _ transcript: TranscriptCase) {
        let place = SourceLocation(
            fileID: "Transcripts/" + (transcript.file.split(separator: "/").last.map(String.init) ?? "transcript"),
            filePath: transcript.file,
            line: testCase.line,
            column: testCase.column
        )
        // What has its place already needs none before it.
        let isPlaced = lines.first?.hasPrefix(transcript.file + ":") == true
        let head = isPlaced ? "" : "\(transcript.file):\(testCase.line):\(testCase.column): "
        Issue.record(Comment(rawValue: head + lines.joined(separator: "\n")), sourceLocation: place)
    }

    private func flow(_ name: String?, entry: String?) throws -> Flow {
        let name = name ?? self.name
        let key = [name] + (entry.map { [$0] } ?? [])
        // Compiling inside of the lock makes every test wait for the first one, and none compile again.
        return try flows.withLock { flows in
            if let flow = flows[key] { return flow }
            let files = try PromptFolder.filesWithCommon(in: prompts)
            guard files.contains(where: { $0.path == "\(name)/flow.yaml" }) else {
                throw TranscriptCase.Missing(description: "\(prompts): there is no flow '\(name)' (\(name)/flow.yaml)")
            }
            let source = FlowSource(name, files: files.map { FlowSource.File(path: $0.path, text: $0.text) })
            let flow = try FlowCompiler(actions: actions, entities: entities).compile(source, entry: entry)
            flows[key] = flow
            return flow
        }
    }
}

extension TranscriptCase {
    /// Something that a test needs and that is not there.
    struct Missing: Error, CustomStringConvertible {
        var description: String
    }
}
