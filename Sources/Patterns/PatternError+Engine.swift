internal import CPCRE2

extension PatternError {
    /// The error for a positive number from `pcre2_compile`.
    ///
    /// - Parameters:
    ///   - engineCode: the error number that `pcre2_compile` stored.
    ///   - offset: the code unit offset it stored with the number, which in the 8-bit library is a byte offset.
    init(compiling engineCode: Int32, offset: Int) {
        // pcre2api(3) "COMPILING A PATTERN": 121 is the one number that blames memory and not the pattern.
        self.init(
            code: engineCode == PCRE2_ERROR_HEAP_FAILED ? .internalFailure : .syntax,
            message: Self.engineMessage(for: engineCode),
            offset: offset,
            engineCode: engineCode
        )
    }

    /// The error for a negative number from `pcre2_match` other than "no match".
    ///
    /// - Parameters:
    ///   - engineCode: what `pcre2_match` returned.
    ///   - offset: for a UTF-8 error the byte offset of the bad sequence, else the start offset of the search.
    init(matching engineCode: Int32, offset: Int) {
        let (code, hasOffset): (Code, Bool) =
            switch engineCode {
            case PCRE2_ERROR_UTF8_ERR21...PCRE2_ERROR_UTF8_ERR1: (.invalidUTF8, true)
            case PCRE2_ERROR_BADOFFSET, PCRE2_ERROR_BADUTFOFFSET: (.invalidOffset, true)
            case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_JIT_STACKLIMIT: (.workLimitExceeded, false)
            case PCRE2_ERROR_DEPTHLIMIT: (.depthLimitExceeded, false)
            case PCRE2_ERROR_HEAPLIMIT: (.heapLimitExceeded, false)
            default: (.internalFailure, false)
            }
        self.init(
            code: code,
            message: Self.engineMessage(for: engineCode),
            offset: hasOffset ? offset : nil,
            engineCode: engineCode
        )
    }

    /// The error for memory that could not be had.
    static let outOfMemory = PatternError(matching: PCRE2_ERROR_NOMEMORY, offset: 0)

    /// PCRE2's own words for one of its numbers.
    ///
    /// pcre2api(3) "OBTAINING A TEXTUAL ERROR MESSAGE".
    private static func engineMessage(for engineCode: Int32) -> String {
        // A buffer that is too small gives a cut message and a negative length; the longest one is below 130 bytes.
        let capacity = 256
        // SAFETY: PCRE2 writes at most `capacity` bytes and answers with how many it wrote before the zero.
        let message = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let length = unsafe pcre2_get_error_message_8(engineCode, buffer.baseAddress, capacity)
            count = max(0, Int(length))
        }
        return message.isEmpty ? "PCRE2 error \(engineCode)" : String(decoding: message, as: UTF8.self)
    }
}
