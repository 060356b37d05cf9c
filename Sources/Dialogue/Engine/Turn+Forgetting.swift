internal import Intents

/// How values change and what that undoes. A step whose input changed is undone, and with it what it derived; a slot
/// whose ground changed is forgotten. Nothing else is, and the order in which slots were filled does not matter.
extension Turn {
    /// Gives slots new values at once.
    ///
    /// - Parameters:
    ///   - changes: The new entries. A value that stays the same undoes nothing.
    ///   - step: The step that gives them, which is not undone by its own doing.
    mutating func set(_ changes: [(slot: SlotIndex, entry: SlotEntry)], by step: StepIndex? = nil) {
        let batch = Set(changes.map(\.slot))
        var changed: [SlotIndex] = []
        for (slot, entry) in changes {
            if situation.slots[slot]?.value != entry.value { changed.append(slot) }
            situation.slots[slot] = entry
        }
        for slot in changed { undoWhatDependsOn(slot, keeping: batch, except: step) }
    }

    /// Forgets a slot's value and all that came of it.
    ///
    /// - Parameter undoingSource: Whether the step that derived it is undone too, so that it is derived anew.
    mutating func forget(_ slot: SlotIndex, undoingSource: Bool = true) {
        guard let entry = situation.slots[slot] else {
            for collector in flow.collectors[slot] { situation.marks[collector] = nil }
            return
        }
        situation.slots[slot] = nil
        if undoingSource, case .derived(let step) = entry.origin { undo(step) }
        undoWhatDependsOn(slot, keeping: [], except: nil)
    }

    private mutating func undoWhatDependsOn(_ slot: SlotIndex, keeping: Set<SlotIndex>, except step: StepIndex?) {
        for collector in flow.collectors[slot] where collector != step { situation.marks[collector] = nil }
        for dependent in flow.dependents[slot] where !keeping.contains(dependent) {
            if situation.slots[dependent] != nil { forget(dependent) }
        }
        for reader in flow.readers[slot] where reader != step { undo(reader, keeping: keeping) }
    }

    /// Makes a step undone, and forgets what it derived.
    private mutating func undo(_ step: StepIndex, keeping: Set<SlotIndex> = []) {
        situation.marks[step] = nil
        for (slot, entry) in situation.slots.enumerated() where !keeping.contains(slot) {
            if entry?.origin == .derived(step: step) { forget(slot) }
        }
    }

    /// Does what a branch says, apart from where it goes on.
    mutating func apply(_ branch: Branch, outcome: String, moment: [String: Value], at step: StepIndex) {
        if let prompt = branch.say {
            say(prompt.replacing("*", with: outcome), moment)
        }
        set(
            branch.set.map { ($0.slot, SlotEntry(value: $0.value, origin: .derived(step: step), isConfirmed: false)) },
            by: step
        )
        for slot in branch.clear { forget(slot) }
    }

    /// Ends a step by an outcome and does what its branch says.
    mutating func settle(_ step: StepIndex, _ outcome: String, _ branch: Branch, moment: [String: Value] = [:]) {
        if branch.next != .stay { situation.marks[step] = outcome }
        apply(branch, outcome: outcome, moment: moment, at: step)
    }
}
