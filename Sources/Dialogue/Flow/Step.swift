public import Diagnostics
public import Intents

/// One place in a flow.
///
/// It and its parts are objects that never change: every turn walks past all steps and should not copy one.
public final class Step: Sendable {
    /// Its name, unique in its flow's folder.
    public let id: String
    /// What it does.
    public let kind: Kind
    /// When it applies; it is passed over where this does not hold.
    public let guardedBy: Guard?
    /// The slots whose change undoes what was done here.
    public let reads: Set<SlotIndex>
    /// What can be said about it.
    public let texts: Texts
    /// A short name for what is happening here, for "where are we".
    public let title: String
    /// Where it is written.
    public let location: Location

    init(
        id: String,
        kind: Kind,
        guardedBy: Guard?,
        reads: Set<SlotIndex>,
        texts: Texts,
        title: String,
        location: Location
    ) {
        self.id = id
        self.kind = kind
        self.guardedBy = guardedBy
        self.reads = reads
        self.texts = texts
        self.title = title
        self.location = location
    }

    /// What a step does.
    public enum Kind: Sendable {
        /// Asks until the slot has a value that it can hold.
        case collect(Collect)
        /// Asks whether values are right; they are confirmed from then on.
        case confirm(Confirm)
        /// A hard stop that only a plain yes opens; a change of anything it covers closes it again.
        case gate(Gate)
        /// Runs an action and goes on by its outcome.
        case action(ActionStep)
        /// Goes through another flow of the folder and goes on by the way it ends.
        case call(flow: FlowIndex, branches: [String: Branch])
        /// Says something that needs no answer.
        case say(prompt: PromptName)
        /// Sets or forgets slots.
        case set(Branch)
        /// Ends the flow it stands in, by a name.
        case end(outcome: String)
    }

    /// Asking for a value.
    public final class Collect: Sendable {
        /// The slot it fills.
        public let slot: SlotIndex
        /// Asked instead where a value is known from elsewhere and the user has not confirmed it.
        public let askKnown: PromptName?
        /// A slot whose value is proposed: a plain yes takes it.
        public let proposal: SlotIndex?
        /// What happens when the user does not know, says no, or skips; absent means that it is asked again.
        public let unsure: Branch?
        /// See ``unsure``.
        public let deny: Branch?
        /// See ``unsure``.
        public let skip: Branch?

        init(
            slot: SlotIndex,
            askKnown: PromptName?,
            proposal: SlotIndex?,
            unsure: Branch?,
            deny: Branch?,
            skip: Branch?
        ) {
            self.slot = slot
            self.askKnown = askKnown
            self.proposal = proposal
            self.unsure = unsure
            self.deny = deny
            self.skip = skip
        }
    }

    /// Asking whether values are right.
    public final class Confirm: Sendable {
        /// The slots that are confirmed by a yes.
        public let slots: [SlotIndex]
        /// What a yes brings.
        public let affirm: Branch
        /// What a no brings; absent means to ask what should change.
        public let deny: Branch?
        /// What "not sure" brings; absent means that it is asked again.
        public let unsure: Branch?

        init(slots: [SlotIndex], affirm: Branch, deny: Branch?, unsure: Branch?) {
            self.slots = slots
            self.affirm = affirm
            self.deny = deny
            self.unsure = unsure
        }
    }

    /// A hard stop.
    public final class Gate: Sendable {
        /// The slots whose change closes it.
        public let slots: [SlotIndex]
        /// What a no brings; absent means that it is asked again.
        public let deny: Branch?

        init(slots: [SlotIndex], deny: Branch?) {
            self.slots = slots
            self.deny = deny
        }
    }

    /// Running an action.
    public final class ActionStep: Sendable {
        /// What the flow may know of the action.
        public let signature: ActionSignature
        /// Where each parameter's value comes from.
        public let inputs: [Input]
        /// Which result goes into which slot.
        public let outputs: [(result: String, slot: SlotIndex)]
        /// Said when the action begins, where it takes so long that the user should know.
        public let meanwhile: PromptName?
        /// What each outcome brings; every outcome of the signature is here.
        public let branches: [String: Branch]

        init(
            signature: ActionSignature,
            inputs: [Input],
            outputs: [(result: String, slot: SlotIndex)],
            meanwhile: PromptName?,
            branches: [String: Branch]
        ) {
            self.signature = signature
            self.inputs = inputs
            self.outputs = outputs
            self.meanwhile = meanwhile
            self.branches = branches
        }
    }

    /// A parameter of an action with where its value comes from.
    public struct Input: Sendable {
        /// The parameter.
        public let parameter: ActionSignature.Parameter
        /// The source.
        public let source: Source

        /// Where a value comes from.
        public enum Source: Sendable, Hashable {
            /// A slot; absent if it has no value.
            case slot(SlotIndex)
            /// A fixed value.
            case literal(Value)
        }
    }

    /// What can be said about a step.
    public struct Texts: Sendable {
        /// The question, or the gate's text.
        public let ask: PromptName?
        /// A shorter form of it, for asking again in the same place.
        public let again: PromptName?
        /// What is expected, with an example; said before asking again when a reply was not understood.
        public let hint: PromptName?
        /// What help says here.
        public let help: PromptName?
        /// Why it is asked.
        public let why: PromptName?
    }
}

/// What happens at a fork: what is said, what is set or forgotten, and where it goes on.
public final class Branch: Sendable {
    /// Said first.
    public let say: PromptName?
    /// Values given to slots.
    public let set: [(slot: SlotIndex, source: Step.Input.Source)]
    /// Slots that lose their value, and with it whatever was derived from it.
    public let clear: [SlotIndex]
    /// Where it goes on.
    public let next: Next

    init(say: PromptName?, set: [(slot: SlotIndex, source: Step.Input.Source)], clear: [SlotIndex], next: Next) {
        self.say = say
        self.set = set
        self.clear = clear
        self.next = next
    }

    /// Where a branch goes on.
    public enum Next: Sendable, Hashable {
        /// With the following step.
        case following
        /// With a later step of the same flow; flows go back only by forgetting.
        case step(StepIndex)
        /// By asking again here; what was done at this step does not count.
        case stay
        /// Nowhere: the flow ends with this outcome.
        case end(String)
    }

    /// Goes on with the following step.
    static let following = Branch(say: nil, set: [], clear: [], next: .following)
}

/// The place of a step in its folder's table of steps.
public typealias StepIndex = Int
/// The place of a flow in its folder.
public typealias FlowIndex = Int
/// The name of a prompt; `*` in it stands for the outcome at hand.
public typealias PromptName = String
