internal import Diagnostics

extension MutationReport {
    /// The report for a terminal: each survivor with its place, the change, and what is missing; then the score.
    ///
    /// - Parameters:
    ///   - root: The folder of prompts, to put before the paths of files.
    ///   - namesSurvivors: Whether each survivor is named, or the figures alone.
    /// - Returns: Lines for people.
    public func text(root: String = "", namesSurvivors: Bool = true) -> String {
        var lines: [String] = []
        for outcome in namesSurvivors ? survivors : [] {
            let place = outcome.mutant.location
            lines.append("SURVIVED \(outcome.mutant.id)")
            lines.append(
                "  \(CoverageReport.path(place.file, in: root)):\(place.line):\(place.column): \(outcome.mutant.change)"
            )
            if let explanation = outcome.explanation {
                lines.append("  survived, explained: \(explanation)")
            } else if let suggestion = outcome.suggestion {
                lines.append("  missing: \(suggestion)")
            }
        }
        for diagnostic in stale { lines.append("\(diagnostic)") }
        lines.append("kind                  mutants   killed  survived  equivalent")
        for kind in Mutant.Kind.allCases {
            let own = outcomes.filter { $0.mutant.kind == kind }
            guard !own.isEmpty else { continue }
            let equivalent = own.count { if case .equivalent = $0.fate { true } else { false } }
            let figures = [
                own.count, own.count { $0.fate.isKilled }, own.count { $0.fate == .survived }, equivalent,
            ]
            var line = kind.rawValue + String(repeating: " ", count: max(1, 20 - kind.rawValue.count))
            for (figure, width) in zip(figures, [9, 9, 10, 12]) {
                line += String(repeating: " ", count: max(0, width - String(figure).count)) + String(figure)
            }
            lines.append(line)
        }
        let drawn = outcomes.count < total ? " (\(outcomes.count) of \(total) tried)" : ""
        lines.append("\(flow): \(killed) of \(counted) killed: \(CoverageReport.shown(score))\(drawn)")
        if !survivors.isEmpty {
            let survivor = survivors.count == 1 ? "survivor" : "survivors"
            lines.append("\(flow): \(unexplained.count) of \(survivors.count) \(survivor) unexplained")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
