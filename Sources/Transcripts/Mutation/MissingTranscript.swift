internal import Diagnostics
internal import Dialogue
internal import Intents

/// Says what transcript would notice a mutant that none does.
struct MissingTranscript {
    private let plan: CoveragePlan
    private let flow: Flow
    private let suite: MutationSuite

    init(_ suite: MutationSuite) {
        plan = suite.plan
        flow = suite.flow
        self.suite = suite
    }

    /// A suggestion for one mutant.
    func suggestion(for mutant: Mutant) -> String {
        switch mutant.effect {
        case .pattern(let text, _): pattern(mutant, text)
        case .step(let index, _): step(mutant, index)
        case .resolver: "a conversation with a reply that can mean two things, of which this order picks the other one"
        }
    }

    private func pattern(_ mutant: Mutant, _ text: Int) -> String {
        guard let assembly = plan.catalog.assemblies.first(where: { $0.used.contains(text) }) else { return "" }
        let place = place(for: assembly.rule)
        guard let alternative = mutant.alternative else {
            return "a reply \(place) that \(assembly.rule.name) must not match, and would without this: "
                + "its words inside of longer ones, or beside what they must not stand beside"
        }
        guard let example = AlternativeExample(plan).reply(taking: alternative)?.text else {
            return "a reply \(place) that is matched this way"
        }
        let isCovered =
            mutant.items?.contains { item in suite.baselines.contains { $0.covered.contains(item) } } == true
        return isCovered
            ? "a reply \(place) in which nothing else says the same, such as '\(example)'"
            : "a reply \(place), such as '\(example)'"
    }

    private func place(for rule: Rule) -> String {
        func first(_ isMeant: (Step.Kind) -> Bool) -> String? { flow.steps.first { isMeant($0.kind) }?.id }
        switch rule.kind {
        case .command: return "at any step"
        case .topic: return "at any step, asked as a question"
        case .correction: return "at a step after the slot that it names"
        case .mark:
            let step =
                first { if case .confirm = $0 { true } else { false } }
                ?? first { if case .gate = $0 { true } else { false } }
            return step.map { "at a question for yes or no (\($0))" } ?? "at a question for yes or no"
        }
    }

    private func step(_ mutant: Mutant, _ index: StepIndex) -> String {
        let step = flow.steps[index].id
        let isTouched =
            mutant.items?.contains { item in suite.baselines.contains { $0.covered.contains(item) } } == true
        guard isTouched else {
            let ways = (mutant.items ?? []).sorted().map { plan.items[$0].id }.joined(separator: " or ")
            return "a conversation that goes by \(ways)"
        }
        switch mutant.kind {
        case .dropSet, .dropClear:
            return "a conversation that goes on from \(step) until the slot matters, or 'expect: slot …' after it"
        case .dropSay: return "a conversation by \(step) in which that prompt says something"
        default: return "a conversation that goes on from \(step) until the difference shows"
        }
    }
}
