internal import Patterns

/// A reply that is being explained: the context that its findings are judged in.
struct Explainer {
    let resolver: Resolver
    let utterance: Utterance
    let question: Question
    let options: (Int) -> [ChoiceOption]
    let understanding: Understanding
    let polarity: Polarity
    /// The commands and corrections in the reply, with what became of them.
    private(set) var commands: [Finding] = []
    private(set) var corrections: [Finding] = []

    init(
        resolver: Resolver,
        utterance: Utterance,
        question: Question,
        options: @escaping (Int) -> [ChoiceOption],
        understanding: Understanding
    ) {
        self.resolver = resolver
        self.utterance = utterance
        self.question = question
        self.options = options
        self.understanding = understanding
        polarity = resolver.scale.weigh(utterance.text, isGate: question.form == .gate, scratch: MatchScratch())
        commands = findCommands()
        corrections = findCorrections()
    }

    var text: String { utterance.text }
    var whole: Range<Int> { 0..<utterance.text.utf8.count }
    var decision: Decision { understanding.decision }

    /// All that was found: what decided, then the rest in the order of the reply.
    func findings() -> [Finding] {
        guard !utterance.isEmpty else { return [] }
        let all = commands + corrections + topics() + values() + signs()
        return all.enumerated().sorted { first, second in
            let left = (first.element.rank, first.element.range.lowerBound, first.offset)
            return left < (second.element.rank, second.element.range.lowerBound, second.offset)
        }.map(\.element)
    }

    /// A finding of a rule or recognizer at a range of the normalised text.
    func finding(
        _ kind: Finding.Kind,
        _ source: String,
        at range: Range<Int>,
        _ outcome: Finding.Outcome,
        captures: [Finding.Capture] = []
    ) -> Finding {
        Finding(
            kind: kind,
            source: source,
            range: utterance.typedRange(of: range),
            text: utterance.typedText(of: range),
            captures: captures,
            outcome: outcome
        )
    }

    /// A finding of a rule where its pattern matched.
    func finding(_ kind: Finding.Kind, _ rule: Rule, _ match: PatternMatch, _ outcome: Finding.Outcome) -> Finding {
        let captures = zip(match.groupNames, match.groups).compactMap { name, range -> Finding.Capture? in
            guard let range, !name.isEmpty else { return nil }
            return Finding.Capture(
                name: name,
                range: utterance.typedRange(of: range),
                text: utterance.typedText(of: range)
            )
        }
        return finding(kind, rule.name, at: match.range, outcome, captures: captures)
    }

    /// What the resolver says became of a rule; `nil` where it says nothing of it.
    func verdict(of source: String, at range: Range<Int>? = nil) -> Finding.Outcome? {
        let evidence = understanding.evidence.first { $0.source == source && (range == nil || $0.range == range) }
        return evidence.map { evidence in
            switch evidence.verdict {
            case .decided: .decided
            case .counted: .counted
            case .lost(let principle): .lost(principle)
            }
        }
    }
}

extension Finding {
    /// What decided comes first, what took part with it second.
    fileprivate var rank: Int {
        switch outcome {
        case .decided: 0
        case .counted: 1
        case .lost, .outranked, .excluded: 2
        }
    }
}
