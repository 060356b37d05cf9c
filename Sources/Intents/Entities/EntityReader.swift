/// Finds the values of one entity type in replies.
///
/// Most types are found by the patterns of their entity file. A reader in Swift is for those that patterns can't find; the
/// file names it, and says all else about the type.
public protocol EntityReader: Sendable {
    /// The name by which entity files ask for it.
    var name: String { get }
    /// Words for values, for hints at misspellings.
    var spellings: [String] { get }

    /// Reads the value that a reply gives; see ``EntityType/read(_:answering:)``.
    ///
    /// - Parameters:
    ///   - utterance: The reply.
    ///   - type: The type as a slot has it, with the variant that it asks for.
    /// - Returns: The value, a near miss, or nothing.
    func read(_ utterance: Utterance, as type: DefinedEntityType) -> Recognition

    /// Finds all values and near misses; see ``EntityType/occurrences(in:)``.
    func occurrences(in utterance: Utterance) -> [EntityOccurrence]

    /// Says what keeps a single word from being a value; see ``EntityType/problem(with:)``.
    func problem(with word: String) -> EntityProblem?

    /// Asks about values that a chat client may have changed; see ``EntityType/doubts(in:)``.
    func doubts(in utterance: Utterance) -> [Value: String]

    /// Whether a single word is a value or meant as one; see ``EntityType/isWhole(_:)``.
    func isWhole(_ word: String) -> Bool

    /// Whether a broken value goes on in the next line; see ``EntityType/goesOn(after:in:)``.
    func goesOn(after line: String, in next: LineStart) -> Bool
}

extension EntityReader {
    /// No words are known for values.
    public var spellings: [String] { [] }
    /// The only value that the reply doesn't put aside.
    public func read(_ utterance: Utterance, as type: DefinedEntityType) -> Recognition {
        Recognition(onlyOneOf: occurrences(in: utterance), in: utterance.text, plural: type.definition.plural)
    }
    /// No value is in doubt.
    public func doubts(in utterance: Utterance) -> [Value: String] { [:] }
    /// Whether the first value or near miss in it takes nine tenths of its bytes.
    public func isWhole(_ word: String) -> Bool { occurrences(in: Utterance(word)).cover(word) }
    /// No value is put together again.
    public func goesOn(after line: String, in next: LineStart) -> Bool { false }
}

/// Decides in Swift what the pattern of an entity type can't.
public struct EntityValidator: Sendable {
    /// What a pattern found.
    public struct Match: Sendable, Hashable {
        /// The text that matched.
        public var text: String
        /// The value that the entity file makes of it.
        public var value: String
        /// The texts of the named groups that took part.
        public var groups: [String: String]
    }

    /// What it says of a match.
    public enum Verdict: Sendable, Hashable {
        /// It is this value.
        case value(String)
        /// It was meant as one and is none.
        case problem(EntityProblem)
        /// It is something else; the near misses of the file are tried.
        case nothing
    }

    /// The name by which entity files ask for it.
    public let name: String
    let validate: @Sendable (Match) -> Verdict

    /// Makes a validator.
    ///
    /// - Parameters:
    ///   - name: The name by which entity files ask for it.
    ///   - validate: Judges a match; it is pure, and runs at most once for each place where the pattern matches.
    public init(_ name: String, validate: @escaping @Sendable (Match) -> Verdict) {
        self.name = name
        self.validate = validate
    }
}

/// The parts of entity types that are written in Swift, for files to name.
///
/// A program registers them in one place, where it compiles its flows.
public struct EntityRegistry: Sendable {
    /// The readers, by the names that they have.
    public var readers: [any EntityReader]
    /// The validators, by the names that they have.
    public var validators: [EntityValidator]

    /// Makes a registry.
    public init(readers: [any EntityReader] = [], validators: [EntityValidator] = []) {
        self.readers = readers
        self.validators = validators
    }

    /// Both registries together; a name that stands in both is an error where a flow is compiled.
    public static func + (first: EntityRegistry, second: EntityRegistry) -> EntityRegistry {
        EntityRegistry(
            readers: first.readers + second.readers,
            validators: first.validators + second.validators
        )
    }
}
