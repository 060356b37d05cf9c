/// Something that was found in a reply, with what became of it.
public struct Finding: Sendable, Hashable {
    /// What was found.
    public enum Kind: Sendable, Hashable {
        /// A command, by its intent.
        case command(String)
        /// A way to correct a slot, by the slot's place in the flow's table, and its new value where it gives one.
        case correction(slot: Int, value: Value?)
        /// A topic, by its place in the flow's table.
        case topic(Int)
        /// A sign of yes, no or doubt.
        case sign(Polarity.Sign)
        /// A value of the kind that is asked for.
        case value(Value)
        /// Something that was meant as one: what is wrong with it, and a corrected form where one can be computed.
        case nearMiss(message: String, suggestion: Value?)
        /// Options that come close.
        case suggestion([ChoiceOption])
        /// The answer to another question: the kind of thing it looks like.
        case otherAnswer(String)
    }

    /// What became of a finding.
    public enum Outcome: Sendable, Hashable {
        /// It decided.
        case decided
        /// It took part: one sign or one value among several.
        case counted
        /// It lost by this principle.
        case lost(Principle)
        /// What decided comes before it in the order of meanings.
        case outranked
        /// It says nothing here.
        case excluded(Reason)
    }

    /// Why a finding says nothing here.
    public enum Reason: Sendable, Hashable {
        /// The topic is limited to other steps.
        case outOfScope
        /// What follows the slot's name is nothing that the slot can hold; these words.
        case noValue(String)
    }

    /// A named part of a pattern that took part in the match.
    public struct Capture: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Half-open UTF-8 byte range of what was typed.
        public var range: Range<Int>
        /// What was typed there.
        public var text: String
    }

    /// What was found.
    public var kind: Kind
    /// The rule that found it; for values the kind of thing, by its name in the language of flows, such as `s3_uri`.
    public var source: String
    /// Half-open UTF-8 byte range of what was typed.
    public var range: Range<Int>
    /// What was typed there.
    public var text: String
    /// The named parts of the rule's pattern, in the order of the pattern.
    public var captures: [Capture] = []
    /// What became of it.
    public var outcome: Outcome
}
