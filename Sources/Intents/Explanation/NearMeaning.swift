/// Something that a reply nearly came to.
public struct NearMeaning: Sendable, Hashable {
    /// What kept the reply from it.
    public enum Obstacle: Sendable, Hashable {
        /// What is wrong with the value, in words for the user.
        case problem(String)
        /// A command stands among other words.
        case notAlone
        /// These words stand beside it.
        case beside([String])
        /// A topic is not asked about.
        case doesNotAsk
        /// It is written otherwise: what the user wrote.
        case spelling(String)
        /// It is a value of another slot, which is not named.
        case slotNotNamed
        /// A slot is named, and these words are nothing that it can hold; empty where nothing follows the name.
        case noValue(String)
    }

    /// What kept the reply from it.
    public var obstacle: Obstacle
    /// What it would have come to; `nil` where that cannot be known.
    public var decision: Decision?
    /// A reply that comes to ``decision``, tried with the same question; `nil` where none can be computed.
    public var instead: String?

    /// Makes a near meaning.
    public init(_ obstacle: Obstacle, decision: Decision? = nil, instead: String? = nil) {
        self.obstacle = obstacle
        self.decision = decision
        self.instead = instead
    }
}
