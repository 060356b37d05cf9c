/// A JSON array or object, kept as text.
package struct JSONType: EntityType {
    /// The most UTF-8 bytes that it takes.
    package let limit: Int

    /// Makes a type with a limit.
    package init(limit: Int) { self.limit = limit }

    package var name: String { "json" }
    package var noun: String { "a JSON array or object" }
    package var settings: String { "\(limit)" }
    package var role: EntityRole { .block }
    package var expectation: EntityExpectation { EntityExpectation("system_expected_json") }
    package var acceptsAnyWord: Bool { true }
    package var replyLimit: Int? { limit }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        // As typed: inside JSON, quotes and dashes are the user's own.
        let found = JSONBlock.findAll(in: utterance.typed)
        guard let first = found.first else { return .nothing }
        let whole = 0..<utterance.text.utf8.count
        switch first.result {
        case .success(let block):
            guard block.text.utf8.count <= limit else {
                return .problem(
                    message: "That JSON has \(block.text.utf8.count) bytes; at most \(limit) are taken.",
                    suggestion: nil,
                    range: whole
                )
            }
            return .value(.text(block.text), range: whole)
        case .failure(let problem):
            // What is asked about must be short enough to read.
            let suggestion = problem.suggestion.flatMap { $0.utf8.count <= 500 ? Value.text($0) : nil }
            return .problem(message: problem.message, suggestion: suggestion, range: whole)
        }
    }

    package func problem(with word: String) -> EntityProblem? { JSONBlock.problem(with: word) }
}
