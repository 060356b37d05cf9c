import Intents
import Testing

/// What a finder found, one short text a finding: `value`, or `!code` and `-> suggestion` for a near miss.
///
/// Where the value does not read as it was written, the text that it was found in follows in `«»`.
func summary<Value: CustomStringConvertible>(of found: [Found<Value>], in text: String) -> [String] {
    found.map { found in
        let written = String(decoding: Array(text.utf8)[found.range], as: UTF8.self)
        switch found.result {
        case .success(let value):
            return value.description == written ? written : "\(value) «\(written)»"
        case .failure(let problem):
            return "!\(problem.code) «\(written)»" + (problem.suggestion.map { " -> \($0)" } ?? "")
        }
    }
}

/// A text and what a finder finds in it.
struct FindingRow: Sendable, CustomTestStringConvertible {
    var text: String
    var found: [String]

    init(_ text: String, _ found: String...) {
        self.text = text
        self.found = found
    }

    var testDescription: String { text }
}

/// A value that is refused, the kind of problem, and the corrected form that is offered.
struct ProblemRow: Sendable, CustomTestStringConvertible {
    var text: String
    var code: EntityProblem.Code
    var suggestion: String?
    var says: String

    init(_ text: String, _ code: EntityProblem.Code, says: String = "", suggestion: String? = nil) {
        self.text = text
        self.code = code
        self.says = says
        self.suggestion = suggestion
    }

    var testDescription: String { text }

    /// Checks that reading the text fails as the row says, and that the offer, if any, is good by the same rules.
    func check<Value: Entity>(_ type: Value.Type, _ location: SourceLocation = #_sourceLocation) throws {
        let problem = try #require(throws: EntityProblem.self, sourceLocation: location) { try Value(parsing: text) }
        #expect(problem.code == code, sourceLocation: location)
        #expect(problem.suggestion == suggestion, sourceLocation: location)
        #expect(problem.message.contains(says), "\(problem.message)", sourceLocation: location)
        #expect(problem.message.hasSuffix("."), "\(problem.message)", sourceLocation: location)
        if let suggestion = problem.suggestion {
            #expect(throws: Never.self, sourceLocation: location) { try Value(parsing: suggestion) }
        }
    }
}
