internal import Patterns

/// Decides what a reply means: the one place where meanings compete, by the rules that ``Principle`` names.
///
/// The order: nothing said; a command that owns the reply (unless its words are the value asked for); several answers
/// in one reply; an answer that names another slot; a value in place of another; yes and no where they answer; the
/// value asked for; a topic asked about; near misses; not knowing; a value that no question asked for; free text,
/// which takes only what nothing before it claimed.
public struct Resolver: Sendable {
    let commands: RuleList
    let choosing: RuleList
    let topics: [(topic: Int, rule: Rule)]
    let corrections: [Rule]
    let topicRules: RuleList
    let index = RuleIndex()
    let scale: PolarityScale
    let named: NamedAnswers
    /// The entity types that the flow knows, be there slots of them or not.
    let entities: [AnyEntityType]
    /// For explanations.
    let copies = CommandCopies()
    /// Who decides otherwise, for mutation testing.
    package var deviant: DeviantResolver?

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - rules: Commands, marks and corrections; the order decides nothing but ties.
    ///   - topics: Topic rules with the topic they belong to.
    ///   - vocabulary: The slots that can be corrected by naming them.
    ///   - entities: The entity types that the flow knows. Free texts don't swallow values of theirs.
    public init(
        rules: [Rule],
        topics: [(topic: Int, rule: Rule)] = [],
        vocabulary: [SlotVocabulary] = [],
        entities: [AnyEntityType] = []
    ) {
        commands = index.add(rules.filter { $0.kind == .command && !Self.choosingIntents.contains($0.intent) })
        corrections = rules.filter { $0.kind == .correction }
        choosing = index.add(rules.filter { $0.kind == .command && Self.choosingIntents.contains($0.intent) })
        let subjects = vocabulary.flatMap(\.names).flatMap { $0.lowercased().split(whereSeparator: { !$0.isLetter }) }
        scale = PolarityScale(rules, subjects: Set(subjects.map(String.init)), index: index)
        self.topics = topics
        topicRules = index.add(topics.map(\.rule))
        named = NamedAnswers(rules: rules, vocabulary: vocabulary, index: index)
        self.entities = entities
    }

    /// Normalizes a reply as the entity types of this resolver need it: values that were broken over lines are whole again.
    public func utterance(_ typed: String) -> Utterance { Utterance(typed, of: entities) }

    /// Understands a reply.
    ///
    /// - Parameters:
    ///   - utterance: The reply.
    ///   - expected: What the question in hand can take.
    ///   - options: The options of another slot, for a correction of it.
    /// - Returns: The decision, with everything that was considered.
    public func understand(
        _ utterance: Utterance,
        answering expected: Question,
        optionsOf options: (_ slot: Int) -> [ChoiceOption] = { _ in [] }
    ) -> Understanding {
        guard !utterance.isEmpty else { return Understanding(decision: .empty) }
        if let deviant { return deviant.understand(utterance, answering: expected, optionsOf: options) }
        var hearing = Hearing(utterance: utterance, expected: expected)
        let decision = decide(&hearing, isRest: false, optionsOf: options)
        return Understanding(decision: decision, evidence: hearing.evidence, furtherTopics: hearing.furtherTopics)
    }

    /// Decides what a reply means, or the rest of one whose other parts named their slots.
    func decide(
        _ hearing: inout Hearing,
        isRest: Bool,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Decision {
        let text = hearing.utterance.text
        let expected = hearing.expected
        let scratch = MatchScratch()
        let whole = 0..<text.utf8.count
        let candidates = index.candidates(in: text)

        var recognized = hearing.recognizeAsked()
        if let command = commands.firstMatching(text, among: candidates, scratch: scratch) {
            guard case .value(_, let range) = recognized, range == whole, expected.isChoice else {
                hearing.add(command.name, command.intent, whole, .decided)
                return .command(command.intent)
            }
            hearing.add(command.name, command.intent, whole, .lost(.askedBeatsCommand))
        }

        if !isRest, let naming = naming(in: &hearing, candidates, scratch: scratch, recognized, optionsOf: options) {
            return naming
        }

        let polarity = scale.weigh(text, isGate: expected.form == .gate, among: candidates, scratch: scratch)
        if expected.isOpenWord, case .value(_, let range) = recognized, range == whole {
            // Any word could be such a name; "yes", "no idea" and questions are answers first.
            let isAnswer = !polarity.hasResidue && polarity.weight != .neutral
            if isAnswer || polarity.marks.contains(where: { $0.sign == .question }) { recognized = .nothing }
        } else if expected.isOpenWord, case .problem = recognized, Self.isInverted(text) {
            // A question is no name with spaces in it.
            recognized = .nothing
        }
        if let stray = stray(in: &hearing, polarity, isRest: isRest, optionsOf: options) { return stray }
        if let answer = answerByPolarity(polarity, &hearing, recognized: recognized) { return answer }

        if case .value(let value, let range) = recognized, !expected.isText {
            hearing.add(expected.source, "value", range, .decided)
            return .value(value)
        }
        if case .nothing = recognized, let choice = chooseAllOrNone(&hearing, candidates, scratch: scratch) {
            return choice
        }
        if let first = topics(in: &hearing, polarity: polarity, among: candidates, scratch: scratch).first {
            return .topic(first)
        }
        if let topic = topic(in: &hearing, polarity: polarity, among: candidates, scratch: scratch) {
            return .topic(topic)
        }
        if let doubt = doubt(polarity, &hearing) { return doubt }

        if !expected.isText, !expected.isSelfIdentifying,
            let stray = strayAtLast(in: &hearing, isRest: isRest, optionsOf: options)
        {
            return stray
        }
        switch recognized {
        case .problem(let message, let suggestion, let range):
            hearing.add(expected.source, "near miss", range, .decided)
            return .problem(message: message, suggestion: suggestion)
        case .suggestions(let options, let range):
            hearing.add(expected.source, "suggestion", range, .decided)
            return .suggestions(options)
        case .value, .nothing: break
        }

        if case .value = expected.form {
            switch polarity.weight {
            case .unsure where !expected.isText || !polarity.hasResidue:
                hearing.count(polarity.marks)
                return .unsure
            case .deny where !expected.isText || !polarity.hasResidue:
                hearing.count(polarity.marks)
                return .deny
            case .affirm where !expected.isText || !polarity.hasResidue, .doubtful where !polarity.hasResidue:
                hearing.count(polarity.marks)
                return .notUnderstood
            default: break
            }
        }
        if case .value(let value, let range) = recognized {
            if let claimed = claimed(in: &hearing, value, range, polarity) { return claimed }
            hearing.add("text", "value", range, .decided)
            return .value(value)
        }
        if let stray = strayAtLast(in: &hearing, isRest: isRest, optionsOf: options) { return stray }
        if let unsure = leadingUnsure(&hearing, scratch: scratch) { return unsure }
        countQuestion(polarity, in: &hearing)
        return .notUnderstood
    }

    /// Commands that mean something only where options are offered.
    private static let choosingIntents: Set<String> = ["choose_all", "choose_none"]

    /// All of the options, or none of them, in words that no option accounts for.
    private func chooseAllOrNone(
        _ hearing: inout Hearing,
        _ candidates: RuleCandidates,
        scratch: borrowing MatchScratch
    ) -> Decision? {
        let text = hearing.utterance.text
        guard hearing.expected.isChoice,
            let rule = choosing.firstMatching(text, among: candidates, scratch: scratch)
        else { return nil }
        let takesAll = rule.intent == "choose_all"
        if takesAll, hearing.expected.form != .value(.choices) || hearing.expected.options.isEmpty { return nil }
        hearing.add(rule.name, rule.intent, 0..<text.utf8.count, .decided)
        return takesAll ? .value(.list(hearing.expected.options.map { .text($0.id) })) : .deny
    }

    /// Yes, no and what lies between, where the question can take them.
    private func answerByPolarity(
        _ polarity: Polarity,
        _ hearing: inout Hearing,
        recognized: Recognition
    ) -> Decision? {
        let weight = polarity.weight
        switch hearing.expected.form {
        case .gate:
            switch weight {
            case .affirm(isPlain: true):
                hearing.count(polarity.marks)
                return .affirm(isPlain: true)
            case .deny where !hearing.utterance.text.hasSuffix("?"):
                hearing.count(polarity.marks)
                return .deny
            default: return nil
            }
        case .confirmation, .value(.flag):
            switch weight {
            case .affirm(let isPlain):
                hearing.count(polarity.marks)
                return .affirm(isPlain: isPlain)
            case .deny:
                hearing.count(polarity.marks)
                return .deny
            // What is not known may be asked about: topics come first.
            case .unsure, .doubtful, .neutral: return nil
            }
        case .value where hearing.expected.hasProposal:
            if case .value = recognized { return nil }
            guard case .affirm(let isPlain) = weight else { return nil }
            hearing.count(polarity.marks)
            return .affirm(isPlain: isPlain)
        case .change:
            if case .value = recognized { return nil }
            switch weight {
            case .affirm(let isPlain):
                hearing.count(polarity.marks)
                return .affirm(isPlain: isPlain)
            case .unsure:
                hearing.count(polarity.marks)
                return .unsure
            case .deny where !polarity.hasResidue:
                hearing.count(polarity.marks)
                return .deny
            default: return nil
            }
        case .value, .nothing: return nil
        }
    }

    /// Consent with something against it, where only yes or no can answer.
    private func doubt(_ polarity: Polarity, _ hearing: inout Hearing) -> Decision? {
        switch hearing.expected.form {
        case .gate, .confirmation, .value(.flag): break
        default: return nil
        }
        switch polarity.weight {
        case .doubtful(let sign):
            hearing.count(polarity.marks, lostBy: .doubtBeatsConsent)
            return .doubtful(sign)
        case .affirm(isPlain: false):
            hearing.count(polarity.marks, lostBy: .doubtBeatsConsent)
            return .affirm(isPlain: false)
        case .unsure:
            hearing.count(polarity.marks)
            return .unsure
        default: return nil
        }
    }

    private func topic(
        in hearing: inout Hearing,
        polarity: Polarity,
        among candidates: RuleCandidates,
        scratch: borrowing MatchScratch
    ) -> Int? {
        let text = hearing.utterance.text
        let asks = polarity.marks.contains { $0.sign == .question }
        for (offset, rule) in topicRules.among(candidates) {
            let topic = topics[offset].topic
            guard hearing.expected.topics?[topic] != false,
                let range = try? rule.pattern.firstRange(in: text, scratch: scratch)
            else { continue }
            let isWhole = range.count * 10 >= text.utf8.count * 8
            if asks || isWhole {
                hearing.add(rule.name, rule.intent, range, .decided)
                return topic
            }
            hearing.add(rule.name, rule.intent, range, .lost(.topicNeedsQuestion))
        }
        return nil
    }

    /// Answers that name their slot: several in one reply, one with a value or without, or one in place of another.
    private func naming(
        in hearing: inout Hearing,
        _ candidates: RuleCandidates,
        scratch: borrowing MatchScratch,
        _ recognized: Recognition,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        let text = hearing.utterance.text
        if hearing.expected.form == .change, let slot = named.slot(named: Self.withoutArticle(text)) {
            hearing.add("slot name", "reopen", 0..<text.utf8.count, .decided)
            return .reopening(slot: slot)
        }
        let isNamed = named.isNamed(in: text, scratch: scratch)
        if let several = several(in: &hearing, scratch: scratch, isNamed: isNamed, optionsOf: options) {
            return several
        }
        let found = withoutActuallyEscaping(options) { options -> NamedAnswers.Finding? in
            let context = NamedAnswers.Context(
                hearing,
                scale: scale,
                vocabulary: named.vocabulary,
                options: options
            )
            if isNamed, let found = named.read(text, in: context, among: candidates, scratch: scratch) { return found }
            if case .value = recognized, !hearing.expected.isText { return nil }
            return named.readReplacement(text, in: context, among: candidates, scratch: scratch)
        }
        guard let found else { return nil }
        hearing.add(found.rule, found.meaning, found.range, .decided)
        switch found.reading {
        case .assignment(let assignment): return Self.decision(for: assignment, answering: hearing.expected)
        case .problem(let slot, let message, let suggestion):
            return .badCorrection(slot: slot, message: message, suggestion: suggestion)
        case .reopening(let slot): return .reopening(slot: slot)
        case .recall(let slot): return .recall(slot: slot)
        case .replacement(let value, let slots): return .stray(value, slots: slots, isReplacement: true)
        }
    }

    /// What a correction says that its slot should hold: its group `value`, or what follows the slot's name.
    static func newValue(_ match: PatternMatch, in text: String) -> String {
        let end = match.range(named: "slot")?.upperBound ?? text.utf8.count
        return text.slice(utf8: match.range(named: "value") ?? end..<text.utf8.count)
    }

    /// Reads what a correction says that a slot should hold.
    static func recognition(
        of text: String,
        for slot: SlotVocabulary,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Recognition {
        let options = options(slot.index)
        let expected = Question(
            form: .value(slot.type),
            slot: slot.index,
            options: options,
            current: options.indices.filter { options[$0].isChosen }
        )
        return slot.type.read(Utterance(text), answering: expected)
    }

    private static func withoutArticle(_ text: String) -> String {
        var words = text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "-" })
        while let first = words.first, ["the", "my", "our", "please", "a", "change", "just"].contains(first) {
            words.removeFirst()
        }
        return words.joined(separator: " ")
    }
}
