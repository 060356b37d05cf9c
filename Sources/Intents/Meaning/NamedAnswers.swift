internal import Patterns

/// Reads answers that name their slot, or that only one slot can hold: the corrections of a flow and its vocabulary.
struct NamedAnswers: Sendable {
    /// What a text says about a slot.
    enum Reading {
        /// It gives the slot a value.
        case assignment(Assignment)
        /// It was meant to, with a value that cannot be.
        case problem(slot: Int, message: String, suggestion: Value?)
        /// It takes the slot's value back.
        case reopening(slot: Int)
        /// It asks for the slot's value.
        case recall(slot: Int)
        /// It gives a value in place of another, without saying which; these slots can hold it.
        case replacement(Value, slots: [Int])
    }

    /// A reading with the rule that found it.
    struct Finding {
        var reading: Reading
        var rule: String
        var meaning: String
        var range: Range<Int>
    }

    /// How much a wording binds: an order to change, a statement of fact, a mention.
    private enum Force { case order, statement, mention }

    /// The slots that can be named.
    let vocabulary: [SlotVocabulary]
    private let orders: RuleList
    private let mentions: RuleList
    private let replacements: RuleList
    private let index: RuleIndex
    private let byName: [String: Int]
    /// Any of the names, anywhere.
    private let names: Pattern?
    private let traces: TraceSearch

    init(rules: [Rule], vocabulary: [SlotVocabulary], index: RuleIndex) {
        self.vocabulary = vocabulary
        traces = TraceSearch(vocabulary.map(\.type).filter(\.base.isSelfIdentifying))
        let corrections = rules.filter { $0.kind == .correction }
        func ruled(by intent: String) -> [Rule] { corrections.filter { $0.intent == intent } }
        let others = corrections.filter { !Self.intents.contains($0.intent) }
        orders = index.add(ruled(by: "set") + ruled(by: "state") + others)
        mentions = index.add(ruled(by: "recall") + ruled(by: "give"))
        replacements = index.add(ruled(by: "instead"))
        self.index = index
        var byName: [String: Int] = [:]
        for (position, slot) in vocabulary.enumerated() {
            for name in slot.names { byName[name.lowercased()] = position }
        }
        self.byName = byName
        let alternatives = byName.keys.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }.map(Self.escaped)
        names =
            alternatives.isEmpty
            ? nil : try? Pattern(alternatives.joined(separator: "|"), options: [.caseless])
    }

    /// The intents of corrections that do something else than reopen the slot.
    private static let intents: Set<String> = ["set", "state", "give", "recall", "instead"]

    private static func escaped(_ name: String) -> String {
        name.map { $0.isLetter || $0.isNumber || $0 == "_" ? String($0) : $0 == " " ? "\\s+" : "\\\($0)" }.joined()
    }

    /// The slot of a name, by its place in the flow's table.
    func slot(named name: String) -> Int? { byName[name.lowercased()].map { vocabulary[$0].index } }

    /// The type of what a slot holds, by its place in the flow's table.
    func type(of slot: Int) -> AnyEntityType? { vocabulary.first { $0.index == slot }?.type }

    /// Whether a text can hold a value that shows by itself which slot it is for; a look at its bytes.
    func mayHoldValue(_ text: String) -> Bool { traces.mayMatch(text) }

    /// What a slot is called first, by its place in the flow's table.
    func name(of slot: Int) -> String { vocabulary.first { $0.index == slot }?.names.first ?? "" }

    /// Whether any slot's name stands anywhere in a text.
    func isNamed(in text: String, scratch: borrowing MatchScratch) -> Bool {
        guard let names else { return false }
        return (try? names.matches(text, in: scratch)) ?? false
    }

    /// Reads a text as an answer that names its slot.
    ///
    /// - Parameters:
    ///   - text: Normalised text: a whole reply, or a clause of it.
    ///   - context: The question in hand, and what it takes to read values.
    ///   - isClause: Whether the text is only a part of a reply: then no slot is reopened, and a value that any word
    ///     could be is no answer beside a free text.
    ///   - candidates: The rules that may match the text, where they are known already.
    ///   - scratch: Memory for matching.
    /// - Returns: The first reading in the order of force; `nil` where no rule gives one.
    func read(
        _ text: String,
        in context: Context,
        isClause: Bool = false,
        among candidates: RuleCandidates? = nil,
        scratch: borrowing MatchScratch
    ) -> Finding? {
        let candidates = candidates ?? index.candidates(in: text)
        for (_, rule) in orders.among(candidates) {
            guard let (match, slot) = named(by: rule, in: text, scratch: scratch) else { continue }
            guard rule.intent == "set" || rule.intent == "state" else {
                if isClause { continue }
                return Finding(
                    reading: .reopening(slot: slot.index),
                    rule: rule.name,
                    meaning: "reopen",
                    range: match.slot
                )
            }
            let force = rule.intent == "set" ? Force.order : .statement
            if let reading = value(of: slot, in: text.slice(utf8: match.value), force, isClause, context, scratch) {
                return Finding(reading: reading, rule: rule.name, meaning: "set", range: match.slot)
            }
        }
        for (_, rule) in mentions.among(candidates) {
            guard let (match, slot) = named(by: rule, in: text, scratch: scratch) else { continue }
            if rule.intent == "recall" {
                return Finding(
                    reading: .recall(slot: slot.index),
                    rule: rule.name,
                    meaning: "recall",
                    range: match.slot
                )
            }
            if let reading = value(of: slot, in: text.slice(utf8: match.value), .mention, isClause, context, scratch) {
                return Finding(reading: reading, rule: rule.name, meaning: "set", range: match.slot)
            }
        }
        return nil
    }

    /// Reads a text as a value in place of an unnamed one.
    func readReplacement(
        _ text: String,
        in context: Context,
        among candidates: RuleCandidates,
        scratch: borrowing MatchScratch
    ) -> Finding? {
        guard mayHoldValue(text) else { return nil }
        for (_, rule) in replacements.among(candidates) {
            guard let match = try? rule.pattern.firstMatch(in: text, scratch: scratch),
                let range = match.range(named: "value"),
                let found = WellKnownValue.find(in: text.slice(utf8: range), for: self, most: 2)
            else { continue }
            return Finding(
                reading: .replacement(found.value, slots: found.slots),
                rule: rule.name,
                meaning: "set",
                range: range
            )
        }
        return nil
    }

    private func named(
        by rule: Rule,
        in text: String,
        scratch: borrowing MatchScratch
    ) -> ((slot: Range<Int>, value: Range<Int>), SlotVocabulary)? {
        guard let match = try? rule.pattern.firstMatch(in: text, scratch: scratch),
            let name = match.range(named: "slot"),
            let position = byName[text.slice(utf8: name).lowercased()]
        else { return nil }
        let value = match.range(named: "value") ?? name.upperBound..<text.utf8.count
        return ((name, value), vocabulary[position])
    }

    private func value(
        of slot: SlotVocabulary,
        in text: String,
        _ force: Force,
        _ isClause: Bool,
        _ context: Context,
        _ scratch: borrowing MatchScratch
    ) -> Reading? {
        func assigned(_ value: Value) -> Reading { .assignment(Assignment(slot: slot.index, value: value)) }
        let isOwn = slot.index == context.expected.slot
        let besideText = context.expected.isText && !isOwn && !context.isList
        let options = context.options(slot.index)
        switch slot.type.role {
        case .flag:
            switch context.scale.weigh(text, scratch: scratch).weight {
            case .affirm(isPlain: true) where force != .mention: return assigned(.flag(true))
            case .deny where text.utf8.count <= 24: return assigned(.flag(false))
            default: return nil
            }
        case .choice, .choices:
            guard options.isEmpty else { break }
            // A statement about an option in a description is no choice of it, unless other clauses give answers too.
            let isMeant = context.isList || force == .order || force == .statement && !context.expected.isText
            guard isMeant, !isOwn else { return nil }
            return .assignment(Assignment(slot: slot.index, value: .text(text), isEarly: true))
        default: break
        }
        let utterance = Utterance(text)
        let question = Question(
            form: .value(slot.type),
            slot: slot.index,
            options: options,
            current: options.indices.filter { options[$0].isChosen }
        )
        switch slot.type.read(utterance, answering: question) {
        case .value(let value, let range):
            let isOpen = slot.type.canBeAnyWord(value)
            if isOpen, force == .mention || isClause && besideText { return nil }
            if isOpen, isClause, context.expected.isText, !isOwn, !slot.type.looksLikeName(value) {
                return nil
            }
            if force == .mention || besideText && isClause {
                guard range.count * 10 >= utterance.text.utf8.count * 8 else { return nil }
            }
            if let message = context.mangled[value] {
                return .problem(slot: slot.index, message: message, suggestion: value)
            }
            return assigned(value)
        case .problem(let message, let suggestion, let range):
            if force == .mention || isClause && besideText {
                let isWhole = range.count * 10 >= utterance.text.utf8.count * 8
                guard isWhole, slot.type.base.isSelfIdentifying else { return nil }
            }
            return .problem(slot: slot.index, message: message, suggestion: suggestion)
        case .suggestions(let near, _):
            guard force != .mention, !besideText, !isOwn else { return nil }
            guard near.count == 1, slot.type.role == .choice, let one = near.first else {
                let names = near.map(\.name).joined(separator: ", ")
                return .problem(slot: slot.index, message: "Several fit: \(names). Please name one.", suggestion: nil)
            }
            return .problem(slot: slot.index, message: "That is not the whole name.", suggestion: .text(one.id))
        case .nothing: return nil
        }
    }

    /// What it takes to read a value.
    struct Context {
        /// The question in hand.
        let expected: Question
        /// Weighs yes and no.
        let scale: PolarityScale
        /// The options of a slot.
        let options: (Int) -> [ChoiceOption]
        /// The values that a chat client may have changed, with what to say of each.
        let mangled: [Value: String]
        /// Whether other clauses of the reply are answers beyond doubt.
        var isList = false

        init(
            _ hearing: Hearing,
            scale: PolarityScale,
            vocabulary: [SlotVocabulary],
            options: @escaping (Int) -> [ChoiceOption]
        ) {
            expected = hearing.expected
            self.scale = scale
            self.options = options
            mangled =
                hearing.utterance.isRewritten
                ? vocabulary.reduce(into: [:]) { messages, slot in
                    messages.merge(slot.type.base.doubts(in: hearing.utterance)) { first, _ in first }
                } : [:]
        }
    }
}
