/// Free text: what the user says, as typed.
package struct TextType: EntityType {
    /// The most UTF-8 bytes that it takes.
    package let limit: Int

    /// Makes a type with a limit.
    package init(limit: Int) { self.limit = limit }

    package var name: String { "text" }
    package var noun: String { "a text" }
    package var settings: String { "\(limit)" }
    package var role: EntityRole { .text }
    package var expectation: EntityExpectation { EntityExpectation("system_expected_text") }
    package var acceptsAnyWord: Bool { true }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        let whole = 0..<utterance.text.utf8.count
        let typed = utterance.typedText(of: whole)
        guard typed.utf8.count <= limit else {
            return .problem(
                message: "That is \(typed.utf8.count) bytes long; please say it in at most \(limit).",
                suggestion: nil,
                range: whole
            )
        }
        let hasWord = utterance.text.unicodeScalars.contains {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.properties.isEmojiPresentation
        }
        return hasWord ? .value(.text(typed), range: whole) : .nothing
    }

    package func order(of first: Value, and second: Value) -> ValueOrder? {
        guard let first = first.text, let second = second.text else { return nil }
        return first == second ? .same : first < second ? .ascending : .descending
    }
}
