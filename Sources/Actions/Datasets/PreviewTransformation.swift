internal import Dialogue
internal import Intents

/// Shows what the first record of a dataset would become, before anything is written.
struct PreviewTransformation: Action {
    static let signature = ActionSignature(
        name: "preview_transformation",
        inputs: [
            .init("dataset", .text), .init("prompt_field", .text, isRequired: false),
            .init("response_field", .text, isRequired: false), .init("mapping", .text, isRequired: false),
            .init("region", .text, isRequired: false),
        ],
        outputs: [
            .init("before", .text, isRequired: false), .init("after", .text, isRequired: false),
            .init("target_format_name", .text, isRequired: false),
            .init("output_suggestion", .text, isRequired: false), .init("fields", .texts, isRequired: false),
            .init("field_options", .options, isRequired: false), .detail,
        ],
        outcomes: FailureOutcomes.joined(
            ["previewed", "needs_mapping", "unmappable", "empty"],
            FailureOutcomes.aws,
            FailureOutcomes.files
        )
    )

    /// How much is read: 1 MiB, or more while there is no whole record.
    private static let pieceSize = 1 << 20
    /// How many records are tried until one can be shown.
    private static let recordLimit = 20

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let location = try DatasetLocation(input["dataset"]?.text ?? "")
            let source = DatasetSource(
                location,
                region: input["region"]?.text,
                world: world,
                pieceSize: Self.pieceSize
            )
            var reader = DatasetReader(source)
            let head = try await reader.head()
            guard case .text = head.kind else {
                let result = DatasetVerdict.unreadable(head)
                let outcome = result.outcome == "empty" ? "empty" : "unmappable"
                return ActionResult(outcome: outcome, values: result.values.filter { $0.key == "detail" })
            }
            var records: [RawRecord] = []
            while records.count < Self.recordLimit, let more = try await reader.next() { records += more }
            guard !records.isEmpty else { return ActionResult(outcome: "empty") }
            return preview(Array(records.prefix(Self.recordLimit)), input, location)
        }
    }

    private func preview(
        _ raw: [RawRecord],
        _ input: [String: Value],
        _ location: DatasetLocation
    ) -> ActionResult {
        let records = raw.compactMap { raw -> JSON? in
            guard let record = try? JSONParser.parse(raw.bytes), record.members != nil else { return nil }
            return record
        }
        guard let first = records.first else {
            return ActionResult(outcome: "unmappable", values: ["detail": "the first records are no JSON objects"])
        }
        let mapping: ColumnMapping?
        do throws(ColumnMapping.Mistake) {
            mapping = try ColumnMapping.given(by: input)
        } catch {
            return needsMapping(first, detail: error.reason)
        }
        if let missing = mapping?.fields.first(where: { field in !records.contains { $0[field] != nil } }) {
            return needsMapping(first, detail: "no record has the field “\(missing)”")
        }
        let mapper = RecordMapper(mapping)
        var reason: String?
        for record in records {
            switch mapper.map(record) {
            case .mapped(let after):
                return ActionResult(
                    outcome: "previewed",
                    values: [
                        "before": .text(PlainText.shown(record.compactText, limit: 1000)),
                        "after": .text(PlainText.shown(after.compactText, limit: 1000)),
                        "target_format_name": .text(DatasetFormat.sagemakerEvaluation.name),
                        "output_suggestion": .text(location.transformed),
                    ]
                )
            case .skipped(let problem): reason = reason ?? problem
            case .unknown: break
            }
        }
        guard let reason else { return needsMapping(first, detail: "the records have none of the known formats") }
        return ActionResult(outcome: "unmappable", values: ["detail": .text(PlainText.shown(reason))])
    }

    private func needsMapping(_ record: JSON, detail: String) -> ActionResult {
        let names = (record.members ?? []).map(\.name).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        return ActionResult(
            outcome: "needs_mapping",
            values: [
                "fields": .list(names.map { .text($0) }),
                "field_options": .list(names.map { .record(["id": .text($0), "name": .text($0)]) }),
                "detail": .text(PlainText.shown(detail)),
            ]
        )
    }
}
