/// The signs of a reply, as they were weighed.
public struct SignTable: Sendable, Hashable {
    /// A sign that was found.
    public struct Entry: Sendable, Hashable {
        /// What it signals.
        public var sign: Polarity.Sign
        /// The rule that found it.
        public var rule: String
        /// Half-open UTF-8 byte range of what was typed.
        public var range: Range<Int>
        /// What was typed there.
        public var text: String
        /// The rule of a longer sign that overlaps it and counts instead; `nil` where it counts itself.
        public var coveredBy: String?
    }

    /// A word that no sign accounts for: it keeps a yes from being plain.
    public struct Residue: Sendable, Hashable {
        /// Half-open UTF-8 byte range of what was typed.
        public var range: Range<Int>
        /// The word.
        public var text: String
    }

    /// All signs in the order of the reply.
    public var entries: [Entry]
    /// What those that count add up to.
    public var weight: Polarity.Weight
    /// The words that no sign accounts for, in the order of the reply.
    public var residue: [Residue]
}
