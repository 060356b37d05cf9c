/// How a reply was understood, all that was considered beside it, and how near it came to anything else.
///
/// ``Resolver/explain(_:answering:optionsOf:)`` makes one. The decision is the one that
/// ``Resolver/understand(_:answering:optionsOf:)`` comes to; the rest is worked out again, more thoroughly than a turn
/// has time for. All ranges are half-open UTF-8 byte ranges of what the user typed.
public struct Explanation: Sendable, Hashable {
    /// The reply.
    public var utterance: Utterance
    /// What it comes to.
    public var decision: Decision
    /// What was found in it, what decided first and the rest by place.
    public var findings: [Finding]
    /// Its signs of yes, no and doubt.
    public var signs: SignTable
    /// What it nearly came to, the nearest first; empty where it was understood.
    public var nearest: [NearMeaning]

    /// Makes an explanation.
    public init(
        utterance: Utterance,
        decision: Decision,
        findings: [Finding],
        signs: SignTable,
        nearest: [NearMeaning]
    ) {
        self.utterance = utterance
        self.decision = decision
        self.findings = findings
        self.signs = signs
        self.nearest = nearest
    }

    /// Whether the reply came to something that the conversation can go on with.
    public var isUnderstood: Bool { decision.isUnderstood }
}

extension Decision {
    /// Whether it is an answer, a command, a topic or a correction, without anything left open.
    public var isUnderstood: Bool {
        switch self {
        case .value, .affirm(isPlain: true), .deny, .unsure, .command, .topic, .correction, .reopening, .recall: true
        case .several(_, let rest): rest?.isUnderstood ?? true
        case .problem, .suggestions, .affirm(isPlain: false), .doubtful, .badCorrection, .stray, .questioning,
            .misplaced, .empty, .notUnderstood:
            false
        }
    }
}
