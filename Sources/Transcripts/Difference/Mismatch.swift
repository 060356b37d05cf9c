/// A difference with where it is written, what led to it, and where the flow decides it.
public struct Mismatch: Sendable, Hashable, Codable {
    /// What differs.
    public var difference: Difference
    /// The file of the transcript; that of an included file where it is written there.
    public var file = ""
    /// The line there, from 1.
    public var line = 1
    /// The turn: 0 for the opening, n for the n-th reply.
    public var turn: Int
    /// The reply of the turn.
    public var reply: String?
    /// How the reply was understood.
    public var intent: String?
    /// The rules that had part in that.
    public var rules: [String]
    /// The step that is waited at.
    public var step: String?
    /// Whether an earlier turn went another way too, which may be all that is behind it.
    public var isConsequence = false
    /// Whether an `expect:` line says so; no update changes these.
    public var isExpectation: Bool
    /// Where in the flow's files to look: prompts and steps, those that were said or come to first.
    public var places: [Place]
    /// The text that is written, where texts differ.
    public var expectedText: String?
    /// The text that came.
    public var actualText: String?

    /// A place in the flow's files.
    public struct Place: Sendable, Hashable, Codable {
        /// What is there.
        public enum Kind: String, Sendable, Hashable, Codable {
            /// The prompt that was said.
            case prompt
            /// The prompt that the expected text was probably made from.
            case expectedPrompt
            /// The step that runs the action.
            case action
            /// The step that is waited at.
            case step
            /// The step that was expected.
            case expectedStep
            /// A rule that had part in how a reply was understood.
            case rule
        }

        /// What is there.
        public var kind: Kind
        /// Its name.
        public var name: String
        /// `file:line:column`.
        public var location: String
    }
}
