/// What coverage counts.
public enum CoverageAxis: String, Sendable, Hashable, CaseIterable, Codable {
    /// Steps that a conversation comes to.
    case steps
    /// Ways out of a step: answers, outcomes, and whether its condition holds.
    case transitions
    /// Rules that decide or count: commands, marks, corrections, topics, ways to start.
    case rules
    /// Alternatives inside of patterns that a match takes.
    case alternatives
}
