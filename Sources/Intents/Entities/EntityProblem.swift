/// What is wrong with a value that a user wrote, in words for the user.
public struct EntityProblem: Error, Sendable, Hashable {
    /// The kind of a problem, such as `wrongCase`: the name that an entity file or a reading in Swift gives it.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name.
        public let rawValue: String

        /// Makes a code out of its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The text does not have the shape of its kind.
        public static let malformed = Code(rawValue: "malformed")
        /// There is no text, or a part that must be there is empty.
        public static let empty = Code(rawValue: "empty")
        /// A character stands where it may not.
        public static let forbiddenCharacter = Code(rawValue: "forbiddenCharacter")
        /// Upper case stands where only lower case may.
        public static let wrongCase = Code(rawValue: "wrongCase")
        /// It is the right thing in another notation, such as the address of a file.
        public static let wrongForm = Code(rawValue: "wrongForm")
        /// It is too short or too long.
        public static let wrongLength = Code(rawValue: "wrongLength")
        /// A name breaks the rule of its kind.
        public static let wrongName = Code(rawValue: "wrongName")
        /// A bracket or quote is not closed, or closes nothing.
        public static let unbalanced = Code(rawValue: "unbalanced")
        /// It looks like JSON and follows other rules, such as those of Python.
        public static let notJSON = Code(rawValue: "notJSON")

        /// The name.
        public var description: String { rawValue }
    }

    /// The kind of problem.
    public var code: Code
    /// One plain sentence for the user: what is wrong.
    ///
    /// May quote printable parts of the value.
    public var message: String
    /// A corrected form to offer; it is good by the same rules, and it is a guess: ask before using it.
    public var suggestion: String?

    /// A problem with all of its parts.
    public init(_ code: Code, _ message: String, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.suggestion = suggestion
    }
}
