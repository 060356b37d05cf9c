internal import Dialogue
internal import Intents

/// Looks at every record of a dataset and says whether an evaluation takes it.
///
/// What has no known format is never valid. The dataset is read in pieces; memory does not grow with it.
struct ValidateDataset: Action {
    static let signature = ActionSignature(
        name: "validate_dataset",
        inputs: [.init("dataset", .text), .init("region", .text, isRequired: false)],
        outputs: [
            .init("format", .text, isRequired: false), .init("format_name", .text, isRequired: false),
            .init("records", .number, isRequired: false), .init("has_reference", .flag, isRequired: false),
            .init("problems", .records, isRequired: false), .init("problem_count", .number, isRequired: false),
            .init("summary", .text, isRequired: false), .init("rows_over_limit", .flag, isRequired: false), .detail,
        ],
        outcomes: FailureOutcomes.joined(
            [
                "valid", "valid_without_reference", "training_only", "transformable", "invalid", "unknown_format",
                "empty", "compressed", "not_text",
            ],
            FailureOutcomes.aws,
            FailureOutcomes.files
        )
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let location = try DatasetLocation(input["dataset"]?.text ?? "")
            var reader = DatasetReader(DatasetSource(location, region: input["region"]?.text, world: world))
            let head = try await reader.head()
            guard case .text(let layout) = head.kind else {
                var result = DatasetVerdict.unreadable(head)
                result.values["summary"] = result.values.removeValue(forKey: "description")
                return result
            }
            var report = DatasetReport()
            while let records = try await reader.next() {
                for record in records { report.add(record) }
                progress("\(PlainText.count(report.records, "record")) checked")
            }
            return Self.result(report, DatasetVerdict(report, layout: layout, head: head))
        }
    }

    private static func result(_ report: DatasetReport, _ verdict: DatasetVerdict) -> ActionResult {
        ActionResult(
            outcome: verdict.outcome,
            values: [
                "format": .text(verdict.label), "format_name": .text(verdict.name),
                "records": .number(report.records),
                "has_reference": .flag(report.records > 0 && report.references == report.records),
                "problems": report.problemRecords, "problem_count": .number(report.problemCount),
                "summary": .text(verdict.summary),
                "rows_over_limit": .flag(report.records > DatasetReport.rowLimit),
            ]
        )
    }
}
