public import Diagnostics
public import Patterns
internal import Synchronization

/// A named pattern that says something about a reply, with the examples that prove it.
///
/// An object, since every turn goes through all rules in scope and should not copy one.
public final class Rule: Sendable {
    /// How a rule may claim a reply.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A global command (`help`, `back`): it counts only where it owns the whole reply, politeness aside.
        case command
        /// A sign of consent, refusal, doubt … anywhere in a reply; ``Polarity`` weighs them together.
        case mark
        /// A subject the user may ask about; it counts where the reply is a question or is nothing but the subject.
        case topic
        /// A way to correct an earlier answer; holds `{slot}` where the slot's name stands.
        case correction
    }

    /// Unique among all rules that are in scope together.
    public var name: String { written.draft.name }
    /// What it means: the command's, the mark's or the topic's name.
    public var intent: String { written.draft.intent }
    /// How it may claim a reply.
    public var kind: Kind { written.kind }
    /// What it looks for; for commands wrapped in their frame and anchored at both ends.
    ///
    /// It is compiled when it is first asked for.
    public var pattern: Pattern { get throws(PatternError) { try own.pattern() } }
    /// Where it was written.
    public var location: Location { written.draft.location }
    /// Replies it must recognise and replies it must not, checked whenever the flow is checked.
    public var examples: Examples { written.draft.examples }
    /// What it was compiled from.
    package let written: WrittenRule
    /// Texts of which a reply must contain some for the rule to match.
    var requiredLiterals: RequiredLiterals {
        literals.withLock { known in
            if let known { return known }
            let found = RequiredLiterals(of: written)
            known = found
            return found
        }
    }
    private let own: RulePattern
    private let literals = Mutex<RequiredLiterals?>(nil)

    /// Makes a rule.
    init(_ written: WrittenRule) {
        self.written = written
        own = RulePattern(written)
    }

    /// Replies that show what a rule is for.
    public struct Examples: Sendable, Hashable {
        /// It must match each of these.
        public var matches: [String]
        /// It must match none of these.
        public var rejects: [String]

        /// Makes examples.
        public init(matches: [String] = [], rejects: [String] = []) {
            self.matches = matches
            self.rejects = rejects
        }
    }
}
