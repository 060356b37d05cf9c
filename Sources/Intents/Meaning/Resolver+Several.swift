internal import Patterns

/// Several answers in one reply: it is cut into clauses, those that name a slot or hold what only one slot can take
/// are given to it, and what remains answers the question in hand.
extension Resolver {
    func several(
        in hearing: inout Hearing,
        scratch: borrowing MatchScratch,
        isNamed: Bool,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        let text = hearing.utterance.text
        if hearing.expected.type?.role == .block { return nil }
        if let answered = answerAndQuestion(in: &hearing, optionsOf: options) { return answered }
        guard isNamed || named.mayHoldValue(text) else { return nil }
        let clauses = Clause.split(text)
        guard clauses.count > 1 else { return nil }
        return withoutActuallyEscaping(options) { options in
            let context = NamedAnswers.Context(
                hearing,
                scale: scale,
                vocabulary: named.vocabulary,
                options: options
            )
            let sorting = ClauseSorting.sort(clauses, of: text, by: named, in: context, scratch: scratch)
            // A value alone that fits several slots is told apart from other readings later.
            guard !sorting.claims.isEmpty || sorting.problem?.isBadCorrection == true else { return nil }
            let contradiction = sorting.contradiction
            var rest = contradiction ?? sorting.problem ?? answer(in: sorting, of: hearing, scratch, options)
            var assignments: [Assignment] = []
            for claim in sorting.claims where !assignments.contains(where: { $0.slot == claim.assignment.slot }) {
                hearing.add(claim.rule, "set", claim.range, assignments.isEmpty ? .decided : .counted)
                assignments.append(claim.assignment)
            }
            // What is named counts; the rest of the reply is no second answer to the same question.
            let isAnswered = assignments.contains { $0.slot == hearing.expected.slot }
            if case .badCorrection(let slot, _, _) = contradiction { assignments.removeAll { $0.slot == slot } }
            if hearing.expected.isText {
                hearing.add("text", "value", 0..<text.utf8.count, .lost(.clauseBeatsReply))
            }
            if isAnswered, rest?.isAnswer == true { rest = nil }
            if assignments.isEmpty { return rest }
            guard assignments.count > 1 || rest != nil else {
                return Self.decision(for: assignments[0], answering: hearing.expected)
            }
            return .several(assignments, rest: rest)
        }
    }

    /// An answer to the question in hand and a question of the user's own: "the second one; what does it cost?".
    private func answerAndQuestion(
        in hearing: inout Hearing,
        optionsOf options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        let text = hearing.utterance.text
        guard hearing.expected.isChoice, let slot = hearing.expected.slot, text.utf8.last == UInt8(ascii: "?") else {
            return nil
        }
        let clauses = Clause.split(text)
        guard let last = clauses.last, clauses.count > 1, last.separator == .strong else { return nil }
        let parts = [0..<clauses[clauses.count - 2].range.upperBound, last.range].map { range in
            var part = Hearing(
                utterance: utterance(hearing.utterance.typedText(of: range)),
                expected: hearing.expected
            )
            return decide(&part, isRest: true, optionsOf: options)
        }
        guard case .value(let value) = parts[0], case .topic = parts[1] else { return nil }
        hearing.add(hearing.expected.source, "value", 0..<last.range.lowerBound, .decided)
        return .several([Assignment(slot: slot, value: value)], rest: parts[1])
    }

    /// What one assignment alone comes to.
    static func decision(for assignment: Assignment, answering expected: Question) -> Decision {
        if assignment.isEarly { return .several([assignment], rest: nil) }
        return assignment.slot == expected.slot
            ? .value(assignment.value) : .correction(slot: assignment.slot, value: assignment.value)
    }

    /// What no slot claims, put together again; in one piece it stays as it was typed.
    ///
    /// A greeting in front of a free text is none of it.
    private func unclaimed(in sorting: ClauseSorting, of hearing: Hearing) -> String {
        var ranges = sorting.rest.map(\.clause.range)
        if hearing.expected.isText {
            while ranges.count > 1, !hearing.utterance.text.slice(utf8: ranges[0]).contains(" ") {
                ranges.removeFirst()
            }
        }
        guard let first = ranges.first, let last = ranges.last else { return "" }
        let isInterrupted = sorting.claims.contains { claim in
            first.lowerBound < claim.range.lowerBound && claim.range.lowerBound < last.lowerBound
        }
        guard isInterrupted else { return hearing.utterance.typedText(of: first.lowerBound..<last.upperBound) }
        return ranges.map { hearing.utterance.typedText(of: $0) }.joined(separator: ", ")
    }

    /// What the unclaimed clauses say to the question in hand.
    private func answer(
        in sorting: ClauseSorting,
        of hearing: Hearing,
        _ scratch: borrowing MatchScratch,
        _ options: (Int) -> [ChoiceOption]
    ) -> Decision? {
        guard !sorting.rest.isEmpty else { return nil }
        let typed = unclaimed(in: sorting, of: hearing)
        var inner = Hearing(utterance: utterance(typed), expected: hearing.expected)
        guard !inner.utterance.isEmpty else { return nil }
        let decision = decide(&inner, isRest: true, optionsOf: options)
        let isLead = sorting.rest.allSatisfy(\.isLead)
        switch decision {
        case .value(.text) where hearing.expected.isText:
            let residue = scale.weigh(inner.utterance.text, scratch: scratch)
            let words = inner.utterance.text.split { !$0.isLetter && !$0.isNumber }
            return words.count >= 3 && residue.hasResidue && !residue.isDoubt ? decision : nil
        case .value(let value):
            return hearing.expected.type?.looksLikeName(value) == false ? nil : decision
        case .topic, .problem, .suggestions: return decision
        // "no, the region is …" begins a correction; "no; the region is …" is an answer and a value.
        case .affirm, .deny: return hearing.expected.takesYes && !isLead ? decision : nil
        case .unsure: return isLead ? nil : decision
        default: return nil
        }
    }
}

extension Question {
    /// Whether a yes or a no beside another answer can be taken: never at a confirmation or a gate.
    fileprivate var takesYes: Bool {
        switch form {
        case .value: true
        case .confirmation, .gate, .change, .nothing: false
        }
    }
}

extension Decision {
    fileprivate var isBadCorrection: Bool { if case .badCorrection = self { true } else { false } }

    /// Whether it answers the question in hand.
    fileprivate var isAnswer: Bool {
        switch self {
        case .value, .affirm, .deny, .unsure, .problem, .suggestions: true
        default: false
        }
    }
}

extension Polarity {
    /// Whether it says nothing but doubt.
    fileprivate var isDoubt: Bool {
        switch weight {
        case .unsure: !hasResidue
        default: false
        }
    }
}
