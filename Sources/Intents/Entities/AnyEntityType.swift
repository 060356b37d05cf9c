/// An entity type as slots and questions hold it: any type, compared by its name and settings.
public struct AnyEntityType: Sendable {
    /// The type.
    public let base: any EntityType
    /// Kept beside the type, since every question compares them.
    private let identity: String
    /// How the interpreter treats replies to a question for it.
    public let role: EntityRole

    /// Wraps a type.
    public init(_ base: any EntityType) {
        self.base = base
        role = base.role
        identity = base.settings.isEmpty ? base.name : base.name + " " + base.settings
    }

    /// The word for it in flow files, such as `s3_uri`.
    public var name: String { base.name }
    /// One value of it in a message, with its article.
    public var noun: String { base.noun }

    /// Reads the value that a reply gives; see ``EntityType/read(_:answering:)``.
    public func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        base.read(utterance, answering: question)
    }

    /// Whether any word could be this value.
    func canBeAnyWord(_ value: Value) -> Bool {
        base.acceptsAnyWord && !base.isSelfIdentifying(value, writtenAs: value.text ?? "")
    }

    /// Whether a value that any word could be looks like a name that somebody gave: "support-bot", not "multilingual".
    func looksLikeName(_ value: Value) -> Bool {
        guard role == .value, base.acceptsAnyWord else { return true }
        return value.text?.utf8.contains { ByteClass.isDigit($0) || "-_./".utf8.contains($0) } ?? false
    }
}

extension AnyEntityType: Hashable {
    /// Whether two types have the same name and settings.
    public static func == (first: AnyEntityType, second: AnyEntityType) -> Bool { first.identity == second.identity }

    /// Hashes the name and the settings.
    public func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}

extension AnyEntityType {
    /// What the user says, as typed, of at most so many UTF-8 bytes.
    public static func text(limit: Int) -> AnyEntityType { AnyEntityType(TextType(limit: limit)) }
    /// A whole number of a range.
    public static func number(_ range: ClosedRange<Int>) -> AnyEntityType { AnyEntityType(NumberType(range: range)) }
    /// A JSON array or object, as text, of at most so many UTF-8 bytes.
    public static func json(limit: Int) -> AnyEntityType { AnyEntityType(JSONType(limit: limit)) }
    /// Yes or no.
    public static let flag = AnyEntityType(BooleanType())
    /// One of a list of options, as its id.
    public static let choice = AnyEntityType(ChoiceType())
    /// Some of a list of options, as a list of their ids in the list's order.
    public static let choices = AnyEntityType(ChoicesType())
    /// The path of a local file.
    public static let path = AnyEntityType(PathType())
}
