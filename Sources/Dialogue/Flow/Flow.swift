public import Diagnostics
public import Intents

/// A compiled flow: a folder of flow files, rules and prompts, checked and linked.
///
/// It never changes and is shared by all its sessions.
///
/// What it can do is one pure function, ``advance(_:on:)``.
public final class Flow: Sendable {
    /// The name of the folder.
    public let name: String
    /// Identifies the text of all its files and its entry; a state made with one digest is not for another.
    public let digest: String
    /// The flows of the folder.
    public let flows: [FlowDefinition]
    /// The flow a session goes through.
    public let entry: FlowIndex
    /// The steps of all the flows, each flow's in a row.
    public let steps: [Step]
    /// The slots of all the flows.
    public let slots: [SlotDefinition]
    /// What users can ask about at any step.
    public let topics: [Topic]
    /// What was doubtful in the files, though usable.
    public let warnings: [Diagnostic]
    /// All the rules in scope, for checks and coverage.
    public let rules: [Rule]
    /// The entity types that files define, for checks.
    public var entities: [EntityDefinition] { parts.entities }

    let prompts: PromptLibrary
    let resolver: Resolver
    /// What was understood before.
    let heard = HeardReplies()
    let slotIndex: [String: SlotIndex]
    /// For each slot, the slots that depend on it, directly or through others.
    let dependents: [[SlotIndex]]
    /// For each slot, the steps that are undone when it changes.
    let readers: [[StepIndex]]
    /// For each slot, the steps that ask for it.
    let collectors: [[StepIndex]]
    /// For each step, which topics are in scope there; `nil` where all are.
    let topicsInScope: [[Bool]?]
    /// What it was made of, for variants of it.
    let parts: Parts

    init(_ parts: Parts) {
        self.parts = parts
        name = parts.name
        digest = parts.digest
        flows = parts.flows
        entry = parts.entry
        steps = parts.steps
        slots = parts.slots
        topics = parts.topics
        warnings = parts.warnings
        rules = parts.rules + parts.topicRules.map(\.rule)
        prompts = parts.prompts
        resolver = parts.makeResolver()
        slotIndex = Dictionary(uniqueKeysWithValues: parts.slots.enumerated().map { ($1.name, $0) })
        var direct = [[SlotIndex]](repeating: [], count: parts.slots.count)
        for (index, slot) in parts.slots.enumerated() {
            for other in slot.dependsOn { direct[other].append(index) }
        }
        dependents = parts.slots.indices.map { start in
            var reached: Set<SlotIndex> = [start]
            var queue = direct[start]
            while let next = queue.popLast() {
                if reached.insert(next).inserted { queue += direct[next] }
            }
            return reached.subtracting([start]).sorted()
        }
        var readers = [[StepIndex]](repeating: [], count: parts.slots.count)
        var collectors = readers
        for (index, step) in parts.steps.enumerated() {
            for slot in step.reads.sorted() { readers[slot].append(index) }
            if case .collect(let collect) = step.kind { collectors[collect.slot].append(index) }
        }
        let isAnyLimited = parts.topics.contains { $0.steps != nil }
        topicsInScope = parts.steps.indices.map { step in
            isAnyLimited ? parts.topics.map { $0.steps?.contains(step) != false } : nil
        }
        self.readers = readers
        self.collectors = collectors
    }

    /// What the compiler hands over.
    struct Parts {
        var name: String
        var digest: String
        /// The folders that its files stand in.
        var folders: [String]
        var flows: [FlowDefinition]
        var entry: FlowIndex
        var steps: [Step]
        var slots: [SlotDefinition]
        var topics: [Topic]
        var warnings: [Diagnostic]
        /// All but those of topics.
        var rules: [Rule]
        var topicRules: [(topic: Int, rule: Rule)]
        var vocabulary: [SlotVocabulary]
        var entities: [EntityDefinition]
        var prompts: PromptLibrary
        var deviation: ResolverDeviation?
    }

    /// A slot's entry in a state.
    public func entry(of slot: String, in state: State) -> SlotEntry? {
        guard let index = slotIndex[slot], index < state.situation.slots.count else { return nil }
        return state.situation.slots[index]
    }

    /// The value of a slot in a state, by the slot's name.
    public func value(of slot: String, in state: State) -> Value? { entry(of: slot, in: state)?.value }

    /// The id of the step that a state waits at, or `nil` where it waits at none.
    public func stepID(of state: State) -> String? {
        switch state.situation.pending {
        case .reply(let step, _), .action(_, let step), .broken(let step, _): steps[step].id
        case .nothing, .ended: nil
        }
    }
}

/// One flow of a folder.
public struct FlowDefinition: Sendable {
    /// Its name, by which it is called.
    public let name: String
    /// What it does, for people.
    public let title: String
    /// Its steps in the folder's table.
    public let steps: Range<StepIndex>
    /// The slots it declares: forgotten when it is entered as a digression.
    public let locals: [SlotIndex]
    /// The names by which it can end, `done` among them where it can run off its end.
    public let outcomes: Set<String>
    /// Where it is declared.
    public let location: Location
}

/// A subject that users can ask about, with an answer or a flow that helps.
public struct Topic: Sendable {
    /// Its name.
    public let name: String
    /// What it is about, for lists.
    public let title: String
    /// What is answered.
    public let answer: PromptName?
    /// A flow that is gone through, after which the conversation goes on where it was.
    public let call: FlowIndex?
    /// Whether help names it.
    public let isListed: Bool
    /// The steps it is limited to; `nil` means everywhere.
    public let steps: Set<StepIndex>?
    /// Where it is declared.
    public let location: Location
}
