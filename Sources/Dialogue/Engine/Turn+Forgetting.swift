internal import Intents

/// How values change and what that undoes. A step whose input changed is undone, and with it what it derived; a slot
/// whose ground changed is forgotten. Nothing else is, and the order in which slots were filled does not matter.
extension Turn {
    /// The step that changes something by its own doing, all the way down.
    struct Doer {
        /// The step.
        var step: StepIndex
        /// Whether it is to be done again, because it forgets what it needs; what it derived stays in any case.
        var isRedone: Bool
    }

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
            if !situation.early.isEmpty { situation.early.removeAll { $0.slot == slot } }
        }
        let doer = step.map { Doer(step: $0, isRedone: false) }
        for slot in changed { undoWhatDependsOn(slot, keeping: batch, by: doer) }
    }

    /// Forgets a slot's value and all that came of it.
    ///
    /// - Parameters:
    ///   - slot: The slot.
    ///   - undoingSource: Whether the step that derived it is undone too, so that it is derived anew.
    ///   - keeping: Slots that stay, because they get new values at the same time.
    ///   - doer: The step that forgets it.
    mutating func forget(
        _ slot: SlotIndex,
        undoingSource: Bool = true,
        keeping: Set<SlotIndex> = [],
        by doer: Doer? = nil
    ) {
        guard let entry = situation.slots[slot] else {
            for collector in flow.collectors[slot] { situation.marks[collector] = nil }
            return
        }
        situation.slots[slot] = nil
        if undoingSource, case .derived(let source) = entry.origin { undo(source, keeping: keeping, by: doer) }
        undoWhatDependsOn(slot, keeping: keeping, by: doer)
    }

    private mutating func undoWhatDependsOn(_ slot: SlotIndex, keeping: Set<SlotIndex>, by doer: Doer?) {
        for collector in flow.collectors[slot] where collector != doer?.step { situation.marks[collector] = nil }
        for dependent in flow.dependents[slot] where !keeping.contains(dependent) {
            forget(dependent, keeping: keeping, by: doer)
        }
        for reader in flow.readers[slot] { undo(reader, keeping: keeping, by: doer) }
    }

    /// Makes a step undone, and forgets what it derived.
    private mutating func undo(_ step: StepIndex, keeping: Set<SlotIndex>, by doer: Doer?) {
        if step == doer?.step {
            if doer?.isRedone == true { situation.marks[step] = nil }
            return
        }
        guard situation.marks[step] != nil else { return }
        situation.marks[step] = nil
        for (slot, entry) in situation.slots.enumerated() where !keeping.contains(slot) {
            if entry?.origin == .derived(step: step) { forget(slot, keeping: keeping, by: doer) }
        }
    }

    /// Does what a branch says, apart from where it goes on.
    mutating func apply(_ branch: Branch, outcome: String, moment: [String: Value], at step: StepIndex) {
        if let prompt = branch.say {
            say(prompt.replacing("*", with: outcome), moment)
        }
        // What an answer of the user sets is as good as said: it stays until what it depends on changes.
        let isSaid: Bool
        switch flow.steps[step].kind {
        case .collect, .confirm, .gate: isSaid = true
        case .action, .call, .say, .set, .end: isSaid = false
        }
        let changes = branch.set.compactMap { slot, source -> (slot: SlotIndex, entry: SlotEntry)? in
            let value: Value?
            switch source {
            case .literal(let literal): value = literal
            case .slot(let other): value = situation.slots[other]?.value
            }
            guard let value else { return nil }
            return (slot, SlotEntry(value: value, origin: isSaid ? .said : .derived(step: step), isConfirmed: isSaid))
        }
        set(changes, by: step)
        for slot in branch.clear { forget(slot, by: Doer(step: step, isRedone: true)) }
    }

    /// Ends a step by an outcome and does what its branch says.
    mutating func settle(_ step: StepIndex, _ outcome: String, _ branch: Branch, moment: [String: Value] = [:]) {
        trace.append((step, outcome))
        if branch.next != .stay { situation.marks[step] = outcome }
        apply(branch, outcome: outcome, moment: moment, at: step)
    }
}
