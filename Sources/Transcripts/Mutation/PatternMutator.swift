internal import Diagnostics
internal import Patterns

/// The mistakes that can be made in a flow's patterns.
struct PatternMutator {
    private let plan: CoveragePlan
    private let names: AlternativeNames
    private let index: [PatternCatalog.Alternative: Int]

    init(_ plan: CoveragePlan) {
        self.plan = plan
        names = AlternativeNames(plan.catalog)
        var index: [PatternCatalog.Alternative: Int] = [:]
        for (position, alternative) in plan.catalog.alternatives.enumerated() { index[alternative] = position }
        self.index = index
    }

    /// All of them, in texts that stand in a file and that a rule uses.
    func mutants() -> [Mutant] {
        let unused = Set(plan.catalog.unusedFragments.map(\.owner))
        return plan.catalog.texts.indices.flatMap { index -> [Mutant] in
            let text = plan.catalog.texts[index]
            guard text.location != nil, !unused.contains(text.owner), case .success(let tree) = text.tree else {
                return []
            }
            return droppedAlternatives(index, tree) + droppedItems(index, tree)
        }
    }

    private func droppedAlternatives(_ text: Int, _ tree: PatternTree) -> [Mutant] {
        var mutants: [Mutant] = []
        tree.forEachAlternation { branches, isNegated in
            guard branches.count > 1 else { return }
            for (position, branch) in branches.enumerated() {
                let own = PatternCatalog.Alternative(owner: text, range: branch.range, isObservable: !isNegated)
                guard let alternative = index[own] else { continue }
                let lower = position == 0 ? branch.range.lowerBound : branches[position - 1].range.upperBound
                let upper = position == 0 ? branches[1].range.lowerBound : branch.range.upperBound
                mutants.append(
                    Mutant(
                        id: "drop alternative \(names[alternative])",
                        kind: .dropAlternative,
                        owner: plan.catalog.texts[text].owner.description,
                        location: place(text, branch.range.lowerBound),
                        change: "without the alternative '\(plan.catalog.texts[text].slice(branch.range))'",
                        effect: .pattern(text: text, becomes: removing(lower..<upper, from: text)),
                        items: plan.alternativeItems[alternative].map { [$0] },
                        alternative: alternative
                    )
                )
            }
        }
        return mutants
    }

    private func droppedItems(_ text: Int, _ tree: PatternTree) -> [Mutant] {
        var seen: [String: Int] = [:]
        return tree.allItems.sorted { $0.range.lowerBound < $1.range.lowerBound }.compactMap { item in
            let kind: Mutant.Kind
            switch item.kind {
            case .anchor: kind = .dropAnchor
            case .group(let group):
                guard case .look = group.kind else { return nil }
                kind = .dropAssertion
            default: return nil
            }
            let written = plan.catalog.texts[text].slice(item.range)
            let owner = plan.catalog.texts[text].owner
            let file: String
            switch owner {
            case .rule(let name): file = name
            case .fragment(let name, let path): file = "\(path) fragment \(name)"
            case .frame(let path): file = "\(path) frame"
            }
            let name = "\(kind.rawValue) \(file): \(written)"
            seen[name, default: 0] += 1
            return Mutant(
                id: seen[name, default: 1] == 1 ? name : "\(name) #\(seen[name, default: 1])",
                kind: kind,
                owner: owner.description,
                location: place(text, item.range.lowerBound),
                change: "without '\(written)'",
                effect: .pattern(text: text, becomes: removing(item.range, from: text)),
                items: nil
            )
        }
    }

    private func place(_ text: Int, _ offset: Int) -> Location {
        plan.catalog.texts[text].location(of: offset) ?? Location(file: plan.flowName, line: 1, column: 1)
    }

    private func removing(_ range: Range<Int>, from text: Int) -> String {
        var scalars = plan.catalog.texts[text].text.unicodeScalars
        let lower = scalars.index(scalars.startIndex, offsetBy: range.lowerBound)
        scalars.removeSubrange(lower..<scalars.index(lower, offsetBy: range.count))
        return String(scalars)
    }
}
