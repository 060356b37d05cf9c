/// What a flow may know of an action: its name, its parameters and results, and the closed set of its outcomes.
///
/// The flow compiler checks every use of the action against it: an unknown parameter, a result put into a slot of
/// another shape, or an outcome without a branch is an error with a place, not a surprise in a conversation.
public struct ActionSignature: Sendable, Hashable {
    /// The shape of a parameter or a result.
    public enum Shape: String, Sendable, Hashable {
        /// One text.
        case text
        /// One whole number.
        case number
        /// Yes or no.
        case flag
        /// A list of texts.
        case texts
        /// A list of records, each with at least the texts `id` and `name`: what a list of choices is made of.
        case options
        /// A record, for templates only.
        case record
        /// A list of records, for templates only.
        case records
    }

    /// A named input or output.
    public struct Parameter: Sendable, Hashable {
        /// Its name, in snake_case.
        public var name: String
        /// Its shape.
        public var shape: Shape
        /// Whether a call without it is an error (inputs), or every outcome gives it (outputs).
        public var isRequired: Bool

        /// Makes a parameter; required unless said otherwise.
        public init(_ name: String, _ shape: Shape, isRequired: Bool = true) {
            self.name = name
            self.shape = shape
            self.isRequired = isRequired
        }
    }

    /// Its name, in snake_case, unique in the registry.
    public var name: String
    /// What a call may pass.
    public var inputs: [Parameter]
    /// What an outcome may bring back.
    public var outputs: [Parameter]
    /// Every way it can end, in snake_case.
    ///
    /// Nothing else may come back.
    public var outcomes: [String]
    /// Whether running it a second time with the same input does no harm.
    ///
    /// What may not be repeated is run once for an input in a session; after an undo its recorded outcome is used.
    public var isRepeatable: Bool
    /// Whether its results are hints: what was known before the conversation, to be trusted no more than that.
    ///
    /// A hint that is refused is forgotten by itself. The action is not asked again, which would only bring it back, and
    /// its other hints stay.
    public var givesHints: Bool

    /// Whether it may take longer than a minute.
    ///
    /// A step that runs it is warned about where it has no `meanwhile`: the user would wait and not know for what.
    public var isSlow: Bool

    /// Makes a signature.
    public init(
        name: String,
        inputs: [Parameter] = [],
        outputs: [Parameter] = [],
        outcomes: [String],
        isRepeatable: Bool = true,
        givesHints: Bool = false,
        isSlow: Bool = false
    ) {
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
        self.outcomes = outcomes
        self.isRepeatable = isRepeatable
        self.givesHints = givesHints
        self.isSlow = isSlow
    }
}
