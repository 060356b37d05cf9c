extension Pattern {
    /// How much one match may cost before it is an error.
    ///
    /// Every limit counts steps or bytes and none counts time, so the same pattern and text give the same answer on a
    /// slow machine. On 40 letters `^(a+)+$` costs about half a millisecond under the default limit.
    ///
    /// - Note: Source: pcre2api(3) "The match context". JIT code counts the match limit in its own way and does not use
    ///   the depth and heap limits (pcre2jit(3)); its own memory is a 32 KiB stack.
    public struct Limits: Sendable, Hashable {
        /// Backtracking steps at each place where a match may begin.
        public var matchLimit: UInt32
        /// Backtracking points that may be open at once, in the interpreter.
        public var depthLimit: UInt32
        /// Memory for backtracking in KiB, in the interpreter.
        ///
        /// 0 makes every match there an error.
        public var heapLimitKiB: UInt32

        /// Limits; the defaults suit a chat reply of a few KiB.
        public init(matchLimit: UInt32 = 50_000, depthLimit: UInt32 = 1_000, heapLimitKiB: UInt32 = 1_024) {
            self.matchLimit = matchLimit
            self.depthLimit = depthLimit
            self.heapLimitKiB = heapLimitKiB
        }
    }
}
