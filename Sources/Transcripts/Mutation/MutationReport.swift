public import Diagnostics

/// What became of the mutants of a flow.
public struct MutationReport: Sendable {
    /// One mutant with what became of it.
    public struct Outcome: Sendable {
        /// The mutant.
        public let mutant: Mutant
        /// What became of it.
        public let fate: Fate
        /// For a survivor: what transcript is missing.
        public let suggestion: String?
        /// For a survivor that is knowingly left: why.
        public let explanation: String?
    }

    /// What became of a mutant.
    public enum Fate: Sendable, Hashable {
        /// A transcript, by its file, noticed it.
        case killedByTranscript(String)
        /// A row of a table of phrasings, by its file and line, noticed it.
        case killedByPhrasing(String)
        /// A rule's own example noticed it.
        case killedByExample(String)
        /// Its pattern does not compile.
        case stillborn
        /// Nothing noticed it.
        case survived
        /// Nothing noticed it, and nothing could, for this reason.
        case equivalent(String)
    }

    /// The flow.
    public let flow: String
    /// Every mutant that was tried, in the order of the files.
    public let outcomes: [Outcome]
    /// How many there are, where only a part was drawn.
    public let total: Int
    /// How many were known from an earlier run.
    public let known: Int
    /// Entries of the list of equivalent and accepted mutants that do not belong there.
    public let stale: [Diagnostic]

    /// How many count: all but the equivalent and the stillborn ones.
    public var counted: Int { outcomes.count { $0.fate.counts } }
    /// How many were noticed.
    public var killed: Int { outcomes.count { $0.fate.isKilled } }
    /// Those that nothing noticed.
    public var survivors: [Outcome] { outcomes.filter { $0.fate == .survived } }
    /// Survivors that nobody has given a reason for.
    public var unexplained: [Outcome] { survivors.filter { $0.explanation == nil } }
    /// Percent of those that count that were noticed; 100 where none counts.
    public var score: Double { counted == 0 ? 100 : 100 * Double(killed) / Double(counted) }
}

extension MutationReport.Fate {
    /// Whether it was noticed.
    public var isKilled: Bool {
        switch self {
        case .killedByTranscript, .killedByPhrasing, .killedByExample: true
        case .stillborn, .survived, .equivalent: false
        }
    }

    /// Whether it counts for the score.
    public var counts: Bool { isKilled || self == .survived }
}
