/// A deliberate departure from the order in which a ``Resolver`` tries meanings.
///
/// Mutation testing asks with it whether any transcript would notice. A resolver that is in use has none.
package enum ResolverDeviation: String, Sendable, Hashable, CaseIterable {
    /// A command is taken although its words are the option that was asked for.
    case commandBeatsAsked = "a command beats what the step asks for"
    /// Corrections are tried before commands.
    case correctionBeforeCommand = "corrections are tried before commands"
    /// Yes and no are tried before corrections.
    case polarityBeforeCorrection = "yes and no are tried before corrections"
    /// The value that is asked for is tried before yes and no.
    case valueBeforePolarity = "the value asked for is tried before yes and no"
    /// Topics are tried before the value that is asked for.
    case topicBeforeValue = "topics are tried before the value asked for"
    /// A topic counts wherever its words stand.
    case topicNeedsNoQuestion = "a topic counts without a question"
    /// Doubt is tried before topics.
    case doubtBeforeTopic = "doubt is tried before topics"
    /// Near misses are tried before topics.
    case nearMissBeforeTopic = "near misses are tried before topics"
    /// Not knowing is tried before near misses.
    case unsureBeforeNearMiss = "not knowing is tried before near misses"
    /// Free text takes what answers another question.
    case textTakesAnything = "free text takes what answers another question"
    /// A gate opens on consent in doubt.
    case gateTakesDoubt = "a gate opens on consent in doubt"
    /// A gate opens on consent with words beside it.
    case gateTakesResidue = "a gate opens on consent with words beside it"
    /// A confirmation takes consent in doubt for a yes.
    case confirmationTakesDoubt = "a confirmation takes consent in doubt"
    /// A confirmation takes consent with words beside it for a yes.
    case confirmationTakesResidue = "a confirmation takes consent with words beside it"
}
