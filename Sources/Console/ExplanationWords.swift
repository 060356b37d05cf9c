internal import Dialogue
internal import Intents

/// What the parts of an explanation are called, for people who write flows.
struct ExplanationWords {
    private let flow: FlowExplanation

    init(_ flow: FlowExplanation) { self.flow = flow }

    /// Where the reply is understood: "at pay, a gate".
    var place: String {
        guard let step = flow.step else { return "after the end of \(flow.entry)" }
        let asks: String
        switch (flow.asking, flow.question.form) {
        case (.restart, _): asks = "asked whether to start over"
        case (.change, _): asks = "asked what should change"
        case (.suggestion, _): asks = "asked whether a suggestion is meant"
        case (.assigning, _): asks = "asked which slot a value is for"
        case (.known, .value(let kind)): asks = "asked whether a known value is right (\(kind.noun))"
        case (_, .value(let kind)): asks = "which asks for \(kind.noun)"
        case (_, .gate): asks = "a gate"
        case (_, .confirmation), (_, .change), (_, .nothing): asks = "a confirmation"
        }
        return "at \(step), \(asks)"
    }

    /// What a reply comes to, as a sentence.
    func sentence(for decision: Decision) -> String {
        switch decision {
        case .value, .affirm, .deny, .unsure, .command, .topic, .correction, .reopening, .recall:
            "It is \(noun(for: decision))."
        case .problem(let message, let suggestion):
            "It was meant as the value and is none. \(message)" + corrected(suggestion)
        case .suggestions(let options):
            options.count == 1
                ? "It may mean \(options[0].name), and does not clearly say so."
                : "It may mean several: \(options.map(\.name).joined(separator: ", "))."
        case .doubtful(let sign): "It is in doubt: there is \(noun(for: sign))."
        case .badCorrection(let slot, let message, let suggestion):
            "It corrects \(flow.slots[slot].name), with something that cannot be its value. \(message)"
                + corrected(suggestion)
        case .several(let assignments, let rest):
            "It answers several questions: "
                + assignments.map { "\(flow.slots[$0.slot].name) is \(shown($0.value))" }.joined(separator: ", ") + "."
                + (rest.map { " For the rest: \(sentence(for: $0))" } ?? "")
        case .stray(let value, let slots, _):
            "It gives \(shown(value)), which could be for \(slots.map { flow.slots[$0].name }.joined(separator: " or "))."
        case .questioning(let value): "It asks \(shown(value)), which is taken as an answer only after a yes."
        case .misplaced(let kind): "It looks like the answer to another question: it is \(kind)."
        case .empty: "It says nothing."
        case .notUnderstood: "It is not understood."
        }
    }

    /// What a reply comes to, as a noun.
    private func noun(for decision: Decision) -> String {
        switch decision {
        case .value(let value): "the value \(shown(value))"
        case .affirm(isPlain: true): "a plain yes"
        case .affirm(isPlain: false): "a yes, but not a plain one"
        case .deny: "a no"
        case .unsure: "\"I don't know\""
        case .command(let command): "the command \(command)"
        case .topic(let topic): "a question about the topic \(flow.topics[topic].name)"
        case .correction(let slot, let value): "a correction of \(flow.slots[slot].name) to \(shown(value))"
        case .reopening(let slot): "a correction that asks for \(flow.slots[slot].name) again"
        case .recall(let slot): "a question what \(flow.slots[slot].name) is"
        case .problem, .suggestions, .doubtful, .badCorrection, .several, .stray, .questioning, .misplaced, .empty,
            .notUnderstood:
            "no answer"
        }
    }

    private func corrected(_ suggestion: Value?) -> String {
        suggestion.map { " It may mean \(shown($0))." } ?? ""
    }

    /// A value as it is shown; options by their ids.
    private func shown(_ value: Value) -> String {
        switch value {
        case .text(let text): text.count > 60 ? "\"\(text.prefix(40)) …\"" : "\"\(text)\""
        case .number(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let list): list.map(shown).joined(separator: ", ")
        case .record: "a record"
        }
    }

    /// A sign that casts doubt.
    private func noun(for sign: Polarity.Sign) -> String {
        switch sign {
        case .affirm, .assent, .approve, .emphasis: "a yes"
        case .deny, .negate: "a no"
        case .opinion: "an opinion"
        case .hedge: "a hedge"
        case .condition: "a condition"
        case .contrast: "a \"but\""
        case .wait: "a \"wait\""
        case .question: "a question"
        case .unsure: "an \"I don't know\""
        case .filler, .chatter: "small talk"
        }
    }

    /// What something found would mean.
    func meaning(_ kind: Finding.Kind) -> String {
        switch kind {
        case .command(let command): "command \(command)"
        case .correction(let slot, let value):
            value.map { "\(flow.slots[slot].name) = \(shown($0))" } ?? "\(flow.slots[slot].name), asked again"
        case .topic(let topic): "topic \(flow.topics[topic].name)"
        case .sign(let sign): "sign \(sign.rawValue)"
        case .value(let value): "value \(shown(value))"
        case .nearMiss: "near miss"
        case .suggestion(let options): "close to \(options.map(\.name).joined(separator: ", "))"
        case .otherAnswer(let kind): kind
        }
    }

    /// What became of it.
    func outcome(_ outcome: Finding.Outcome) -> String {
        switch outcome {
        case .decided: "decided"
        case .counted: "counted"
        case .lost(let principle): "lost: \(principle.rawValue)"
        case .outranked: "lost: what decided comes before it in the order"
        case .excluded(.outOfScope): "does not count at this step"
        case .excluded(.noValue(let words)): "does not count: \"\(words)\" is nothing that it can hold"
        }
    }

    /// What the signs come to, and what stands beside them.
    var weight: String {
        let signs = flow.explanation.signs
        let sum: String
        switch signs.weight {
        case .affirm(isPlain: true): sum = "Together: a plain yes."
        case .affirm(isPlain: false): sum = "Together: a yes, but not a plain one."
        case .deny: sum = "Together: a no."
        case .doubtful(let sign): sum = "Together: in doubt, since there is \(noun(for: sign))."
        case .unsure: sum = "Together: not knowing."
        case .neutral: sum = "Together: neither yes nor no."
        }
        let words = signs.residue.map { "\"\($0.text)\"" }
        guard !words.isEmpty else { return sum + " No word stands beside them." }
        return sum + " Beside them: \(words.prefix(8).joined(separator: ", "))\(words.count > 8 ? " …" : "")"
    }

    /// What a reply nearly came to; what to say instead follows.
    func sentence(for near: NearMeaning) -> String {
        let meaning = near.decision.map(noun) ?? "an answer"
        switch near.obstacle {
        case .problem(let message):
            let kind = if case .value(let kind) = flow.question.form { kind.noun } else { "a value" }
            return "would be \(kind), but: \(message)"
        case .notAlone: return "would be \(meaning) if it stood alone"
        case .beside(let words):
            let quoted = words.map { "\"\($0)\"" }.joined(separator: ", ")
            return "would be \(meaning) if \(quoted) \(words.count == 1 ? "was" : "were") not there"
        case .doesNotAsk: return "would be \(meaning) if it asked"
        case .spelling: return "close to \(meaning)"
        case .slotNotNamed: return "would be \(meaning), if it named the slot"
        case .noValue(let words):
            let what = words.isEmpty ? "it says no value" : "\"\(words)\" is nothing that it can hold"
            return "names a slot, but \(what); it would be \(meaning)"
        }
    }
}
