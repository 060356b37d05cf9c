internal import CPCRE2

// SAFETY of the `unsafe` calls here: a `String` is valid UTF-8 by construction, which is what PCRE2_NO_UTF_CHECK needs,
// and `onBytes` keeps its bytes alive during the call.

/// The same searches in a `String`.
///
/// The text is not copied where it is native Swift text, and it is not checked again, as a `String` is always valid.
/// Offsets and ranges are UTF-8 byte offsets, not `String.Index` values: they cost nothing to make.
extension Pattern {
    /// Whether the pattern matches anywhere in the text; see ``matches(_:in:)-(Span<UInt8>,_)``.
    public func matches(_ text: String, in scratch: borrowing MatchScratch) throws(PatternError) -> Bool {
        try unsafe onBytes(of: text, scratch) { (bytes, scratch) throws(PatternError) -> Bool in
            unsafe try self.hasMatch(in: bytes, flags: PCRE2_NO_UTF_CHECK, scratch: scratch)
        }
    }

    /// The leftmost match at or after a UTF-8 byte offset.
    ///
    /// - Throws: ``PatternError``: a limit was reached, or `invalidOffset` for a bad `start`.
    public func firstMatch(
        in text: String,
        from start: Int = 0,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> PatternMatch? {
        try unsafe onBytes(of: text, scratch) { (bytes, scratch) throws(PatternError) -> PatternMatch? in
            unsafe try self.match(in: bytes, from: start, flags: PCRE2_NO_UTF_CHECK, scratch: scratch)
        }
    }

    /// All matches from left to right, none overlapping another; empty ones count as with Perl's `/g`.
    public func allMatches(
        in text: String,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> [PatternMatch] {
        try unsafe onBytes(of: text, scratch) { (bytes, scratch) throws(PatternError) -> [PatternMatch] in
            unsafe try self.allMatches(in: bytes, flags: PCRE2_NO_UTF_CHECK, scratch: scratch)
        }
    }

    /// Calls `body` with the range of each match that is not empty, from left to right: as
    /// ``allMatches(in:scratch:)``, without captures and without an allocation.
    ///
    /// - Throws: ``PatternError``; matches found before the error have been given.
    public func forEachRange(
        in text: String,
        scratch: borrowing MatchScratch,
        _ body: (Range<Int>) -> Void
    ) throws(PatternError) {
        try unsafe onBytes(of: text, scratch) { (bytes, scratch) throws(PatternError) in
            unsafe try self.forEachRange(in: bytes, flags: PCRE2_NO_UTF_CHECK, scratch: scratch, body)
        }
    }

    /// The range of the leftmost match, without its captures and without an allocation.
    public func firstRange(in text: String, scratch: borrowing MatchScratch) throws(PatternError) -> Range<Int>? {
        try unsafe onBytes(of: text, scratch) { (bytes, scratch) throws(PatternError) -> Range<Int>? in
            unsafe try self.range(in: bytes, from: 0, flags: PCRE2_NO_UTF_CHECK, scratch: scratch)
        }
    }

    /// Whether the pattern matches anywhere in the text, with memory of its own (about 50 ns more).
    public func matches(_ text: String) throws(PatternError) -> Bool {
        try matches(text, in: MatchScratch(groupCapacity: 0))
    }

    /// The leftmost match at or after a UTF-8 byte offset, with memory of its own.
    public func firstMatch(in text: String, from start: Int = 0) throws(PatternError) -> PatternMatch? {
        try firstMatch(in: text, from: start, scratch: MatchScratch(groupCapacity: groupNames.count))
    }

    /// All matches from left to right, with memory of its own.
    public func allMatches(in text: String) throws(PatternError) -> [PatternMatch] {
        try allMatches(in: text, scratch: MatchScratch(groupCapacity: groupNames.count))
    }

    /// Lends the bytes of a text.
    ///
    /// `withUTF8` would widen the error to `any Error`, so it carries a `Result`.
    private func onBytes<Answer>(
        of text: String,
        _ scratch: borrowing MatchScratch,
        _ body: (UnsafeBufferPointer<UInt8>, borrowing MatchScratch) throws(PatternError) -> Answer
    ) throws(PatternError) -> Answer {
        var text = text
        // SAFETY: the bytes live for the closure, and `body` does not let them out.
        let result: Result<Answer, PatternError> = text.withUTF8 { bytes in
            do throws(PatternError) {
                return .success(unsafe try body(bytes, scratch))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
