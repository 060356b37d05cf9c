public import Intents

/// A slot's value with what is known about it.
public struct SlotEntry: Sendable, Hashable, Codable {
    /// The value.
    public var value: Value
    /// Where it came from.
    public var origin: Origin
    /// Whether the user said it or said yes to it.
    public var isConfirmed: Bool

    /// Where a value came from.
    public enum Origin: Sendable, Hashable, Codable {
        /// The user said it.
        case said
        /// It was known before the conversation: a hint, to be trusted no more than that.
        case hint
        /// A step of the flow set it or an action found it.
        case derived(step: StepIndex)
    }

    /// Makes an entry.
    public init(value: Value, origin: Origin, isConfirmed: Bool) {
        self.value = value
        self.origin = origin
        self.isConfirmed = isConfirmed
    }

    /// A value that the user said.
    static func said(_ value: Value) -> SlotEntry { SlotEntry(value: value, origin: .said, isConfirmed: true) }
}
