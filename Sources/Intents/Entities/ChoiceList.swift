/// A numbered list of options that was shown to a user, and the reading of replies to it.
///
/// ```swift
/// let judges = ChoiceList(options: [
///     .init(id: "haiku", name: "Claude 3 Haiku"), .init(id: "nova", name: "Nova Pro"),
/// ])
/// judges.one(in: "the second one")      // .exact(index: 1, range: 4..<10)
/// judges.one(in: "Claude 3 Haiku")      // .exact(index: 0, range: 0..<14); the 3 is no option number
/// judges.one(in: "hiaku")               // .suggestion([0])
/// ```
///
/// Nothing that the user did not clearly say is chosen: part of a name, a misspelling, a question and a doubt are
/// suggestions to confirm. Words and grammar are English.
public struct ChoiceList: Sendable, Hashable {
    /// One option.
    ///
    /// Options are numbered from 1 as users see them, and from 0 in this code.
    public struct Option: Sendable, Hashable {
        /// The name that data and code use.
        public var id: String
        /// The name that users see.
        public var name: String
        /// Other names.
        ///
        /// One that several options share names them all ("safety metrics").
        public var aliases: [String]
        /// Whether it is chosen already, which "add" and "without" start from where another question is in hand.
        public var isChosen = false

        /// An option with all of its names.
        public init(id: String, name: String, aliases: [String] = []) {
            self.id = id
            self.name = name
            self.aliases = aliases
        }
    }

    /// The options in the order they were shown.
    public let options: [Option]
    let names: ChoiceNames

    /// A list in the order it is shown.
    public init(options: [Option]) {
        self.options = options
        names = ChoiceNames(options)
    }

    /// Reads a reply that chooses one option.
    ///
    /// - Parameter text: a normalised reply.
    /// - Returns: what it chose, by number ("2", "option two"), ordinal ("the last one"), id or name.
    /// - Complexity: O(words of the text · words of all names).
    public func one(in text: String) -> ChoiceOutcome {
        ChoiceReading(self, ChoiceWords(text)).outcome()
    }

    /// Reads a reply that chooses several options, or changes what is chosen.
    ///
    /// "1, 3 and 5", "all but the last", "only faithfulness" and "none" choose anew. "add 4", "also harmfulness",
    /// "without refusal", "remove 2 and add 5" and "replace 2 with 5" change `current`.
    ///
    /// - Parameters:
    ///   - text: a normalised reply.
    ///   - current: the positions chosen so far; positions that do not exist are left out.
    /// - Returns: the new selection, and the words that were not understood. Use the selection only if it
    ///   ``ChoicesOutcome/isDecided``.
    /// - Complexity: O(words of the text · words of all names).
    public func several(in text: String, current: [Int] = []) -> ChoicesOutcome {
        ChoiceSetReading(self, ChoiceWords(text), current: current).outcome()
    }
}

/// What a reply chose from a list.
public enum ChoiceOutcome: Sendable, Hashable {
    /// One option, clearly; `range` is the half-open UTF-8 byte range of the words that named it.
    case exact(index: Int, range: Range<Int>)
    /// One option, probably: part of its name, a misspelling, or it was asked about. To be confirmed.
    case suggestion([Int])
    /// Several options, of which the user has to choose.
    case ambiguous([Int])
    /// A number that no option has; as the user counts, from 1.
    case outOfRange(number: Int)
    /// Nothing that has to do with the list.
    case none
}

/// What a reply made of a selection.
public struct ChoicesOutcome: Sendable, Hashable {
    /// Words that are no option and have no part in choosing.
    public struct Unknown: Sendable, Hashable {
        /// The words in lower case with single spaces between them, for a message; `range` has them as written.
        public var text: String
        /// Where they stand: a half-open UTF-8 byte range.
        public var range: Range<Int>
        /// What they may have meant, as positions in the list; empty if nothing is near.
        public var suggestions: [Int]

        /// Unknown words with all of their parts.
        public init(text: String, range: Range<Int>, suggestions: [Int]) {
            self.text = text
            self.range = range
            self.suggestions = suggestions
        }
    }

    /// The positions chosen after the reply, ascending, each once; `nil` if the reply chose and changed nothing.
    public var selection: [Int]?
    /// What was not understood.
    public var unknown: [Unknown]
    /// Numbers that no option has, as the user counts.
    public var outOfRange: [Int]
    /// Whether it asks about options ("do I need 4?") and not for them ("can you add 4?").
    public var isQuestion: Bool

    /// Whether the reply is a choice and was understood to the last word.
    public var isDecided: Bool { selection != nil && unknown.isEmpty && outOfRange.isEmpty && !isQuestion }

    /// An outcome with all of its parts.
    public init(selection: [Int]?, unknown: [Unknown] = [], outOfRange: [Int] = [], isQuestion: Bool = false) {
        self.selection = selection
        self.unknown = unknown
        self.outOfRange = outOfRange
        self.isQuestion = isQuestion
    }
}
