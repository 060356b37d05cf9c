public import Dialogue
public import Intents

/// One turn as it went: a reply, or the opening, and all that came of it.
public struct PlayedTurn: Sendable {
    /// Its number: 0 for the opening, n for the n-th reply.
    public let number: Int
    /// The place of its first entry in the transcript's entries.
    let start: Int
    /// The place after its last entry.
    var end: Int
    /// How the reply was understood; `nil` for the opening and for a reply that was refused.
    public internal(set) var understanding: Understanding?
    /// Whether the reply was refused.
    public internal(set) var isRefused = false
    /// What the bot said and did, in order.
    public internal(set) var happenings: [Happening] = []
    /// The step that is waited at then; `nil` where the flow has ended.
    public internal(set) var step: String?
    /// The steps that were come to and how those ended that did.
    public internal(set) var trace: [Transition.Trace] = []

    /// Something that the bot said or did.
    public enum Happening: Sendable, Hashable {
        /// It said something.
        case said(Message)
        /// An action ran; with values where the transcript holds them.
        case ran(ActionCall, outcome: String, values: [String: Value]?)

        /// What it is in a transcript.
        var kind: Transcript.Kind {
            switch self {
            case .said(let message): .bot(message.shownText)
            case .ran(let call, let outcome, let values): .action(name: call.name, outcome: outcome, values: values)
            }
        }
    }

    /// How the reply was understood, in one word, as `expect: intent` has it; `nil` for the opening.
    public func intent(in flow: Flow) -> String? {
        if isRefused { return "refused" }
        return understanding?.decision.transcriptName(in: flow)
    }

    /// The rules and recognizers that had part in it, in the order they were considered, each once.
    public var rules: [String] { understanding?.decidingSources ?? [] }
}
