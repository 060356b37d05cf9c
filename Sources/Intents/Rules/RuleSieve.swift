internal import Patterns

/// Leaves out rules of a group that cannot match, while the rules are gone through in their order.
struct RuleSieve {
    private var asked: RuleGroup?
    private var answer = true

    /// Whether a rule has to be tried.
    mutating func lets(_ rule: Rule, match text: String, scratch: borrowing MatchScratch) -> Bool {
        guard let group = rule.group else { return true }
        if group !== asked {
            asked = group
            answer = group.mayMatch(text, scratch: scratch)
        }
        return answer
    }
}

extension [Rule] {
    /// The first that matches; a work limit reached is no match, so that the answer is the same every time.
    func firstMatching(_ text: String, scratch: borrowing MatchScratch) -> Rule? {
        var sieve = RuleSieve()
        for rule in self where sieve.lets(rule, match: text, scratch: scratch) {
            if (try? rule.pattern.matches(text, in: scratch)) == true { return rule }
        }
        return nil
    }
}
