/// Yes or no, which the signs of polarity find rather than a reading of its own.
package struct BooleanType: EntityType {
    /// Makes the type.
    package init() {}

    package var name: String { "boolean" }
    package var noun: String { "yes or no" }
    package var role: EntityRole { .flag }
    package var expectation: EntityExpectation { EntityExpectation("system_expected_flag") }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition { .nothing }
}
