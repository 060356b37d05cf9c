import Actions
import Dialogue
import Foundation
import Synchronization
import Transcripts

/// Prepares what transcripts take place in: recorded AWS answers and a workspace in memory, as their headers say.
///
/// Flows are compiled and files are read once, whatever number of transcripts need them, from any number of tasks.
final class TranscriptStages: Sendable {
    private let options: FlowOptions
    private let root: TranscriptRoot
    private let sources = Kept<FlowSource>()
    private let flows = Kept<Flow>()
    private let scripts = Kept<RecordedScript>()

    /// - Parameters:
    ///   - options: The flow of those that name none, and where its files are.
    ///   - root: The folder that all that a header names must lie in.
    init(options: FlowOptions, root: TranscriptRoot) {
        self.options = options
        self.root = root
    }

    /// The flow of a transcript and a stage of its own.
    func prepare(_ transcript: Transcript) throws -> (Flow, TranscriptStage) {
        let (flow, source) = try flow(transcript.field("flow"), entry: transcript.field("entry"))
        let cassettes = try resolve("aws", of: transcript)
        let workspace = try resolve("workspace", of: transcript)
        let isOffline = transcript.field("offline") == "yes"
        let key = (cassettes.map(\.path) + ["", isOffline ? "offline" : ""] + workspace.map(\.path)).joined(
            separator: "\n"
        )
        let script = try scripts.value(key) {
            try RecordedScript(
                cassettes: cassettes.map { ($0.shown, try TranscriptFiles.read($0.path)) },
                workspace: workspace.map { ($0.shown, try TranscriptFiles.read($0.path)) },
                isOffline: isOffline
            )
        }
        let play = RecordedWorld(script, data: source.data)
        return (flow, TranscriptStage(runner: ActionRegistry.all.runner(in: play.world), file: play.file))
    }

    /// The flow of a table of phrasings.
    func prepare(_ table: PhrasingTable) throws -> Flow { try flow(table.flow, entry: table.entry).flow }

    private func flow(_ name: String?, entry: String?) throws -> (flow: Flow, source: FlowSource) {
        let name = name ?? options.flow
        let source = try sources.value(name) { try options.source(name) }
        return (try flows.value("\(name) \(entry ?? "")") { try options.compile(source, entry: entry) }, source)
    }

    /// The files that a header field names.
    private func resolve(_ field: String, of transcript: Transcript) throws -> [(shown: String, path: String)] {
        try transcript.list(field).map { name in
            do {
                return try root.resolve(name, beside: transcript.file)
            } catch {
                let line = transcript.line(ofField: field)
                throw TranscriptFiles.Failure(description: "\(transcript.file):\(line):1: error: \(error)")
            }
        }
    }
}

/// Values that are made once for each key; a bounded number of them is kept.
private final class Kept<Value: Sendable>: Sendable {
    private let values = Mutex<[String: Value]>([:])
    private let limit = 256

    /// The value of a key; two tasks that ask for the same at once wait for one another.
    func value(_ key: String, make: () throws -> Value) throws -> Value {
        try values.withLock { values in
            if let value = values[key] { return value }
            let value = try make()
            if values.count >= limit { values = [:] }
            values[key] = value
            return value
        }
    }
}
