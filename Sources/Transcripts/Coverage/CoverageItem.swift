public import Diagnostics

/// One thing that a suite of transcripts can cover, and who covers it.
public struct CoverageItem: Sendable, Hashable {
    /// What kind of thing it is.
    public var axis: CoverageAxis
    /// Unique on its axis, the same from run to run, and without places: `summary -> deny`, `affirm-yes: aye`.
    public var id: String
    /// The step or the rule that it belongs to; for parts that several rules use, what they are called.
    public var owner: String
    /// What it is there: the outcome, or the alternative's text; empty for a whole step or rule.
    public var label: String
    /// Where it is written.
    public var location: Location
    /// Where it ends, for an alternative.
    var end: Location?
    /// The transcripts that cover it, sorted.
    public var transcripts: [String] = []
    /// How many `matches:` examples of rules, and rows of tables of phrasings, cover it.
    public var examples = 0

    /// For an alternative that nothing covers: a reply that takes it, where one was asked for and found.
    public var example: String?

    init(axis: CoverageAxis, id: String, owner: String, label: String, location: Location, end: Location? = nil) {
        self.axis = axis
        self.id = id
        self.owner = owner
        self.label = label
        self.location = location
        self.end = end
    }

    /// Whether a transcript covers it.
    public var isCoveredByTranscripts: Bool { !transcripts.isEmpty }
    /// Whether a transcript or an example covers it.
    public var isCovered: Bool { !transcripts.isEmpty || examples > 0 }
}
