/// One of the options that a question offers.
package struct ChoiceType: EntityType {
    /// Makes the type.
    package init() {}

    package var name: String { "choice" }
    package var noun: String { "one of the options" }
    package var role: EntityRole { .choice }
    package var expectation: EntityExpectation { EntityExpectation("system_expected_choice") }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        let text = utterance.text
        let list = ChoiceList(options: question.options)
        let whole = 0..<text.utf8.count
        switch list.one(in: text) {
        case .exact(let index, let range): return .value(.text(question.options[index].id), range: range)
        case .suggestion(let indices), .ambiguous(let indices):
            return .suggestions(indices.map { question.options[$0] }, range: whole)
        case .outOfRange(let number):
            return .problem(message: question.missing(number), suggestion: nil, range: whole)
        case .none: return .nothing
        }
    }
}

/// Some of the options that a question offers.
package struct ChoicesType: EntityType {
    /// Makes the type.
    package init() {}

    package var name: String { "choices" }
    package var noun: String { "some of the options" }
    package var role: EntityRole { .choices }
    package var expectation: EntityExpectation { EntityExpectation("system_expected_choices") }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        let text = utterance.text
        let outcome = ChoiceList(options: question.options).several(in: text, current: question.current)
        let whole = 0..<text.utf8.count
        if let number = outcome.outOfRange.first {
            return .problem(message: question.missing(number), suggestion: nil, range: whole)
        }
        // Asking about an option is not choosing it.
        if outcome.isQuestion { return .nothing }
        if let unknown = outcome.unknown.first {
            let near = unknown.suggestions.map { question.options[$0] }
            if !near.isEmpty { return .suggestions(near, range: unknown.range) }
            if outcome.selection != nil {
                return .problem(
                    message: "I do not know \"\(unknown.text)\". Please use the names in the list, or their numbers.",
                    suggestion: nil,
                    range: unknown.range
                )
            }
        }
        guard let selection = outcome.selection else { return .nothing }
        guard !selection.isEmpty else {
            return .problem(
                message: "At least one is needed; please name one of the list.",
                suggestion: nil,
                range: whole
            )
        }
        return .value(.list(selection.map { .text(question.options[$0].id) }), range: whole)
    }
}

extension Question {
    /// What to say of a number that no option has.
    fileprivate func missing(_ number: Int) -> String {
        switch options.count {
        case 0: "There is no number \(number): there is nothing to choose from."
        case 1: "There is no number \(number); the list has only number 1."
        default: "There is no number \(number); the list goes from 1 to \(options.count)."
        }
    }
}
