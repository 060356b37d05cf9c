public import Dialogue
internal import Intents
import Synchronization
internal import Transcripts

/// Keeps a conversation as a transcript, action outcomes with their values included, and writes it when asked.
///
/// What was refused (secrets, what is no text) is recorded only as a remark.
public final class ConsoleRecorder: Sendable {
    private let header: [String]
    private let entries = Mutex<[Transcript.Entry]>([])

    /// Makes a recorder.
    ///
    /// - Parameter flow: The flow that is talked to.
    public init(flow: Flow) {
        header = ["flow: \(flow.name)"] + (flow.entry == 0 ? [] : ["entry: \(flow.flows[flow.entry].name)"]) + [""]
    }

    func user(_ event: Event) {
        switch event.kind {
        case .reply(let text): add(.remark(""), .user(.text(text)))
        case .refused: add(.remark(""), .remark("# a reply was refused here and is not kept"))
        case .started, .actionFinished: break
        }
    }

    func message(_ message: Message) { add(.bot(message.shownText)) }

    func action(_ call: ActionCall, _ result: ActionResult) {
        add(.action(name: call.name, outcome: result.outcome, values: result.values))
    }

    private func add(_ kinds: Transcript.Kind...) {
        entries.withLock { $0 += kinds.map { Transcript.Entry($0) } }
    }

    /// The transcript so far.
    public var text: String {
        Transcript(
            file: "",
            header: header.enumerated().map { Transcript.Line(text: $1, number: $0 + 1) },
            entries: entries.withLock { $0 }
        ).text
    }
}
