internal import Diagnostics

extension MutationReport {
    /// The report as JSON, as `docs/coverage.md` describes it.
    ///
    /// - Parameter root: The folder of prompts, to put before the paths of files.
    /// - Returns: The document; equal reports are equal texts.
    /// - Throws: What the encoder throws, which it has no reason to.
    public func json(root: String = "") throws -> String {
        let document = Document(
            version: 1,
            flow: flow,
            total: total,
            tried: outcomes.count,
            counted: counted,
            killed: killed,
            unexplained: unexplained.count,
            score: (score * 100).rounded(.down) / 100,
            mutants: outcomes.map { Document.Entry($0, root: root) }
        )
        return try JSONDocument.text(document)
    }

    private struct Document: Encodable {
        var version: Int
        var flow: String
        var total: Int
        var tried: Int
        var counted: Int
        var killed: Int
        var unexplained: Int
        var score: Double
        var mutants: [Entry]

        struct Entry: Encodable {
            var id: String
            var kind: Mutant.Kind
            var owner: String
            var file: String
            var line: Int
            var column: Int
            var change: String
            var fate: String
            /// What noticed it, why nothing could, or why it is left as a survivor.
            var by: String?
            var missing: String?

            init(_ outcome: Outcome, root: String) {
                id = outcome.mutant.id
                kind = outcome.mutant.kind
                owner = outcome.mutant.owner
                file = CoverageReport.path(outcome.mutant.location.file, in: root)
                line = outcome.mutant.location.line
                column = outcome.mutant.location.column
                change = outcome.mutant.change
                missing = outcome.suggestion
                switch outcome.fate {
                case .killedByTranscript(let name): (fate, by) = ("killed", name)
                case .killedByPhrasing(let name): (fate, by) = ("killed_by_phrasing", name)
                case .killedByExample(let name): (fate, by) = ("killed_by_example", name)
                case .stillborn: (fate, by) = ("stillborn", nil)
                case .survived: (fate, by) = ("survived", outcome.explanation)
                case .equivalent(let reason): (fate, by) = ("equivalent", reason)
                }
            }
        }
    }
}
