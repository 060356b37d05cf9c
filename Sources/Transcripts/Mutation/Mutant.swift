public import Diagnostics
internal import Dialogue
internal import Intents

/// A flow with one small mistake in it, on purpose: a good suite of transcripts notices.
public struct Mutant: Sendable {
    /// What kind of mistake it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// A pattern has lost one of its alternatives.
        case dropAlternative = "drop alternative"
        /// A pattern has lost an anchor or a word boundary.
        case dropAnchor = "drop anchor"
        /// A pattern has lost something that must not, or must, stand beside the match.
        case dropAssertion = "drop assertion"
        /// A step's condition is the contrary.
        case negateCondition = "negate condition"
        /// Two ways out of a step lead where the other one should.
        case swapBranches = "swap branches"
        /// A way out of a step no longer sets what it should.
        case dropSet = "drop set"
        /// A way out of a step no longer forgets what it should.
        case dropClear = "drop clear"
        /// A step, or a way out of it, no longer says what it should.
        case dropSay = "drop say"
        /// A way out of a step goes on with the next step instead of elsewhere.
        case dropNext = "drop next"
        /// Meanings are tried in another order, or a gate takes what is no plain yes.
        case resolver
    }

    /// Unique, the same from run to run, and without places.
    public let id: String
    /// What kind of mistake it is.
    public let kind: Kind
    /// The step or rule that it is in.
    public let owner: String
    /// Where.
    public let location: Location
    /// What was changed, for people.
    public let change: String

    /// How the flow becomes it.
    let effect: Effect
    /// The items of the coverage plan that a conversation has to touch to notice it; `nil` where any may.
    let items: Set<Int>?
    /// The alternative that is dropped.
    var alternative: Int?

    /// How a flow becomes a mutant.
    enum Effect: Sendable {
        /// A text of the pattern catalog reads otherwise.
        case pattern(text: Int, becomes: String)
        /// A step does otherwise.
        case step(StepIndex, Step)
        /// Replies are understood otherwise.
        case resolver(ResolverDeviation)
    }
}
