internal import Intents

/// Makes up replies that take an alternative of a pattern, and tries them before it offers them.
struct AlternativeExample {
    private let plan: CoveragePlan
    /// By text of the catalog, the rules that use it.
    private let users: [Int: [Int]]

    init(_ plan: CoveragePlan) {
        self.plan = plan
        var users: [Int: [Int]] = [:]
        for (index, assembly) in plan.catalog.assemblies.enumerated() {
            for text in assembly.used { users[text, default: []].append(index) }
        }
        self.users = users
    }

    /// A reply that takes an alternative by way of a rule that can; `nil` where none was found that does.
    ///
    /// - Complexity: Some tens of matches.
    func reply(taking alternative: Int) -> (text: String, rule: Rule)? {
        let target = plan.catalog.alternatives[alternative]
        for index in users[target.owner] ?? [] {
            let assembly = plan.catalog.assemblies[index]
            for variant in 0..<PatternSample.variants {
                guard
                    let text = PatternSample.text(
                        for: target,
                        by: assembly,
                        in: plan.catalog,
                        slotName: plan.slotName,
                        variant: variant
                    )
                else { break }
                let reply = Utterance(text).text
                if plan.instrumented[assembly.rule.name]?.taken(in: reply).contains(alternative) == true {
                    return (reply, assembly.rule)
                }
            }
        }
        return nil
    }
}
