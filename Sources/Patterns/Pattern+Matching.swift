internal import CPCRE2

// SAFETY of the `unsafe` calls in this file: the bytes belong to a span or string that the public caller holds during
// the whole call; `code` is only read; `data` and `context` belong to a scratch that this task alone holds; PCRE2
// keeps the pointer to the bytes in `data`, and nothing here reads it after the call.

extension Pattern {
    /// Whether the pattern matches anywhere in the text (with ``Options/anchoredWhole``: all of it).
    ///
    /// - Parameters:
    ///   - text: UTF-8 bytes; checked, so any bytes may be given. May be empty.
    ///   - scratch: memory for the match; what an earlier match left there does not matter.
    /// - Returns: `true` if there is a match.
    /// - Throws: ``PatternError``: a limit was reached, or `invalidUTF8` with the offset of the bad sequence.
    /// - Complexity: usually O(n), n = bytes of `text`; bounded by ``limits``. Machine code allocates nothing.
    public func matches(_ text: Span<UInt8>, in scratch: borrowing MatchScratch) throws(PatternError) -> Bool {
        try unsafe text.withUnsafeBufferPointer { (bytes) throws(PatternError) -> Bool in
            unsafe try hasMatch(in: bytes, flags: 0, scratch: scratch)
        }
    }

    /// The leftmost match at or after an offset.
    ///
    /// Starting later is not the same as searching a shorter text: lookbehind and `\b` see what stands before `start`.
    ///
    /// - Parameters:
    ///   - text: UTF-8 bytes; the part that the search can look at is checked. May be empty.
    ///   - start: a byte offset, 0...n, at the start of a character or at the end.
    ///   - scratch: memory for the match.
    /// - Returns: the match with ranges counted from the start of `text`, or `nil` if nothing matches.
    /// - Throws: ``PatternError``: a limit was reached, `invalidUTF8`, or `invalidOffset` for a bad `start`.
    /// - Complexity: as ``matches(_:in:)``, and one allocation for the groups, if there are any.
    public func firstMatch(
        in text: Span<UInt8>,
        from start: Int = 0,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> PatternMatch? {
        try unsafe text.withUnsafeBufferPointer { (bytes) throws(PatternError) -> PatternMatch? in
            unsafe try match(in: bytes, from: start, flags: 0, scratch: scratch)
        }
    }

    /// All matches from left to right, none overlapping another.
    ///
    /// Empty matches count, as with Perl's `/g`: after one, the next match may begin at the same place only if it is
    /// not empty. So `x*` in `axb` matches at 0..<0, 1..<2, 2..<2 and 3..<3. No character is ever split.
    ///
    /// - Parameters:
    ///   - text: UTF-8 bytes; checked once. May be empty.
    ///   - scratch: memory for the matches.
    /// - Returns: the matches, leftmost first; empty if nothing matches.
    /// - Throws: ``PatternError`` as ``firstMatch(in:from:scratch:)``; matches found before the error are not given.
    /// - Complexity: at most n + 1 searches, n = bytes of `text`.
    public func allMatches(
        in text: Span<UInt8>,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> [PatternMatch] {
        try unsafe text.withUnsafeBufferPointer { (bytes) throws(PatternError) -> [PatternMatch] in
            unsafe try allMatches(in: bytes, flags: 0, scratch: scratch)
        }
    }
}

extension Pattern {
    /// ``allMatches(in:scratch:)`` on bytes whose owner keeps them alive; `flags` are bits for `pcre2_match`.
    func allMatches(
        in bytes: UnsafeBufferPointer<UInt8>,
        flags: UInt32,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> [PatternMatch] {
        var matches: [PatternMatch] = []
        var start = 0
        var flags = flags
        while let match = unsafe try match(in: bytes, from: start, flags: flags, scratch: scratch) {
            // The first search has checked all of the bytes, as it started at 0.
            flags |= PCRE2_NO_UTF_CHECK
            if match.range.upperBound > start || (match.range.isEmpty && flags & PCRE2_NOTEMPTY_ATSTART == 0) {
                matches.append(match)
                start = match.range.upperBound
            } else {
                // `\K` can report a match that ends where the search began; without a step the loop would stand still.
                guard start < bytes.count else { break }
                repeat { start += 1 } while unsafe start < bytes.count && bytes[start].isUTF8Continuation
            }
            if options.contains(.anchoredWhole) { break }
            // pcre2api(3) "The string to be matched by pcre2_match()": after an empty match look for one that is not
            // empty here, or for any further on. NOTEMPTY_ATSTART does both in one search, and JIT knows it.
            if match.range.isEmpty && match.range.upperBound == start {
                flags |= PCRE2_NOTEMPTY_ATSTART
            } else {
                flags &= ~PCRE2_NOTEMPTY_ATSTART
            }
        }
        return matches
    }

    /// The ranges of all matches that are not empty, leftmost first, without captures: nothing is allocated.
    ///
    /// pcre2_match(3), `PCRE2_NOTEMPTY`.
    func forEachRange(
        in bytes: UnsafeBufferPointer<UInt8>,
        flags: UInt32,
        scratch: borrowing MatchScratch,
        _ body: (Range<Int>) -> Void
    ) throws(PatternError) {
        var start = 0
        var flags = flags | PCRE2_NOTEMPTY
        while start < bytes.count,
            let range = unsafe try range(in: bytes, from: start, flags: flags, scratch: scratch)
        {
            // The first search has checked all of the bytes, as it started at 0.
            flags |= PCRE2_NO_UTF_CHECK
            body(range)
            // `\K` can report a match that ends where the search began; without a step the loop would stand still.
            if range.upperBound > start {
                start = range.upperBound
            } else {
                repeat { start += 1 } while unsafe start < bytes.count && bytes[start].isUTF8Continuation
            }
            if options.contains(.anchoredWhole) { break }
        }
    }

    /// One search of which only the range is wanted, so that a scratch of any capacity will do.
    func range(
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        flags: UInt32,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> Range<Int>? {
        if usesJIT {
            switch unsafe try run(on: bytes, from: start, flags: flags, in: scratch) {
            case .match: return try wholeRange(in: scratch)
            case .noMatch: return nil
            case .needsInterpreter: break
            }
        }
        let own = MatchScratch(groupCapacity: 0)
        guard unsafe try interpretIfNeeded(on: bytes, from: start, flags: flags, in: own) else { return nil }
        return try wholeRange(in: own)
    }

    /// One search whose captures are wanted.
    func match(
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        flags: UInt32,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> PatternMatch? {
        // Too small a block would cut the captures short without an error.
        if usesJIT && groupNames.count <= scratch.groupCapacity {
            switch unsafe try run(on: bytes, from: start, flags: flags, in: scratch) {
            case .match: return try captured(in: scratch)
            case .noMatch: return nil
            case .needsInterpreter: break
            }
        }
        let own = MatchScratch(groupCapacity: groupNames.count)
        guard unsafe try interpretIfNeeded(on: bytes, from: start, flags: flags, in: own) else { return nil }
        return try captured(in: own)
    }

    /// One search of which only the outcome is wanted, so that a scratch of any capacity will do.
    func hasMatch(
        in bytes: UnsafeBufferPointer<UInt8>,
        flags: UInt32,
        scratch: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        if usesJIT {
            switch unsafe try run(on: bytes, from: 0, flags: flags, in: scratch) {
            case .match: return true
            case .noMatch: return false
            case .needsInterpreter: break
            }
        }
        return unsafe try interpretIfNeeded(on: bytes, from: 0, flags: flags, in: MatchScratch(groupCapacity: 0))
    }

    /// Searches in a fresh scratch, by the interpreter where machine code cannot.
    ///
    /// The interpreter never works in a scratch that was used before: memory for backtracking that an earlier pattern
    /// left there would not count against the heap limit, and the answer would depend on what was matched before.
    private func interpretIfNeeded(
        on bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        flags: UInt32,
        in fresh: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        var outcome = unsafe try run(on: bytes, from: start, flags: flags, in: fresh)
        if outcome == .needsInterpreter {
            outcome = unsafe try run(on: bytes, from: start, flags: flags | PCRE2_NO_JIT, in: fresh)
        }
        return outcome == .match
    }

    /// What one call of `pcre2_match` came to, other than an error.
    private enum Outcome {
        case match, noMatch
        /// pcre2jit(3): machine code has 32 KiB of stack and the text needs more.
        ///
        /// The interpreter then decides, whose memory the depth and heap limits bound: a match, a miss or an error.
        case needsInterpreter
    }

    /// Calls pcre2_match(3); after a match its captures are in `scratch`.
    private func run(
        on bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        flags: UInt32,
        in scratch: borrowing MatchScratch
    ) throws(PatternError) -> Outcome {
        guard let data = unsafe scratch.data, let context = unsafe scratch.context else { throw .outOfMemory }
        // Checked here because PCRE2 does not look at the offset when it is told that the text is valid.
        guard (0...bytes.count).contains(start) else {
            throw PatternError(matching: PCRE2_ERROR_BADOFFSET, offset: start)
        }
        if start > 0, start < bytes.count, unsafe bytes[start].isUTF8Continuation {
            throw PatternError(matching: PCRE2_ERROR_BADUTFOFFSET, offset: start)
        }
        // pcre2_set_match_limit(3), pcre2_set_depth_limit(3), pcre2_set_heap_limit(3): three stores, always 0.
        unsafe pcre2_set_match_limit_8(context, limits.matchLimit)
        unsafe pcre2_set_depth_limit_8(context, limits.depthLimit)
        unsafe pcre2_set_heap_limit_8(context, limits.heapLimitKiB)
        let result = unsafe pcre2_match_8(code, bytes.baseAddress, bytes.count, start, flags, data, context)
        if result >= 0 { return .match }
        if result == PCRE2_ERROR_NOMATCH { return .noMatch }
        if result == PCRE2_ERROR_JIT_STACKLIMIT { return .needsInterpreter }
        // pcre2_get_startchar(3): after a failed UTF check, the offset of the bad character.
        let isUTF8Error = (PCRE2_ERROR_UTF8_ERR21...PCRE2_ERROR_UTF8_ERR1).contains(result)
        let offset = unsafe isUTF8Error ? Int(pcre2_get_startchar_8(data)) : start
        throw PatternError(matching: result, offset: offset)
    }

    /// Reads the offsets and the mark of a successful match.
    ///
    /// pcre2_get_ovector_pointer(3), pcre2_get_mark(3).
    private func captured(in scratch: borrowing MatchScratch) throws(PatternError) -> PatternMatch {
        guard let data = unsafe scratch.data, let pairs = unsafe pcre2_get_ovector_pointer_8(data) else {
            throw .outOfMemory
        }
        // SAFETY: the block has a pair for the match and one for each group (`match` sees to it); after a match PCRE2
        // has set all of them, those of unused groups to PCRE2_UNSET, which reads as -1.
        let offsets = unsafe UnsafeBufferPointer(start: pairs, count: 2 * (groupNames.count + 1))
        guard let range = unsafe Self.range(from: offsets[0], to: offsets[1]) else {
            throw PatternError(code: .internalFailure, message: "\\K put the start of the match behind its end")
        }
        var groups: [Range<Int>?] = []
        groups.reserveCapacity(groupNames.count)
        for number in 0..<groupNames.count {
            unsafe groups.append(Self.range(from: offsets[2 * number + 2], to: offsets[2 * number + 3]))
        }
        return unsafe PatternMatch(range: range, groups: groups, groupNames: groupNames, mark: Self.mark(in: data))
    }

    /// The range of a successful match; there is room for it in every block.
    private func wholeRange(in scratch: borrowing MatchScratch) throws(PatternError) -> Range<Int> {
        guard let data = unsafe scratch.data, let pairs = unsafe pcre2_get_ovector_pointer_8(data) else {
            throw .outOfMemory
        }
        // SAFETY: pcre2_match_data_create(3): a block has at least one pair, and a match has set it.
        guard let range = unsafe Self.range(from: pairs[0], to: pairs[1]) else {
            throw PatternError(code: .internalFailure, message: "\\K put the start of the match behind its end")
        }
        return range
    }

    private static func range(from lower: Int, to upper: Int) -> Range<Int>? {
        lower >= 0 && upper >= lower ? lower..<upper : nil
    }

    private static func mark(in data: OpaquePointer) -> String? {
        guard let mark = unsafe pcre2_get_mark_8(data) else { return nil }
        // SAFETY: pcre2api(3) "OTHER INFORMATION ABOUT A MATCH": the length stands in the byte before the name.
        let length = unsafe Int(mark[-1])
        return unsafe String(decoding: UnsafeBufferPointer(start: mark, count: length), as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether the byte can stand only inside a UTF-8 sequence.
    fileprivate var isUTF8Continuation: Bool { self & 0b1100_0000 == 0b1000_0000 }
}
