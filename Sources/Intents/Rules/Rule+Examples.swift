internal import Patterns

extension Rule {
    /// What a rule does with its own examples: an example that it gets wrong.
    public struct BrokenExample: Sendable, Hashable, CustomStringConvertible {
        /// The rule's name.
        public var rule: String
        /// The example.
        public var example: String
        /// Whether the rule should have matched it.
        public var shouldMatch: Bool

        /// A sentence for people.
        public var description: String {
            "the rule '\(rule)' \(shouldMatch ? "does not match" : "matches") its example '\(example)'"
        }
    }

    /// The examples that the rule gets wrong, after the same normalisation that replies go through.
    public var brokenExamples: [BrokenExample] {
        func isMatched(_ example: String) -> Bool { (try? pattern.matches(Utterance(example).text)) ?? false }
        return examples.matches.filter { !isMatched($0) }.map {
            BrokenExample(rule: name, example: $0, shouldMatch: true)
        }
            + examples.rejects.filter { isMatched($0) }.map {
                BrokenExample(rule: name, example: $0, shouldMatch: false)
            }
    }
}
