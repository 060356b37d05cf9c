internal import CPCRE2

/// The memory that matching needs and that must not be shared: one per classification, used for many patterns.
///
/// A ``Pattern`` is shared by all sessions; what changes during a match is kept here, so that matching takes no lock.
/// Making one costs two small allocations, which is cheaper than a pool under a mutex; make it, use it, let it go.
/// It belongs to one task: it can be neither copied nor sent.
///
/// - Note: Source: pcre2api(3) "MULTITHREADING", "The match data block" and "The match context".
@safe
public struct MatchScratch: ~Copyable {
    /// How many capture groups fit, the whole match not counted.
    public let groupCapacity: Int
    // Optional because an allocation can fail; a match then throws instead of trapping here.
    let data: OpaquePointer?
    let context: OpaquePointer?

    /// Room for matching.
    ///
    /// - Parameter groupCapacity: the number of capture groups, 0...65_534 (others are brought into that range). A
    ///   pattern with more groups still matches correctly; it then pays for a larger block of its own.
    public init(groupCapacity: Int = 32) {
        // One pair of offsets more than groups: pair 0 is the whole match. pcre2_match_data_create(3) takes at most
        // 65535 pairs.
        let capacity = min(max(groupCapacity, 0), 65_534)
        self.groupCapacity = capacity
        // SAFETY: both calls give a block of its own or null; `deinit` frees each once, as the type cannot be copied.
        unsafe data = pcre2_match_data_create_8(UInt32(capacity) + 1, nil)
        unsafe context = pcre2_match_context_create_8(nil)
    }

    deinit {
        // Both accept null and then do nothing: pcre2_match_data_free(3), pcre2_match_context_free(3).
        unsafe pcre2_match_data_free_8(data)
        unsafe pcre2_match_context_free_8(context)
    }
}

@available(*, unavailable)
extension MatchScratch: Sendable {}
