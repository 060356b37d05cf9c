internal import Intents

/// What a name in a template stands for, as far as the compiler knows.
enum PromptWord: Sendable, Hashable {
    /// A text, or yes or no: nothing can be asked of it.
    case plain
    /// A number.
    case number
    /// A list of texts.
    case texts
    /// A list of records with these fields; `nil` where they can be any.
    case records(fields: Set<String>?)
    /// One record, of any fields.
    case record
    /// It cannot be known.
    case unknown

    /// The word for what an action takes or gives.
    init(_ shape: ActionSignature.Shape) {
        switch shape {
        case .text, .flag: self = .plain
        case .number: self = .number
        case .texts: self = .texts
        case .options, .records: self = .records(fields: nil)
        case .record: self = .record
        }
    }

    /// The word for what a slot holds.
    init(_ type: SlotType) {
        switch type {
        case .derived(let shape): self.init(shape)
        case .entity(let type, _) where type.base is NumberType: self = .number
        case .entity(.choices, _): self = .texts
        case .entity: self = .plain
        }
    }

    /// What is found by a name after a dot; `nil` where there is nothing.
    func field(_ name: String) -> PromptWord? {
        switch self {
        case .number, .texts, .records: name == PromptTemplate.isOne ? .plain : nil
        case .record, .unknown: .unknown
        case .plain: nil
        }
    }

    /// The names that a section over it brings; `nil` where they can be any.
    var inside: [String: PromptWord]? {
        switch self {
        case .plain, .texts: [:]
        case .number: [PromptTemplate.isOne: .plain]
        case .records(let fields?):
            fields.reduce(into: ["number": .number]) { $0[$1] = .plain }
        case .records(nil), .record, .unknown: nil
        }
    }
}
