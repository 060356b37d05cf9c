/// A type of value that a slot can hold, and the way it is found in a reply.
///
/// The types of general use are in this module: text, number, boolean, choice, choices, path and JSON. A
/// ``DefinedEntityType`` is made of an entity file, and so needs no Swift. The rest of the engine knows a type only by what
/// it says here.
public protocol EntityType: Sendable {
    /// The word for it in flow files, in snake_case, such as `order_number`.
    var name: String { get }
    /// One value of it in a message, with an article, such as `an order number`.
    var noun: String { get }
    /// The settings that its slot gives it, such as a limit; empty where there are none.
    ///
    /// Two types are the same if their names and settings are.
    var settings: String { get }
    /// How the interpreter treats replies to a question for it.
    var role: EntityRole { get }
    /// The prompt that says what is expected, for steps that have no hint of their own.
    var expectation: EntityExpectation { get }
    /// Whether at least some of its values show by themselves what they are, so that they can be told without being
    /// asked for.
    var isSelfIdentifying: Bool { get }
    /// Whether any single word could be a value, as it could be the name of a project.
    ///
    /// "yes", "no idea" and questions are answers first, then.
    var acceptsAnyWord: Bool { get }
    /// What its self-identifying values have in common byte by byte; empty where nothing can be said.
    var traces: [ByteTrace] { get }
    /// The noun for a value that was given in place of a free text; `nil` where free texts may be such values.
    var misplacedNoun: String? { get }
    /// Words for values, for hints at misspellings.
    var spellings: [String] { get }
    /// The most UTF-8 bytes that a reply to a question for it may have; `nil` where the usual limit holds.
    var replyLimit: Int? { get }

    /// Reads the value that a reply gives.
    ///
    /// - Parameters:
    ///   - utterance: The reply.
    ///   - question: The question it answers, with its options.
    /// - Returns: The value with its range, the near miss with its message and corrected form, or nothing.
    /// - Complexity: O(n), n = bytes of the reply; for choices also times the words of all options.
    func read(_ utterance: Utterance, answering question: Question) -> Recognition

    /// Finds all values and near misses in a reply, in its order, for explanations.
    ///
    /// Types that read a reply as a whole (texts, choices, numbers) give none.
    func occurrences(in utterance: Utterance) -> [EntityOccurrence]

    /// Says what keeps a single word from being a value; `nil` where it is one, or where nothing can be said.
    func problem(with word: String) -> EntityProblem?

    /// Values in a reply that a chat client may have changed, each with a message that asks about it.
    func doubts(in utterance: Utterance) -> [Value: String]

    /// Whether a value shows by itself what it is, as it was written: `us-west-2` does, "Oregon" doesn't.
    func isSelfIdentifying(_ value: Value, writtenAs text: String) -> Bool

    /// Whether a single word is a value, or is meant as one, and nothing else.
    func isWhole(_ word: String) -> Bool

    /// Whether a value that a terminal or a chat client broke at the end of a line goes on in the next one.
    ///
    /// - Parameters:
    ///   - line: The line, or its last word.
    ///   - next: What the next line begins with.
    /// - Returns: Whether both are one value.
    func goesOn(after line: String, in next: LineStart) -> Bool

    /// The order of two values; `nil` where they can only be equal or not.
    func order(of first: Value, and second: Value) -> ValueOrder?
}

/// How the interpreter treats the replies to a question for an entity type.
public enum EntityRole: Sendable, Hashable {
    /// A value is looked for in the reply, with other words around it.
    case value
    /// The reply is the value, as typed, where nothing else claims it.
    case text
    /// Yes and no are the values.
    case flag
    /// One of the options is the value.
    case choice
    /// Some of the options are the value.
    case choices
    /// A block of text such as JSON, which is never cut into clauses.
    case block
}

/// The order of two values.
public enum ValueOrder: Sendable, Hashable {
    /// The first comes before the second.
    case ascending
    /// Neither comes before the other.
    case same
    /// The first comes after the second.
    case descending
}

/// The prompt that says what an entity type expects.
public struct EntityExpectation: Sendable, Hashable {
    /// The name of the prompt, such as `system_expected_number`.
    public var prompt: String
    /// Values that the prompt can name beside slots.
    public var values: [String: Value]

    /// Makes an expectation.
    public init(_ prompt: String, _ values: [String: Value] = [:]) {
        self.prompt = prompt
        self.values = values
    }
}

extension EntityType {
    /// No settings.
    public var settings: String { "" }
    /// A value that is looked for in the reply.
    public var role: EntityRole { .value }
    /// No value shows by itself what it is.
    public var isSelfIdentifying: Bool { false }
    /// Not every word could be a value.
    public var acceptsAnyWord: Bool { false }
    /// Nothing is known about the bytes of values.
    public var traces: [ByteTrace] { [] }
    /// Free texts may be such values.
    public var misplacedNoun: String? { nil }
    /// No words are known for values.
    public var spellings: [String] { [] }
    /// Replies may be as long as they usually may.
    public var replyLimit: Int? { nil }

    /// Nothing, as for types that read a reply as a whole.
    public func occurrences(in utterance: Utterance) -> [EntityOccurrence] { [] }
    /// Nothing can be said.
    public func problem(with word: String) -> EntityProblem? { nil }
    /// No value is in doubt.
    public func doubts(in utterance: Utterance) -> [Value: String] { [:] }
    /// All values show what they are, or none does.
    public func isSelfIdentifying(_ value: Value, writtenAs text: String) -> Bool { isSelfIdentifying }
    /// Whether the first value or near miss in it takes nine tenths of its bytes.
    public func isWhole(_ word: String) -> Bool { occurrences(in: Utterance(word)).cover(word) }
    /// No value is put together again.
    public func goesOn(after line: String, in next: LineStart) -> Bool { false }
    /// Values can only be equal or not.
    public func order(of first: Value, and second: Value) -> ValueOrder? { nil }
}

extension [EntityOccurrence] {
    /// Whether the first of them is nearly all of a word.
    package func cover(_ word: String) -> Bool {
        first.map { $0.range.count * 10 >= word.utf8.count * 9 } ?? false
    }
}
