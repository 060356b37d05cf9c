/// How well replies are understood: what each came to, beside what its author meant.
public struct Evaluation: Sendable {
    /// A reply that was taken for something else.
    public struct Miss: Sendable, Hashable {
        /// What was meant.
        public var gold: String
        /// What it came to; ``LabelledReply/other`` for none of the intents.
        public var predicted: String
        /// The rules that took part in the decision, in the order of their places; empty where none did.
        public var rules: [String]
        /// The reply as it was typed.
        public var text: String
    }

    /// How often each intent was meant and found.
    public struct Score: Sendable, Hashable {
        /// Replies that mean it and were taken so.
        public var hits = 0
        /// Replies that mean it.
        public var support = 0
        /// Replies that were taken so.
        public var found = 0

        /// The part of what was found that is right, 0 to 1; 0 where nothing was found.
        public var precision: Double { found == 0 ? 0 : Double(hits) / Double(found) }
        /// The part of what was meant that was found, 0 to 1; 0 where nothing was meant.
        public var recall: Double { support == 0 ? 0 : Double(hits) / Double(support) }
        /// The harmonic mean of both, 0 to 1.
        public var f1: Double { found + support == 0 ? 0 : 2 * Double(hits) / Double(found + support) }
    }

    /// The intents that the mean of F1 is taken over.
    public static let measuredIntents = [
        "affirm", "deny", "unsure", "repeat", "cancel", "help", "goodbye", "thanks", "greet", "bot_challenge",
    ]

    /// How often a reply that meant one intent was taken for another: by what was meant, then by what was found.
    public private(set) var confusion: [String: [String: Int]] = [:]
    /// The replies that were taken for something else, in their order.
    public private(set) var misses: [Miss] = []
    /// The replies that open a gate and were not meant as a yes, in their order.
    public private(set) var gateFalseAccepts: [String] = []

    /// Measures how replies are understood, each by itself.
    ///
    /// - Parameters:
    ///   - replies: Replies with what they mean.
    ///   - context: The question that they are taken to answer.
    ///   - resolver: What understands them.
    /// - Complexity: O(replies × rules × length): every reply is understood in the context, and at a gate.
    public init(of replies: some Sequence<LabelledReply>, in context: EvaluationContext, by resolver: Resolver) {
        let question = context.question
        let gate = EvaluationContext.gate.question
        for reply in replies {
            let utterance = resolver.utterance(reply.text)
            let understanding = resolver.understand(utterance, answering: question)
            let predicted = understanding.decision.intent(in: context) ?? LabelledReply.other
            confusion[reply.intent, default: [:]][predicted, default: 0] += 1
            if predicted != reply.intent {
                let evidence = understanding.evidence.sorted { $0.range.lowerBound < $1.range.lowerBound }
                let rules = evidence.map(\.source)
                misses.append(Miss(gold: reply.intent, predicted: predicted, rules: rules, text: reply.text))
            }
            guard reply.intent != Polarity.Sign.affirm.rawValue else { continue }
            let atGate = context == .gate ? understanding : resolver.understand(utterance, answering: gate)
            if atGate.decision == .affirm(isPlain: true) { gateFalseAccepts.append(reply.text) }
        }
    }

    /// Adds what was measured on further replies.
    public mutating func merge(_ other: Evaluation) {
        confusion.merge(other.confusion) { $0.merging($1, uniquingKeysWith: +) }
        misses += other.misses
        gateFalseAccepts += other.gateFalseAccepts
    }

    /// How well one intent is understood.
    public func score(of intent: String) -> Score {
        var score = Score()
        for (gold, row) in confusion {
            let found = row[intent] ?? 0
            score.found += found
            guard gold == intent else { continue }
            score.hits = found
            score.support = row.values.reduce(0, +)
        }
        return score
    }

    /// The mean of F1 over ``measuredIntents``, each counting the same, 0 to 1.
    public var macroF1: Double {
        Self.measuredIntents.reduce(0) { $0 + score(of: $1).f1 } / Double(Self.measuredIntents.count)
    }
}
