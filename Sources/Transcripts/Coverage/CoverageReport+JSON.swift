internal import Diagnostics

extension CoverageReport {
    /// The report as JSON, as `docs/coverage.md` describes it; keys are sorted, so that equal reports are equal texts.
    ///
    /// - Parameter root: The folder of prompts, to put before the paths of files.
    /// - Returns: The document.
    /// - Throws: What the encoder throws, which it has no reason to.
    public func json(root: String = "") throws -> String {
        let document = Document(
            version: 1,
            axes: Dictionary(
                uniqueKeysWithValues: CoverageAxis.allCases.map { ($0.rawValue, Document.Axis(figure($0))) }
            ),
            flows: flows.map { flow in
                Document.Flow(
                    flow: flow.flow,
                    items: flow.itemsWithExamples.map { Document.Item($0, root: root) },
                    unwatched: flow.unwatched.map {
                        Document.Unwatched(
                            file: Self.path($0.location.file, in: root),
                            line: $0.location.line,
                            column: $0.location.column,
                            message: $0.message
                        )
                    }
                )
            }
        )
        return try JSONDocument.text(document)
    }

    /// The shape of the document.
    private struct Document: Encodable {
        var version: Int
        var axes: [String: Axis]
        var flows: [Flow]

        struct Axis: Encodable {
            var total: Int
            var transcripts: Int
            var covered: Int

            init(_ figure: Figure) {
                total = figure.total
                transcripts = figure.byTranscripts
                covered = figure.covered
            }
        }

        struct Flow: Encodable {
            var flow: String
            var items: [Item]
            var unwatched: [Unwatched]
        }

        struct Item: Encodable {
            var axis: CoverageAxis
            var id: String
            var owner: String
            var label: String
            var file: String
            var line: Int
            var column: Int
            var transcripts: Int
            var examples: Int
            var example: String?

            init(_ item: CoverageItem, root: String) {
                axis = item.axis
                id = item.id
                owner = item.owner
                label = item.label
                file = CoverageReport.path(item.location.file, in: root)
                line = item.location.line
                column = item.location.column
                transcripts = item.transcripts.count
                examples = item.examples
                example = item.example
            }
        }

        struct Unwatched: Encodable {
            var file: String
            var line: Int
            var column: Int
            var message: String
        }
    }
}
