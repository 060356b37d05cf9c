public import Intents

/// A condition over slots.
///
/// It asks only what a checker can enumerate: whether a slot is known or confirmed, and which of its finite values it
/// has.
public indirect enum Guard: Sendable, Hashable {
    /// The slot has a value.
    case isKnown(SlotIndex)
    /// The slot's value was said or confirmed by the user.
    case isConfirmed(SlotIndex)
    /// The slot has this one of its finite values.
    case equals(SlotIndex, Value)
    /// Not so.
    case not(Guard)
    /// Both.
    case and(Guard, Guard)
    /// At least one.
    case or(Guard, Guard)

    /// The slots it looks at.
    public var slots: Set<SlotIndex> {
        switch self {
        case .isKnown(let slot), .isConfirmed(let slot), .equals(let slot, _): [slot]
        case .not(let inner): inner.slots
        case .and(let first, let second), .or(let first, let second): first.slots.union(second.slots)
        }
    }

    /// Whether it holds.
    func holds(in slots: [SlotEntry?]) -> Bool {
        switch self {
        case .isKnown(let slot): slots[slot] != nil
        case .isConfirmed(let slot): slots[slot]?.isConfirmed == true
        case .equals(let slot, let value): slots[slot]?.value == value
        case .not(let inner): !inner.holds(in: slots)
        case .and(let first, let second): first.holds(in: slots) && second.holds(in: slots)
        case .or(let first, let second): first.holds(in: slots) || second.holds(in: slots)
        }
    }
}
