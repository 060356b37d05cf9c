extension Resolver {
    /// Explains how a reply is understood: what was found, what won and by which principle, and what came near.
    ///
    /// It is for people, logs and tests; a turn uses ``understand(_:answering:optionsOf:)`` alone, which gives the same
    /// decision.
    ///
    /// - Parameters:
    ///   - utterance: The reply.
    ///   - expected: What the question in hand can take.
    ///   - options: The options of another slot, for a correction of it.
    /// - Returns: The explanation.
    /// - Complexity: Compiles a copy of every command's pattern and understands some dozens of changed replies: about
    ///   a thousand times the cost of understanding the reply.
    public func explain(
        _ utterance: Utterance,
        answering expected: Question,
        optionsOf options: @escaping (_ slot: Int) -> [ChoiceOption] = { _ in [] }
    ) -> Explanation {
        explain(
            understand(utterance, answering: expected, optionsOf: options),
            of: utterance,
            answering: expected,
            optionsOf: options
        )
    }

    /// Explains an understanding that this resolver has come to for the same reply and question.
    package func explain(
        _ understanding: Understanding,
        of utterance: Utterance,
        answering expected: Question,
        optionsOf options: @escaping (_ slot: Int) -> [ChoiceOption]
    ) -> Explanation {
        let explainer = Explainer(
            resolver: self,
            utterance: utterance,
            question: expected,
            options: options,
            understanding: understanding
        )
        return Explanation(
            utterance: utterance,
            decision: understanding.decision,
            findings: explainer.findings(),
            signs: explainer.signTable(),
            nearest: explainer.nearest()
        )
    }
}
