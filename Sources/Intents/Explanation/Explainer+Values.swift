/// What the question in hand asks for, found in the reply or nearly found.
extension Explainer {
    /// Whether a value that the question asks for decided, apart from free text.
    var isValueDecisive: Bool {
        guard case .value = decision else { return false }
        return !question.isText && isRecognizerDecisive
    }

    /// Whether what the question asks for decided, be it a value, a near miss or a suggestion.
    private var isRecognizerDecisive: Bool {
        understanding.evidence.contains { evidence in
            evidence.verdict == .decided && (evidence.source == question.source || evidence.source == "text")
        }
    }

    func values() -> [Finding] {
        var found: [Finding] = []
        if case .misplaced(let kind) = decision {
            found.append(finding(.otherAnswer(kind), "text", at: whole, .decided))
        }
        guard let type = question.type, type.role != .flag else { return found }
        let asked: Item
        switch type.read(utterance, answering: question) {
        case .nothing: return found
        case .value(let value, let range): asked = (.value(value), range)
        case .problem(let message, let suggestion, let range):
            asked = (.nearMiss(message: message, suggestion: suggestion), range)
        case .suggestions(let options, let range): asked = (.suggestion(options), range)
        }
        let outcome = isRecognizerDecisive ? .decided : fate(of: asked.kind)
        found.append(finding(asked.kind, type.name, at: asked.range, outcome))
        return found + others(of: type, beside: asked)
    }

    /// Something of a type, or a near miss, with its range in the normalised text.
    private typealias Item = (kind: Finding.Kind, range: Range<Int>)

    /// Each further thing of the type: near misses beside a value, and the values where several are too many.
    private func others(of type: AnyEntityType, beside asked: Item) -> [Finding] {
        let items = type.base.occurrences(in: utterance).map { occurrence -> Item in
            switch occurrence.result {
            case .success(let value): (.value(value), occurrence.range)
            case .failure(let problem):
                (.nearMiss(message: problem.message, suggestion: problem.suggestion.map(Value.text)), occurrence.range)
            }
        }
        let areSeveral = Set(items.map(\.kind).filter(\.isValue)).count > 1
        return items.filter { $0.range != asked.range || areSeveral && $0.kind.isValue }.map { item in
            let outcome: Finding.Outcome
            if !isRecognizerDecisive {
                outcome = fate(of: item.kind)
            } else if item.kind.isValue {
                outcome = .counted
            } else {
                outcome = asked.kind.isValue ? .lost(.valueBeatsNearMiss) : .outranked
            }
            return finding(item.kind, type.name, at: item.range, outcome)
        }
    }

    /// What becomes of something that the question asks for where it did not decide.
    private func fate(of kind: Finding.Kind) -> Finding.Outcome {
        switch decision {
        case .correction, .reopening, .badCorrection, .value: .lost(.namedSlotBeatsStep)
        case .command, .topic, .affirm, .deny, .unsure, .doubtful, .misplaced, .notUnderstood:
            kind.isValue && (question.isText || question.isOpenWord) ? .lost(.claimedBeatsText) : .outranked
        case .several: .lost(.clauseBeatsReply)
        case .questioning where question.isText: .lost(.questionIsNoText)
        case .stray where question.isText: .lost(.claimedBeatsText)
        case .problem, .suggestions, .empty, .recall, .stray, .questioning: .outranked
        }
    }
}

extension Finding.Kind {
    fileprivate var isValue: Bool { if case .value = self { true } else { false } }
}
