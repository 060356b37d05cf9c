/// The path of a local file or folder.
package struct PathType: EntityType {
    /// Makes the type.
    package init() {}

    package var name: String { "path" }
    package var noun: String { "a path" }
    package var expectation: EntityExpectation { EntityExpectation("system_expected_path") }
    package var acceptsAnyWord: Bool { true }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        let text = utterance.text
        let recognition = Recognition(onlyOneOf: occurrences(in: utterance), in: text, plural: "paths")
        if case .nothing = recognition, !text.utf8.contains(UInt8(ascii: " ")),
            let whole = try? PathReply(parsing: text)
        {
            return .value(.text(whole.path), range: 0..<text.utf8.count)
        }
        return recognition
    }

    package func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        PathReply.findAll(in: utterance.text).map(EntityOccurrence.init)
    }

    package func problem(with word: String) -> EntityProblem? { PathReply.problem(with: word) }
}
