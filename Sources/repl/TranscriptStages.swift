import Actions
import Dialogue
import Foundation
import Transcripts

/// Prepares what transcripts take place in: recorded AWS answers and a workspace in memory, as their headers say.
struct TranscriptStages {
    private let options: FlowOptions
    private var flows: [String: Flow] = [:]

    init(options: FlowOptions) { self.options = options }

    mutating func prepare(_ transcript: Transcript) throws -> (Flow, TranscriptStage) {
        let name = transcript.field("flow") ?? options.flow
        let entry = transcript.field("entry")
        let key = "\(name) \(entry ?? "")"
        let flow = try flows[key] ?? options.compile(name, entry: entry)
        flows[key] = flow
        let source = try options.source(name)
        let play = try RecordedWorld(
            cassettes: transcript.list("aws").map { try TranscriptFiles.read(beside: transcript.file, $0) },
            workspace: transcript.list("workspace").map { try TranscriptFiles.read(beside: transcript.file, $0) },
            isOffline: transcript.field("offline") == "yes",
            data: source.data
        )
        return (flow, TranscriptStage(runner: ActionRegistry.all.runner(in: play.world), file: play.file))
    }
}
