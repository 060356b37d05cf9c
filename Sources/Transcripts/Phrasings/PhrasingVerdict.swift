public import Dialogue
public import Intents

/// What came of one row of a table of phrasings, or of a table that cannot be used.
public struct PhrasingVerdict: Sendable {
    /// How it went.
    public enum Outcome: Sendable {
        /// It means what the table says.
        case passed
        /// It means something else.
        case failed(Mismatch)
        /// Its table's tags leave it out.
        case left
    }

    /// The row.
    public let reply: LabelledReply
    /// How it went.
    public internal(set) var outcome: Outcome
    /// The flow that it was tried in; `nil` where it was left out.
    public var flow: Flow?
    /// How it was understood; `nil` where it was refused or left out.
    public internal(set) var understanding: Understanding?

    /// Whether it makes the suite fail.
    public var isFailure: Bool { if case .failed = outcome { true } else { false } }
}
