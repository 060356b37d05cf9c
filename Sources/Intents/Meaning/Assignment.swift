/// A value with the slot that it is for, told apart by the slot's name or by what only that slot can hold.
public struct Assignment: Sendable, Hashable {
    /// The slot, by its place in the flow's table.
    public var slot: Int
    /// The value; for an early one the text that names an option.
    public var value: Value
    /// Whether the options to choose from are not known yet, so that the text is kept until they are.
    public var isEarly: Bool

    /// Makes an assignment.
    public init(slot: Int, value: Value, isEarly: Bool = false) {
        self.slot = slot
        self.value = value
        self.isEarly = isEarly
    }
}
