internal import CPCRE2

extension Pattern {
    /// How a pattern reads and where it may match.
    ///
    /// UTF and Unicode properties are always on.
    ///
    /// - Note: Source: pcre2api(3) "Compile-time option bits".
    public struct Options: OptionSet, Sendable, Hashable {
        /// One bit an option; the numbers are this type's own and not those of PCRE2.
        public let rawValue: UInt32

        /// Options from bits; unknown bits do nothing.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// Letters match in either case, by Unicode's simple case folding: `ž` matches `Ž`, `ß` does not match `SS`.
        public static let caseless = Options(rawValue: 1 << 0)
        /// White space and `# comments` in the pattern mean nothing, so that a long pattern can be laid out.
        public static let extended = Options(rawValue: 1 << 1)
        /// A match must begin where the search begins and reach the end of the text.
        public static let anchoredWhole = Options(rawValue: 1 << 2)
        /// A dot matches a newline too.
        public static let dotAll = Options(rawValue: 1 << 3)
        /// `^` and `$` match at each line of the text, not only at its ends.
        public static let multiline = Options(rawValue: 1 << 4)
        /// The pattern is not translated to machine code.
        ///
        /// That is most of what a pattern costs that is matched a few times. The answers are the same.
        public static let interpreted = Options(rawValue: 1 << 5)
    }
}

extension Pattern.Options {
    /// The bits for `pcre2_compile`, with those that are always on.
    ///
    /// `\C` (one byte of a character) is refused, so no match can begin or end inside a UTF-8 sequence.
    var compileBits: UInt32 {
        var bits = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
        if contains(.caseless) { bits |= PCRE2_CASELESS }
        if contains(.extended) { bits |= PCRE2_EXTENDED }
        if contains(.anchoredWhole) { bits |= PCRE2_ANCHORED | PCRE2_ENDANCHORED }
        if contains(.dotAll) { bits |= PCRE2_DOTALL }
        if contains(.multiline) { bits |= PCRE2_MULTILINE }
        return bits
    }
}
