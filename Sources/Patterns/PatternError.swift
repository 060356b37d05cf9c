/// Why a pattern could not be compiled, or why a match could not be decided.
///
/// A limit that was reached is an error and never a miss: the caller cannot know whether the text would have matched,
/// so it has to say which of the two it makes of it. The text that was searched never appears in an error.
///
/// - Note: Source: pcre2api(3) "COMPILING A PATTERN" and "ERROR RETURNS FROM pcre2_match()".
public struct PatternError: Error, Sendable, Hashable {
    /// What kind of failure it is; the kinds may grow without breaking a caller.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String {
            case syntax, workLimitExceeded, depthLimitExceeded, heapLimitExceeded, invalidUTF8, invalidOffset
            case internalFailure
        }

        private let base: Base

        private init(_ base: Base) { self.base = base }

        /// The pattern does not compile; ``PatternError/offset`` is a byte offset in the pattern.
        public static let syntax = Code(.syntax)
        /// The match needed more backtracking than ``Pattern/Limits/matchLimit`` allows.
        public static let workLimitExceeded = Code(.workLimitExceeded)
        /// The match nested deeper than ``Pattern/Limits/depthLimit`` allows.
        public static let depthLimitExceeded = Code(.depthLimitExceeded)
        /// The match needed more memory than ``Pattern/Limits/heapLimitKiB`` allows.
        public static let heapLimitExceeded = Code(.heapLimitExceeded)
        /// The bytes searched are not UTF-8; ``PatternError/offset`` is that of the first bad sequence.
        public static let invalidUTF8 = Code(.invalidUTF8)
        /// The start offset is negative, past the end, or inside a character.
        public static let invalidOffset = Code(.invalidOffset)
        /// The engine ran out of memory or broke a promise of its manual.
        public static let internalFailure = Code(.internalFailure)

        /// The name of the kind, as it is written in code.
        public var description: String { base.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// What was wrong, in the words of PCRE2 where it has any.
    ///
    /// Holds nothing of the text that was searched.
    public var message: String
    /// Where: a byte offset in the pattern (for `syntax`) or in the text searched; `nil` where there is no place.
    public var offset: Int?
    /// The number that PCRE2 gave: positive from compiling, negative from matching, 0 where PCRE2 was not asked.
    public var engineCode: Int32

    /// An error with all of its parts.
    public init(code: Code, message: String, offset: Int? = nil, engineCode: Int32 = 0) {
        self.code = code
        self.message = message
        self.offset = offset
        self.engineCode = engineCode
    }
}

extension PatternError: CustomStringConvertible {
    /// One line: `syntax at byte 4: missing closing parenthesis`.
    public var description: String {
        if let offset { "\(code) at byte \(offset): \(message)" } else { "\(code): \(message)" }
    }
}
