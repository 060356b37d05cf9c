internal import Diagnostics
internal import Dialogue
internal import Intents

/// The mistakes that can be made in a flow's steps.
struct StepMutator {
    private let flow: Flow
    private let plan: CoveragePlan

    init(_ flow: Flow, _ plan: CoveragePlan) {
        self.flow = flow
        self.plan = plan
    }

    /// All of them, step by step.
    func mutants() -> [Mutant] { flow.steps.indices.flatMap { mutants(of: $0) } }

    private func mutants(of index: StepIndex) -> [Mutant] {
        let step = flow.steps[index]
        var mutants: [Mutant] = []
        let conditions = plan.exits[index].filter {
            $0.exit.label == StepTransitions.condition.holds || $0.exit.label == StepTransitions.condition.fails
        }
        if let condition = step.guardedBy {
            mutants.append(
                Mutant(
                    id: "negate condition of \(step.id)",
                    kind: .negateCondition,
                    owner: step.id,
                    location: conditions.first?.exit.location ?? step.location,
                    change: "goes on where its condition does not hold",
                    effect: .step(index, step.changed(guardedBy: .some(.not(condition)))),
                    items: Set(conditions.map(\.item)).union([plan.stepItems[index]])
                )
            )
        }
        if case .set(let branch) = step.kind {
            mutants += lessened(branch, in: index, "", items: [plan.stepItems[index]], at: step.location) { .set($0) }
        }
        if case .action(let action) = step.kind, let prompt = action.meanwhile {
            mutants.append(
                Mutant(
                    id: "\(Mutant.Kind.dropSay.rawValue) of \(step.id)",
                    kind: .dropSay,
                    owner: step.id,
                    location: step.location,
                    change: "no longer says \(prompt)",
                    effect: .step(index, step.changed(kind: .action(action.changed(meanwhile: .some(nil))))),
                    items: [plan.stepItems[index]]
                )
            )
        }
        let forks = self.forks(of: index)
        for fork in forks {
            mutants += lessened(fork.branch, in: index, fork.label, items: [fork.item], at: fork.location) { branch in
                step.kind.replacing(fork.outcomes, by: branch)
            }
        }
        for (one, other) in zip(forks, forks.dropFirst()) where one.branch.text != other.branch.text {
            let swapped = step.kind.replacing(one.outcomes, by: other.branch)
                .replacing(other.outcomes, by: one.branch)
            mutants.append(
                Mutant(
                    id: "swap branches of \(step.id): \(one.label) and \(other.label)",
                    kind: .swapBranches,
                    owner: step.id,
                    location: one.location,
                    change: "'\(one.label)' and '\(other.label)' do what the other should",
                    effect: .step(index, step.changed(kind: swapped)),
                    items: [one.item, other.item]
                )
            )
        }
        return mutants
    }

    /// A way out of a step that has a branch of its own.
    private struct Fork {
        var label: String
        var outcomes: Set<String>
        var branch: Branch
        var location: Location
        var item: Int
    }

    private func forks(of index: StepIndex) -> [Fork] {
        let step = flow.steps[index]
        return plan.exits[index].compactMap { way, item in
            guard let branch = way.outcomes.sorted().lazy.compactMap({ step.branch(for: $0) }).first else { return nil }
            return Fork(label: way.label, outcomes: way.outcomes, branch: branch, location: way.location, item: item)
        }
    }

    /// The branch without what it sets, forgets, says, and without where it goes.
    private func lessened(
        _ branch: Branch,
        in index: StepIndex,
        _ label: String,
        items: Set<Int>,
        at location: Location,
        _ kind: (Branch) -> Step.Kind
    ) -> [Mutant] {
        let step = flow.steps[index]
        let name = label.isEmpty ? step.id : "\(step.id) -> \(label)"
        var changes: [(Mutant.Kind, String, Branch)] = []
        if !branch.set.isEmpty {
            let slots = branch.set.map { flow.slots[$0.slot].name }.joined(separator: ", ")
            changes.append((.dropSet, "no longer sets \(slots)", branch.changed(set: [])))
        }
        if !branch.clear.isEmpty {
            let slots = branch.clear.map { flow.slots[$0].name }.joined(separator: ", ")
            changes.append((.dropClear, "no longer forgets \(slots)", branch.changed(clear: [])))
        }
        if let say = branch.say {
            changes.append((.dropSay, "no longer says \(say)", branch.changed(say: .some(nil))))
        }
        if branch.next != .following {
            changes.append((.dropNext, "goes on with the next step", branch.changed(next: .following)))
        }
        return changes.map { change, text, lessened in
            Mutant(
                id: "\(change.rawValue) of \(name)",
                kind: change,
                owner: step.id,
                location: location,
                change: (label.isEmpty ? "" : "'\(label)' ") + text,
                effect: .step(index, step.changed(kind: kind(lessened))),
                items: items
            )
        }
    }
}

extension Step.Kind {
    /// The same with another branch for some outcomes.
    fileprivate func replacing(_ outcomes: Set<String>, by branch: Branch) -> Step.Kind {
        func chosen(_ name: String, _ old: Branch?) -> Branch? { outcomes.contains(name) ? branch : old }
        switch self {
        case .collect(let collect):
            return .collect(
                collect.changed(
                    unsure: chosen("unsure", collect.unsure),
                    deny: chosen("deny", collect.deny),
                    skip: chosen("skip", collect.skip)
                )
            )
        case .confirm(let confirm):
            return .confirm(
                confirm.changed(
                    affirm: chosen("affirm", confirm.affirm) ?? confirm.affirm,
                    deny: chosen("deny", confirm.deny),
                    unsure: chosen("unsure", confirm.unsure)
                )
            )
        case .gate(let gate): return .gate(gate.changed(deny: chosen("deny", gate.deny)))
        case .action(let action):
            var branches = action.branches
            for outcome in outcomes where branches[outcome] != nil { branches[outcome] = branch }
            return .action(action.changed(branches: branches))
        case .call(let target, var branches):
            for outcome in outcomes where branches[outcome] != nil { branches[outcome] = branch }
            return .call(flow: target, branches: branches)
        case .say, .set, .end: return self
        }
    }
}

extension Branch {
    /// What tells it from another.
    fileprivate var text: String { "\(say ?? "") \(set) \(clear) \(next)" }
}
