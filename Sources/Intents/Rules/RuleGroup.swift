internal import Patterns

/// Rules that are tried together: one pattern tells whether any of them can match.
///
/// Most replies are no command and name no topic. One look says so, where each rule by itself would go through the same
/// politeness again; and as long as none matches, the rules' own patterns need not be compiled.
public final class RuleGroup: Sendable {
    private let pattern: Pattern

    private init(_ pattern: Pattern) { self.pattern = pattern }

    /// Whether a rule of the group can match; where the work limit is reached, they have to be tried.
    func mayMatch(_ text: String, scratch: borrowing MatchScratch) -> Bool {
        (try? pattern.matches(text, in: scratch)) ?? true
    }

    /// Groups the rules of a file, which share what stands around their patterns.
    ///
    /// - Parameter rules: The rules as written.
    /// - Returns: A group for each rule; `nil` where its pattern does not compile, alone or beside others.
    static func groups(of rules: [WrittenRule]) -> [RuleGroup?] {
        guard let first = rules.first else { return [] }
        // Names of groups may be there in several rules.
        let bodies = rules.map { "(?:\($0.body))" }.joined(separator: "|")
        let source = first.parts.assembled(first.frame.replacing("%", with: "(?:\(bodies))"), inlining: inlining)
        if source.utf8.count <= maximumSize || rules.count == 1,
            let pattern = try? Pattern("(?J)" + source, options: first.options, limits: first.limits)
        {
            return Array(repeating: RuleGroup(pattern), count: rules.count)
        }
        guard rules.count > 1 else { return [nil] }
        let half = rules.count / 2
        return groups(of: Array(rules[..<half])) + groups(of: Array(rules[half...]))
    }

    /// PCRE2 gives up on patterns that compile to more than 64 KiB; pcre2limits(3).
    private static let maximumSize = 40_000

    /// In a group, parts are used by many rules; only short ones are put in place.
    private static let inlining = 300
}
