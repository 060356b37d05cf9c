/// What is wrong with a value that a user wrote, in words for the user.
public struct EntityProblem: Error, Sendable, Hashable {
    /// What kind of problem it is; the kinds may grow without breaking a caller.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String {
            case malformed, empty, wrongFieldCount, forbiddenCharacter, wrongCase, wrongForm, wrongLength
            case unknownPartition, wrongAccount, wrongRegion, unknownRegion, pseudoRegion
            case wrongBucket, reservedName, notForOutput, wrongName, wrongVersion, wrongResource, unbalanced, notJSON
        }

        private let base: Base

        private init(_ base: Base) { self.base = base }

        /// The text does not have the shape of its kind.
        public static let malformed = Code(.malformed)
        /// There is no text, or a part that must be there is empty.
        public static let empty = Code(.empty)
        /// There are too few parts, or too many.
        public static let wrongFieldCount = Code(.wrongFieldCount)
        /// A character stands where it may not.
        public static let forbiddenCharacter = Code(.forbiddenCharacter)
        /// Upper case stands where only lower case may.
        public static let wrongCase = Code(.wrongCase)
        /// It is the right thing in another notation, such as the web address of an S3 object.
        public static let wrongForm = Code(.wrongForm)
        /// It is too short or too long.
        public static let wrongLength = Code(.wrongLength)
        /// The partition of an ARN does not exist.
        public static let unknownPartition = Code(.unknownPartition)
        /// The account ID of an ARN is not 12 digits.
        public static let wrongAccount = Code(.wrongAccount)
        /// The region is missing, is no region code, or is not in the partition that stands beside it.
        public static let wrongRegion = Code(.wrongRegion)
        /// It has the form of a region code and is not in the table.
        public static let unknownRegion = Code(.unknownRegion)
        /// It is a name such as `aws-global`, which stands for no place.
        public static let pseudoRegion = Code(.pseudoRegion)
        /// The bucket name breaks a rule of S3.
        public static let wrongBucket = Code(.wrongBucket)
        /// The bucket name can be read and could not be created today; a warning.
        public static let reservedName = Code(.reservedName)
        /// An S3 URI is good for reading, and Bedrock refuses it as an output location.
        public static let notForOutput = Code(.notForOutput)
        /// A name breaks the rule of its kind.
        public static let wrongName = Code(.wrongName)
        /// A version is not a number from 1.
        public static let wrongVersion = Code(.wrongVersion)
        /// The type of a resource is misspelt.
        public static let wrongResource = Code(.wrongResource)
        /// A bracket or quote is not closed, or closes nothing.
        public static let unbalanced = Code(.unbalanced)
        /// It looks like JSON and follows other rules, such as those of Python.
        public static let notJSON = Code(.notJSON)

        /// The name of the kind, as it is written in code.
        public var description: String { base.rawValue }
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
