public import Intents

/// Where a session stands: a value, folded from its events.
///
/// Same flow, same events: the same bytes.
///
/// Slots and steps are held by their place in the flow's tables, so a state belongs to the flow it was made with; its
/// digest says which. What is to last is the list of events; a state can always be folded again from them.
public struct State: Sendable, Hashable, Codable {
    /// The digest of the flow that made it.
    public let flowDigest: String
    /// What the conversation has come to.
    package(set) public var situation: Situation
    /// Earlier situations that can be gone back to, the oldest first.
    package var past: [Situation] = []
    /// What was gone back from and can be gone forward to, the last one first in turn.
    package var future: [Undone] = []
    /// Replies taken so far.
    package(set) public var turns: Int = 0
    /// The identity of the next action call.
    package var nextCall: Int = 1
    /// Actions run since the last reply.
    package var runs: Int = 0
    /// Outcomes of actions that may not be repeated.
    package var recorded: [RecordedResult] = []

    /// How many actions may run without a reply between them.
    package static let runLimit = 64
    /// How many earlier situations are kept.
    package static let undoLimit = 64
}

/// A situation that was gone back from.
package struct Undone: Sendable, Hashable, Codable {
    package var situation: Situation
    /// Which recorded outcomes counted as undone there, by their place; later ones did not.
    package var unused: [Int]
}

/// An action's outcome that is used again where the same call comes up again, because it may not be repeated.
package struct RecordedResult: Sendable, Hashable, Codable {
    package var name: String
    package var input: [String: Value]
    package var result: ActionResult
    /// Whether the turn that brought it was undone, so that it may be used again.
    package var isUndone = false
}

/// What a conversation has come to, apart from how it came there.
public struct Situation: Sendable, Hashable, Codable {
    /// By slot.
    package(set) public var slots: [SlotEntry?]
    /// By step: how it ended, where it is done.
    package(set) public var marks: [String?]
    /// Flows entered from a topic, to be finished before the main flow goes on; the last one is current.
    package(set) public var digressions: [FlowIndex] = []
    /// Choices named before their options are known, by slot.
    package(set) public var early: [EarlyAnswer] = []
    /// What the session waits for.
    package(set) public var pending: Pending = .nothing
    /// Replies in a row that were not understood.
    package(set) public var misses: Int = 0
    /// What was wrong with the last reply, where the same is not to be said again.
    package(set) public var complaint: Complaint?
}

/// A choice that was named before its options are known: it is looked up among them when they are.
public struct EarlyAnswer: Sendable, Hashable, Codable {
    /// The slot.
    public var slot: SlotIndex
    /// What names the option.
    public var text: String
}

/// What was said to be wrong with a value.
public struct Complaint: Sendable, Hashable, Codable {
    /// The sentence.
    public var text: String
    /// How often it was said in a row.
    public var count: Int
}

/// What a session waits for.
public enum Pending: Sendable, Hashable, Codable {
    /// It has not begun.
    case nothing
    /// A reply to the question of a step, asked in some way.
    case reply(step: StepIndex, asking: Asking)
    /// The end of an action.
    case action(ActionCall, step: StepIndex)
    /// A way out of a defect, which stopped the session at a step.
    case broken(step: StepIndex, FlowDefect.Reason)
    /// Nothing more: the flow ended with this outcome.
    case ended(outcome: String)
}

/// In what way a question was asked.
public enum Asking: Sendable, Hashable, Codable {
    /// The step's own question.
    case plain
    /// Whether a value known from elsewhere is right.
    case known
    /// What of the values shown should change.
    case change
    /// Whether a value close to what was said is meant; yes gives it to the slot.
    case suggestion(slot: SlotIndex, value: Value)
    /// Which of these slots a value is for, or with one slot whether it is for that.
    case assigning(value: Value, slots: [SlotIndex])
    /// Whether to begin anew.
    case restart
}
