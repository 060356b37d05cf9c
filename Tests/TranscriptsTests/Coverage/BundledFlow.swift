import AWS
import Actions
import BundledPrompts
import Dialogue
import Synchronization
import Transcripts

/// The bundled flow and what its transcripts take place in: each flow is compiled, and each file read, once.
enum BundledFlow {
    static let source = FlowSource(
        "model-evaluation",
        files: BundledPrompts.files.map { FlowSource.File(path: $0.path, text: $0.text) }
    )
    private static let flows = Kept<Flow>()
    private static let scripts = Kept<RecordedScript>()

    static func compiled(entry: String? = nil) throws -> Flow {
        try flows.value(entry ?? "") {
            try FlowCompiler(actions: ActionRegistry.all.signatures, entities: AWSEntities.registry).compile(
                source,
                entry: entry
            )
        }
    }

    /// The recorded world of a transcript, from its beginning.
    static func world(of transcript: Transcript) throws -> RecordedWorld {
        let isOffline = transcript.field("offline") == "yes"
        let fields = ["aws", "workspace"].map(transcript.list)
        // Names are relative to the transcript.
        let folder = transcript.file.split(separator: "/").dropLast().joined(separator: "/")
        let script = try scripts.value("\(folder) \(fields) \(isOffline)") {
            let texts = try fields.map { try $0.map { try TranscriptFiles.read(beside: transcript.file, $0) } }
            return try RecordedScript(cassettes: texts[0], workspace: texts[1], isOffline: isOffline)
        }
        return RecordedWorld(script, data: source.data)
    }
}

/// Values that are made once for each key; who asks for one that is being made waits.
final class Kept<Value: Sendable>: Sendable {
    private let values = Mutex<[String: Value]>([:])

    func value(_ key: String, make: () throws -> Value) throws -> Value {
        try values.withLock { values in
            if let value = values[key] { return value }
            let value = try make()
            values[key] = value
            return value
        }
    }
}
