public import Diagnostics
public import Intents

/// A slot of a flow: a named, typed value that the flow collects or derives.
public struct SlotDefinition: Sendable {
    /// Its name, in snake_case.
    public let name: String
    /// What it holds and how it is recognised in a reply.
    public let type: SlotType
    /// What it is called in messages, such as `the evaluation dataset`.
    public let title: String
    /// What users call it when they correct it, without an article.
    public let names: [String]
    /// The slots it was derived from or only makes sense with: when one of them changes, this one is forgotten.
    public let dependsOn: [SlotIndex]
    /// For choices: the slot that holds the options, where they are not fixed.
    public let optionsFrom: SlotIndex?
    /// Whether a user may set it by naming it at any step.
    ///
    /// Derived lists and notes may not be set.
    public var isCorrectable: Bool { !names.isEmpty }
    /// Where it is declared.
    public let location: Location
}

/// The place of a slot in its flow's table.
public typealias SlotIndex = Int

/// What a slot holds.
public enum SlotType: Sendable, Hashable {
    /// Something a user can say.
    case entity(AnyEntityType, options: [ChoiceOption])
    /// Something only actions give: texts, options for a choice, records for a template.
    case derived(ActionSignature.Shape)

    /// The values a guard may compare it with; `nil` where it may only ask whether it is known.
    public var finiteValues: [Value]? {
        switch self {
        case .entity(.flag, _): [.flag(true), .flag(false)]
        case .entity(.choice, let options) where !options.isEmpty: options.map { .text($0.id) }
        default: nil
        }
    }
}
