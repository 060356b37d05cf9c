public import Intents

extension FlowExplanation {
    /// The explanation as a record that encodes as JSON, in the stable form that docs/understanding.md describes.
    public var record: Value {
        var fields: [String: Value] = [
            "version": 1, "flow": .text(flow), "entry": .text(entry), "question": questionRecord,
            "text": .text(explanation.utterance.typed), "normalised": .text(explanation.utterance.text),
            "understood": .flag(explanation.isUnderstood), "decision": record(of: explanation.decision),
            "findings": .list(explanation.findings.map(record)), "signs": signsRecord,
            "nearest": .list(explanation.nearest.map(record)),
        ]
        fields["step"] = step.map(Value.text)
        fields["asking"] = asking.map { .text($0.name) }
        return .record(fields)
    }

    private var questionRecord: Value {
        var fields: [String: Value] = ["takes_yes": .flag(question.takesConsent)]
        switch question.form {
        case .value(let kind):
            fields["form"] = "value"
            fields["type"] = .text(kind.name)
        case .confirmation: fields["form"] = "confirmation"
        case .gate: fields["form"] = "gate"
        case .change: fields["form"] = "change"
        case .nothing: fields["form"] = "nothing"
        }
        fields["slot"] = question.slot.map { .text(slots[$0].name) }
        if !question.options.isEmpty { fields["options"] = .list(question.options.map { .text($0.id) }) }
        return .record(fields)
    }

    /// A decision: `is` says which, the other fields what it comes with.
    func record(of decision: Decision) -> Value {
        switch decision {
        case .value(let value): ["is": "value", "value": value]
        case .problem(let message, let suggestion):
            Self.record(["is": "problem", "message": .text(message)], "suggestion", suggestion)
        case .suggestions(let options):
            ["is": "suggestions", "options": .list(options.map { .text($0.id) })]
        case .affirm(let isPlain): ["is": "affirm", "plain": .flag(isPlain)]
        case .deny: ["is": "deny"]
        case .unsure: ["is": "unsure"]
        case .doubtful(let sign): ["is": "doubtful", "sign": .text(sign.rawValue)]
        case .command(let command): ["is": "command", "command": .text(command)]
        case .topic(let topic): ["is": "topic", "topic": .text(topics[topic].name)]
        case .correction(let slot, let value):
            ["is": "correction", "slot": .text(slots[slot].name), "value": value]
        case .reopening(let slot): ["is": "reopening", "slot": .text(slots[slot].name)]
        case .badCorrection(let slot, let message, let suggestion):
            Self.record(
                ["is": "bad_correction", "slot": .text(slots[slot].name), "message": .text(message)],
                "suggestion",
                suggestion
            )
        case .several(let assignments, let rest):
            Self.record(
                ["is": "several", "assignments": .list(assignments.map(record))],
                "rest",
                rest.map(record)
            )
        case .recall(let slot): ["is": "recall", "slot": .text(slots[slot].name)]
        case .stray(let value, let candidates, let isReplacement):
            [
                "is": "stray", "value": value, "slots": .list(candidates.map { .text(slots[$0].name) }),
                "replacement": .flag(isReplacement),
            ]
        case .questioning(let value): ["is": "questioning", "value": value]
        case .misplaced(let kind): ["is": "misplaced", "kind": .text(kind)]
        case .empty: ["is": "empty"]
        case .notUnderstood: ["is": "not_understood"]
        }
    }

    private func record(_ assignment: Assignment) -> Value {
        ["slot": .text(slots[assignment.slot].name), "value": assignment.value, "early": .flag(assignment.isEarly)]
    }

    private func record(_ finding: Finding) -> Value {
        var fields = Self.place(finding.range, finding.text)
        fields["source"] = .text(finding.source)
        switch finding.kind {
        case .command(let command):
            fields["kind"] = "command"
            fields["command"] = .text(command)
        case .correction(let slot, let value):
            fields["kind"] = "correction"
            fields["slot"] = .text(slots[slot].name)
            fields["value"] = value
        case .topic(let topic):
            fields["kind"] = "topic"
            fields["topic"] = .text(topics[topic].name)
        case .sign(let sign):
            fields["kind"] = "sign"
            fields["sign"] = .text(sign.rawValue)
        case .value(let value):
            fields["kind"] = "value"
            fields["value"] = value
        case .nearMiss(let message, let suggestion):
            fields["kind"] = "near_miss"
            fields["message"] = .text(message)
            fields["suggestion"] = suggestion
        case .suggestion(let options):
            fields["kind"] = "suggestion"
            fields["options"] = .list(options.map { .text($0.id) })
        case .otherAnswer(let kind):
            fields["kind"] = "other_answer"
            fields["looks_like"] = .text(kind)
        }
        switch finding.outcome {
        case .decided: fields["outcome"] = "decided"
        case .counted: fields["outcome"] = "counted"
        case .lost(let principle):
            fields["outcome"] = "lost"
            fields["principle"] = .text(principle.name)
            fields["because"] = .text(principle.rawValue)
        case .outranked: fields["outcome"] = "outranked"
        case .excluded(.outOfScope): fields["outcome"] = "out_of_scope"
        case .excluded(.noValue(let words)):
            fields["outcome"] = "no_value"
            fields["words"] = .text(words)
        }
        if !finding.captures.isEmpty {
            fields["captures"] = .list(
                finding.captures.map { capture in
                    .record(Self.place(capture.range, capture.text).merging(["name": .text(capture.name)]) { $1 })
                }
            )
        }
        return .record(fields)
    }

    private var signsRecord: Value {
        let entries = explanation.signs.entries.map { entry in
            var fields = Self.place(entry.range, entry.text)
            fields["sign"] = .text(entry.sign.rawValue)
            fields["rule"] = .text(entry.rule)
            fields["covered_by"] = entry.coveredBy.map(Value.text)
            return Value.record(fields)
        }
        let residue = explanation.signs.residue.map { Value.record(Self.place($0.range, $0.text)) }
        var fields: [String: Value] = ["found": .list(entries), "residue": .list(residue)]
        switch explanation.signs.weight {
        case .affirm(let isPlain):
            fields["weight"] = "affirm"
            fields["plain"] = .flag(isPlain)
        case .deny: fields["weight"] = "deny"
        case .doubtful(let sign):
            fields["weight"] = "doubtful"
            fields["because"] = .text(sign.rawValue)
        case .unsure: fields["weight"] = "unsure"
        case .neutral: fields["weight"] = "neutral"
        }
        return .record(fields)
    }

    private func record(_ near: NearMeaning) -> Value {
        var fields: [String: Value] = [:]
        fields["decision"] = near.decision.map(record)
        fields["instead"] = near.instead.map(Value.text)
        switch near.obstacle {
        case .problem(let message):
            fields["obstacle"] = "problem"
            fields["message"] = .text(message)
        case .notAlone: fields["obstacle"] = "not_alone"
        case .beside(let words):
            fields["obstacle"] = "beside"
            fields["words"] = .list(words.map(Value.text))
        case .doesNotAsk: fields["obstacle"] = "does_not_ask"
        case .spelling(let text):
            fields["obstacle"] = "spelling"
            fields["words"] = [.text(text)]
        case .slotNotNamed: fields["obstacle"] = "slot_not_named"
        case .noValue(let words):
            fields["obstacle"] = "no_value"
            fields["words"] = words.isEmpty ? [] : [.text(words)]
        }
        return .record(fields)
    }

    /// Where something stands, in UTF-8 bytes of what was typed, and what stands there.
    private static func place(_ range: Range<Int>, _ text: String) -> [String: Value] {
        ["start": .number(range.lowerBound), "end": .number(range.upperBound), "text": .text(text)]
    }

    private static func record(_ fields: [String: Value], _ name: String, _ value: Value?) -> Value {
        var fields = fields
        fields[name] = value
        return .record(fields)
    }
}

extension Asking {
    /// A word for it.
    public var name: String {
        switch self {
        case .plain: "plain"
        case .known: "known"
        case .change: "change"
        case .suggestion: "suggestion"
        case .assigning: "assigning"
        case .restart: "restart"
        }
    }
}
