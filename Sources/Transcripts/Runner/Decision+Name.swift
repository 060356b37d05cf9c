internal import Dialogue
internal import Intents

extension Decision {
    /// The decision in one word, as `expect: intent` has it.
    func transcriptName(in flow: Flow) -> String {
        switch self {
        case .value: "value"
        case .problem: "problem"
        case .suggestions: "suggestions"
        case .affirm(let isPlain): isPlain ? "affirm" : "reservation"
        case .deny: "deny"
        case .unsure: "unsure"
        case .doubtful(let sign): "doubtful-\(sign.rawValue)"
        case .command(let name): name
        case .topic(let index): flow.topics.indices.contains(index) ? flow.topics[index].name : "topic"
        case .correction: "correction"
        case .reopening: "reopening"
        case .badCorrection: "bad-correction"
        case .several: "several"
        case .recall: "recall"
        case .stray(_, _, let isReplacement): isReplacement ? "replacement" : "stray"
        case .questioning: "questioning"
        case .misplaced: "misplaced"
        case .empty: "empty"
        case .notUnderstood: "not-understood"
        }
    }

    /// The words of ``transcriptName(in:)``, apart from commands and topics, which are the flow's own.
    static let transcriptNames: [String] =
        [
            "value", "problem", "suggestions", "affirm", "reservation", "deny", "unsure", "correction", "reopening",
            "bad-correction", "several", "recall", "stray", "replacement", "questioning", "misplaced", "empty",
            "not-understood", "refused",
        ] + Polarity.Sign.allCases.map { "doubtful-\($0.rawValue)" }
}

extension Understanding {
    /// The rules and recognizers that had part in the decision, in the order they were considered, each once.
    var decidingSources: [String] {
        var seen: Set<String> = []
        return evidence.compactMap { evidence in
            switch evidence.verdict {
            case .decided, .counted: seen.insert(evidence.source).inserted ? evidence.source : nil
            case .lost: nil
            }
        }
    }
}
