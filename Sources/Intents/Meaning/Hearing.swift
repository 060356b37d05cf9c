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
        guard case .value(let kind) = expected.form, kind != .flag else { return .nothing }
        return Recognizer.recognize(kind, in: utterance, answering: expected)
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
    /// Whether the answer is free text.
    var isText: Bool {
        if case .value(.text) = form { true } else { false }
    }

    /// Whether what is asked for can be any single word.
    var isOpenWord: Bool {
        switch form {
        case .value(.modelPackage), .value(.path), .value(.projectName): true
        default: false
        }
    }

    /// Whether what is asked for shows by itself what it is.
    var isWellKnown: Bool {
        if case .value(let kind) = form { WellKnownValue.isWellKnown(kind) } else { false }
    }

    /// Whether options are offered.
    var isChoice: Bool { form == .value(.choice) || form == .value(.choices) }

    /// What is asked for, as evidence names it.
    var source: String {
        if case .value(let kind) = form { kind.name } else { "" }
    }
}
