import AWS
import Actions
import BundledPrompts
import Dialogue
import Transcripts

/// The turns of golden transcripts, each with the state it starts from, so that any of them can be taken again.
///
/// Actions are run once while this is made, against recorded AWS answers; their ends are kept as events.
struct Rehearsal {
    /// One event with the state before it.
    struct Turn {
        var state: State
        var event: Event

        /// The reply, where the event is one.
        var reply: String? {
            if case .reply(let text) = event.kind { text } else { nil }
        }
    }

    /// What a flow is compiled from.
    static let source = FlowSource(
        "model-evaluation",
        files: BundledPrompts.files.map { FlowSource.File(path: $0.path, text: $0.text) }
    )

    let flow: Flow
    private(set) var transcripts = 0
    private(set) var turns: [Turn] = []

    /// Goes through every transcript of some folders that uses the main flow.
    init(folders: [String]) async throws {
        flow = try FlowCompiler(actions: ActionRegistry.all.signatures, entities: AWSEntities.registry).compile(
            Self.source
        )
        let loader = TranscriptLoader(root: try TranscriptRoot.containing(folders))
        for file in try TranscriptFiles.find(in: folders) {
            let transcript = try loader.load(file)
            guard transcript.field("entry") == nil else { continue }
            transcripts += 1
            try await rehearse(transcript, file: file)
        }
    }

    private mutating func rehearse(_ transcript: Transcript, file: String) async throws {
        let world = try RecordedWorld(
            cassettes: transcript.list("aws").map { try TranscriptFiles.read(beside: file, $0) },
            workspace: transcript.list("workspace").map { try TranscriptFiles.read(beside: file, $0) },
            isOffline: transcript.field("offline") == "yes",
            data: Self.source.data
        ).world
        let runner = ActionRegistry.all.runner(in: world)
        var state = flow.initialState
        var before = state
        var written: [Transcript.Kind] = []
        var index = 0
        var event = Event.started(hints: [:])
        while true {
            let end = transcript.entries[index...].firstIndex { if case .user = $0.kind { true } else { false } }
            written = transcript.entries[index..<(end ?? transcript.entries.count)].map(\.kind)
                .filter { if case .action = $0 { true } else { false } }
            state = try await flow.drive(state, on: event) { event, transition in
                turns.append(Turn(state: before, event: event))
                before = transition.state
                guard case .action(let call) = transition.next else { return nil }
                let recorded = written.isEmpty ? nil : written.removeFirst()
                if case .action(call.name, let outcome, let values?) = recorded {
                    return ActionResult(outcome: outcome, values: values)
                }
                return try await runner.run(call) { _ in }
            }.state
            guard let end, case .user(let reply) = transcript.entries[end].kind else { return }
            event = flow.admit(reply.sent, in: state)
            index = end + 1
        }
    }
}
