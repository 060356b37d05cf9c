internal import Diagnostics
internal import Dialogue
internal import Intents

/// The ways out of a step, by the names that reports use for them.
enum StepTransitions {
    /// A way out.
    struct Exit: Hashable {
        /// Its name: `value`, `deny`, an outcome as the file writes it.
        var label: String
        /// The outcomes that go this way.
        var outcomes: Set<String>
        /// Where it is written.
        var location: Location
    }

    /// The condition holds, and does not.
    static let condition = (holds: "if holds", fails: "if fails")

    /// All ways out of a step, in the order of the file; none for a step that has only one.
    static func exits(of step: Step, in flow: Flow, _ places: FlowPlaces) -> [Exit] {
        func way(_ label: String, _ field: String) -> Exit {
            Exit(label: label, outcomes: [label], location: places.location(of: field, in: step) ?? step.location)
        }
        var exits: [Exit] = []
        if step.guardedBy != nil { exits = [way(condition.holds, "if"), way(condition.fails, "if")] }
        switch step.kind {
        case .collect(let collect):
            if case .entity(.flag, _) = flow.slots[collect.slot].type {
                exits += [way("yes", "collect"), way("no", "collect")]
            } else {
                exits.append(way("value", "collect"))
                if collect.deny != nil { exits.append(way("deny", "deny")) }
            }
            if collect.proposal != nil { exits.append(way("proposal", "proposal")) }
            if collect.askKnown != nil { exits += [way("known: yes", "ask_known"), way("known: no", "ask_known")] }
            if collect.unsure != nil { exits.append(way("unsure", "unsure")) }
            if collect.skip != nil { exits.append(way("skip", "skip")) }
        case .confirm(let confirm):
            exits += [way("affirm", "affirm"), way("deny", "deny")]
            if confirm.unsure != nil { exits.append(way("unsure", "unsure")) }
        case .gate: exits += [way("open", "gate"), way("deny", "deny"), way("doubt", "gate")]
        case .action(let action): exits += grouped(action.branches.keys, step, places)
        case .call(let target, let branches):
            exits += grouped(Set(branches.keys).union(flow.flows[target].outcomes), step, places)
        case .say, .set, .end: break
        }
        return exits
    }

    /// Outcomes that the file writes together are one way out.
    private static func grouped(_ outcomes: some Sequence<String>, _ step: Step, _ places: FlowPlaces) -> [Exit] {
        var exits: [Location: Exit] = [:]
        var rest: [Exit] = []
        for outcome in outcomes.sorted() {
            if let key = places.outcomeKey(outcome, in: step) {
                exits[key.location, default: Exit(label: key.name, outcomes: [], location: key.location)]
                    .outcomes.insert(outcome)
            } else {
                rest.append(Exit(label: outcome, outcomes: [outcome], location: step.location))
            }
        }
        return exits.values.sorted { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
            + rest
    }

    /// The way that a reply takes out of a step, where the engine's trace does not say it.
    static func way(
        of step: Step,
        asked asking: Asking,
        by decision: Decision,
        in flow: Flow,
        isStillThere: Bool
    ) -> String? {
        switch (step.kind, asking) {
        case (.collect(let collect), .plain):
            let isFlag = if case .entity(.flag, _) = flow.slots[collect.slot].type { true } else { false }
            switch decision {
            case .value(.flag(let flag)): return flag ? "yes" : "no"
            case .value: return "value"
            case .affirm where isFlag: return "yes"
            case .deny where isFlag: return "no"
            case .affirm(isPlain: true) where collect.proposal != nil && !isStillThere: return "proposal"
            default: return nil
            }
        case (.collect(let collect), .known):
            switch decision {
            case .affirm(isPlain: true): return "known: yes"
            case .deny: return "known: no"
            case .value where collect.slot >= 0: return "value"
            default: return nil
            }
        case (.collect(let collect), .suggestion(let slot, _)) where slot == collect.slot:
            switch decision {
            case .affirm(isPlain: true), .value: return "value"
            default: return nil
            }
        case (.confirm, .plain): return decision == .deny ? "deny" : nil
        case (.gate, .plain):
            guard isStillThere else { return nil }
            switch decision {
            case .doubtful, .affirm(isPlain: false), .unsure, .notUnderstood: return "doubt"
            default: return nil
            }
        default: return nil
        }
    }
}
