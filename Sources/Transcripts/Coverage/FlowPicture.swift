internal import Dialogue

/// A flow's steps and ways between them, laid out for a drawing.
///
/// Flows only go forward, so the layers are the steps in their order: a row each. The flows of a folder stand side by side,
/// a lane each, the main one first; a call leads from its row to the head of another lane.
struct FlowPicture: Sendable {
    /// A step in its place.
    struct Node: Sendable {
        var id: String
        /// The word for what it does, as in flow files.
        var kind: String
        var lane: Int
        var row: Int
        /// Its item in the coverage plan.
        var item: Int
        /// Its ways out in the order of the file.
        var exits: [Exit]
        /// The lane that it calls.
        var calls: Int?
    }

    /// A way out of a step.
    struct Exit: Sendable {
        var label: String
        var item: Int
        /// The row that it leads to in the same lane, where that is not the next.
        var jumpsTo: Int?
        /// The name by which it ends the flow.
        var ends: String?
    }

    /// The flows' titles.
    let lanes: [String]
    let nodes: [Node]

    init(_ flow: Flow, stepItems: [Int], exits: [[(exit: StepTransitions.Exit, item: Int)]]) {
        let order = [flow.entry] + flow.flows.indices.filter { $0 != flow.entry }
        lanes = order.map { flow.flows[$0].name }
        var nodes: [Node] = []
        for (lane, index) in order.enumerated() {
            let range = flow.flows[index].steps
            for position in range {
                let step = flow.steps[position]
                let ways = exits[position].map { exit, item in
                    var way = Exit(label: exit.label, item: item)
                    switch exit.outcomes.sorted().lazy.compactMap({ step.branch(for: $0) }).first?.next {
                    case .step(let target): way.jumpsTo = target - range.lowerBound
                    case .end(let name): way.ends = name
                    case .following, .stay, nil: break
                    }
                    return way
                }
                var calls: Int?
                if case .call(let target, _) = step.kind { calls = order.firstIndex(of: target) }
                nodes.append(
                    Node(
                        id: step.id,
                        kind: step.kind.word,
                        lane: lane,
                        row: position - range.lowerBound,
                        item: stepItems[position],
                        exits: ways,
                        calls: calls
                    )
                )
            }
        }
        self.nodes = nodes
    }
}

extension Step {
    /// The branch that an outcome takes; `nil` where it has none of its own.
    func branch(for outcome: String) -> Branch? {
        switch (kind, outcome) {
        case (.collect(let collect), "unsure"): collect.unsure
        case (.collect(let collect), "deny"): collect.deny
        case (.collect(let collect), "skip"): collect.skip
        case (.confirm(let confirm), "affirm"): confirm.affirm
        case (.confirm(let confirm), "deny"): confirm.deny
        case (.confirm(let confirm), "unsure"): confirm.unsure
        case (.gate(let gate), "deny"): gate.deny
        case (.action(let action), _): action.branches[outcome]
        case (.call(_, let branches), _): branches[outcome]
        default: nil
        }
    }
}
