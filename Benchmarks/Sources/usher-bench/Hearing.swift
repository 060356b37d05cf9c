import Dialogue
import Intents

/// The flow's resolver and questions, made once more from the flow's public tables.
///
/// So the classifier's part of a turn can be measured alone.
struct Hearing {
    private let flow: Flow
    let resolver: Resolver

    init(_ flow: Flow) {
        self.flow = flow
        let topics = flow.rules.filter { $0.kind == .topic }.compactMap { rule in
            flow.topics.firstIndex { $0.name == rule.intent }.map { (topic: $0, rule: rule) }
        }
        resolver = Resolver(
            rules: flow.rules.filter { $0.kind != .topic },
            topics: topics,
            vocabulary: flow.slots.enumerated().compactMap { index, slot in
                guard slot.isCorrectable, case .entity(let kind, _) = slot.type else { return nil }
                return SlotVocabulary(index: index, type: kind, names: slot.names)
            },
            entities: flow.entities.map { $0.type() }
        )
    }

    /// The question that a state waits at; `nil` where it is one of the few that this cannot make.
    func question(_ state: State) -> Question? {
        guard case .reply(let step, let asking) = state.situation.pending else { return nil }
        switch asking {
        case .restart: return Question(form: .confirmation)
        case .change: return Question(form: .change)
        case .suggestion, .assigning: return nil
        case .plain, .known:
            switch flow.steps[step].kind {
            case .collect(let collect):
                guard case .entity(let kind, _) = flow.slots[collect.slot].type else { return nil }
                let options = flow.openOptions(in: state)
                if kind == .choices { return nil }
                return Question(
                    form: .value(kind),
                    slot: collect.slot,
                    options: options,
                    hasProposal: asking == .known || collect.proposal != nil
                )
            case .gate: return Question(form: .gate)
            default: return Question(form: .confirmation)
            }
        }
    }
}
