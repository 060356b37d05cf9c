public import Intents

/// How a reply is understood at a step of a flow, with the names that the flow has for things.
public struct FlowExplanation: Sendable {
    /// What a flow calls a slot or a topic.
    public struct Name: Sendable, Hashable {
        /// Its name in the flow's files.
        public var name: String
        /// What messages call it.
        public var title: String
    }

    /// The name of the folder.
    public var flow: String
    /// The flow of the folder that the session goes through.
    public var entry: String
    /// The id of the step that asks; `nil` where the flow has ended.
    public var step: String?
    /// In what way it asks; `nil` where the flow has ended.
    public var asking: Asking?
    /// What the question can take.
    public var question: Question
    /// The explanation; slots and topics in it are places in ``slots`` and ``topics``.
    public var explanation: Explanation
    /// The flow's slots.
    public var slots: [Name]
    /// The flow's topics.
    public var topics: [Name]
}
