internal import Patterns

/// A resolver that departs from the order of meanings in one way, for mutation testing.
///
/// Two neighbours in the order are swapped by asking what the later one alone would say, where the earlier one decided.
/// So nothing of it is in the way of a resolver that is in use.
package final class DeviantResolver: Sendable {
    private let deviation: ResolverDeviation
    private let whole: Resolver
    private let commands: Resolver
    private let corrections: Resolver
    private let marks: Resolver
    private let topicsOnly: Resolver
    private let recognizers: Resolver
    private let topics: [(topic: Int, rule: Rule)]

    /// Makes one out of what a resolver is made of.
    package init(
        _ deviation: ResolverDeviation,
        rules: [Rule],
        topics: [(topic: Int, rule: Rule)],
        vocabulary: [SlotVocabulary],
        entities: [AnyEntityType]
    ) {
        self.deviation = deviation
        self.topics = topics
        whole = Resolver(rules: rules, topics: topics, vocabulary: vocabulary, entities: entities)
        recognizers = Resolver(rules: [], entities: entities)
        commands = Resolver(rules: rules.filter { $0.kind == .command }, entities: entities)
        corrections = Resolver(
            rules: rules.filter { $0.kind == .correction },
            vocabulary: vocabulary,
            entities: entities
        )
        let signs = rules.filter { $0.kind == .mark }
        // The names of slots are no residue for the marks, and without corrections they mean nothing else.
        marks = Resolver(rules: signs, vocabulary: vocabulary, entities: entities)
        topicsOnly = Resolver(rules: signs, topics: topics, entities: entities)
    }

    /// Understands a reply in the usual order, and then departs from it.
    func understand(
        _ utterance: Utterance,
        answering expected: Question,
        optionsOf options: (_ slot: Int) -> [ChoiceOption]
    ) -> Understanding {
        let usual = whole.understand(utterance, answering: expected, optionsOf: options)
        guard let other = departure(from: usual.decision, utterance, expected, options) else { return usual }
        return Understanding(decision: other, evidence: usual.evidence)
    }

    private func departure(
        from usual: Decision,
        _ utterance: Utterance,
        _ expected: Question,
        _ options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        func ask(_ resolver: Resolver, _ question: Question, _ isMeant: (Decision) -> Bool) -> Decision? {
            let decision = resolver.understand(utterance, answering: question, optionsOf: options).decision
            return isMeant(decision) ? decision : nil
        }
        let nothing = Question(form: .nothing, topics: expected.topics)
        switch deviation {
        case .commandBeatsAsked:
            return usual.isValue && !expected.isText ? ask(commands, nothing, \.isCommand) : nil
        case .correctionBeforeCommand:
            return usual.isCommand ? ask(corrections, expected, \.isCorrection) : nil
        case .polarityBeforeCorrection: return usual.isCorrection ? ask(marks, expected, \.isYesOrNo) : nil
        case .valueBeforePolarity: return usual.isYesOrNo ? ask(recognizers, expected, \.isValue) : nil
        case .topicBeforeValue:
            return usual.isValue && !expected.isText ? ask(topicsOnly, nothing, \.isTopic) : nil
        case .topicNeedsNoQuestion: return usual.isAfterTopics(expected) ? namedTopic(utterance, expected) : nil
        case .doubtBeforeTopic: return usual.isTopic ? ask(marks, expected, \.isDoubt) : nil
        case .nearMissBeforeTopic: return usual.isTopic ? ask(recognizers, expected, \.isNearMiss) : nil
        case .unsureBeforeNearMiss:
            return usual.isNearMiss ? ask(marks, Question(form: .confirmation)) { $0 == .unsure || $0 == .deny } : nil
        case .textTakesAnything:
            guard case .misplaced = usual else { return nil }
            return .value(.text(utterance.typed))
        case .gateTakesDoubt: return expected.form == .gate && usual.isDoubtful ? .affirm(isPlain: true) : nil
        case .gateTakesResidue:
            return expected.form == .gate && usual == .affirm(isPlain: false) ? .affirm(isPlain: true) : nil
        case .confirmationTakesDoubt:
            return expected.form == .confirmation && usual.isDoubtful ? .affirm(isPlain: true) : nil
        case .confirmationTakesResidue:
            return expected.form == .confirmation && usual == .affirm(isPlain: false) ? .affirm(isPlain: true) : nil
        }
    }

    /// A topic that is named anywhere in the reply.
    private func namedTopic(_ utterance: Utterance, _ expected: Question) -> Decision? {
        topics.first { topic, rule in
            expected.topics?[topic] != false && (try? rule.pattern.matches(utterance.text)) == true
        }.map { .topic($0.topic) }
    }
}

extension Decision {
    fileprivate var isCommand: Bool { if case .command = self { true } else { false } }
    fileprivate var isValue: Bool { if case .value = self { true } else { false } }
    fileprivate var isTopic: Bool { if case .topic = self { true } else { false } }
    fileprivate var isDoubtful: Bool { if case .doubtful = self { true } else { false } }

    fileprivate var isCorrection: Bool {
        switch self {
        case .correction, .reopening, .badCorrection: true
        default: false
        }
    }

    fileprivate var isYesOrNo: Bool {
        switch self {
        case .affirm, .deny: true
        default: false
        }
    }

    fileprivate var isDoubt: Bool { isDoubtful || self == .unsure || self == .affirm(isPlain: false) }

    fileprivate var isNearMiss: Bool {
        switch self {
        case .problem, .suggestions: true
        default: false
        }
    }

    /// Whether it was decided by something that comes after topics.
    fileprivate func isAfterTopics(_ expected: Question) -> Bool {
        switch self {
        case .value: expected.isText
        case .deny: expected.form != .gate && expected.form != .confirmation
        default: isDoubt || isNearMiss || self == .notUnderstood
        }
    }
}
