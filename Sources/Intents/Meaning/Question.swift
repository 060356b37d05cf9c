/// What the question in hand can take as an answer: the context in which a reply is understood.
public struct Question: Sendable, Equatable {
    /// The form of the answer.
    public enum Form: Sendable, Hashable {
        /// A value of this type.
        case value(AnyEntityType)
        /// Yes or no.
        case confirmation
        /// An unambiguous yes, or anything that is none.
        case gate
        /// Which earlier answer should change.
        case change
        /// No question is open.
        case nothing
    }

    /// The form of the answer.
    public var form: Form
    /// The slot it fills, by its place in the flow's table.
    public var slot: Int?
    /// The options to choose from, as numbered for the user.
    public var options: [ChoiceOption]
    /// For several choices: the places of those chosen so far, which "add" and "without" start from.
    public var current: [Int]
    /// Whether a yes is an answer too: it takes a proposed value.
    public var hasProposal: Bool
    /// For each topic, by its place in the flow's table, whether it is in scope; `nil` means that all are.
    public var topics: [Bool]?

    /// Makes an expectation.
    public init(
        form: Form,
        slot: Int? = nil,
        options: [ChoiceOption] = [],
        current: [Int] = [],
        hasProposal: Bool = false,
        topics: [Bool]? = nil
    ) {
        self.form = form
        self.slot = slot
        self.options = options
        self.current = current
        self.hasProposal = hasProposal
        self.topics = topics
    }
}

/// A slot as the resolver knows it: by what it is called and what it holds.
public struct SlotVocabulary: Sendable {
    /// Its place in the flow's table.
    public var index: Int
    /// The type of what it holds.
    public var type: AnyEntityType
    /// What users call it.
    public var names: [String]

    /// Makes an entry.
    public init(index: Int, type: AnyEntityType, names: [String]) {
        self.index = index
        self.type = type
        self.names = names
    }
}
