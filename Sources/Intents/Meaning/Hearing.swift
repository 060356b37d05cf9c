/// A reply while it is being understood.
struct Hearing {
    let utterance: Utterance
    let expected: Question
    var evidence: [Evidence] = []
    /// The topics asked about beside the one that decides.
    var furtherTopics: [Int] = []

    init(utterance: Utterance, expected: Question) {
        self.utterance = utterance
        self.expected = expected
    }

    func recognizeAsked() -> Recognition {
        guard let type = expected.type, type.role != .flag else { return .nothing }
        return type.read(utterance, answering: expected)
    }

    mutating func add(_ source: String, _ meaning: String, _ range: Range<Int>, _ verdict: Evidence.Verdict) {
        evidence.append(Evidence(source: source, meaning: meaning, range: range, verdict: verdict))
    }

    mutating func count(_ marks: [Polarity.Mark], lostBy principle: Principle? = nil) {
        for mark in marks {
            let verdict: Evidence.Verdict
            if let principle, mark.sign == .affirm { verdict = .lost(principle) } else { verdict = .counted }
            add(mark.rule, mark.sign.rawValue, mark.range, verdict)
        }
    }
}

extension Question {
    /// The entity type that it asks for; `nil` where a value is no answer.
    public var type: AnyEntityType? {
        if case .value(let type) = form { type } else { nil }
    }

    /// Whether the answer is free text.
    var isText: Bool { type?.role == .text }

    /// Whether what is asked for can be any single word.
    var isOpenWord: Bool { type.map { $0.role == .value && $0.base.acceptsAnyWord } ?? false }

    /// Whether what is asked for shows by itself what it is.
    var isSelfIdentifying: Bool { type?.base.isSelfIdentifying ?? false }

    /// Whether options are offered.
    var isChoice: Bool { type?.role == .choice || type?.role == .choices }

    /// The type that is asked for, as evidence names it.
    var source: String { type?.name ?? "" }
}
