internal import Dialogue
internal import Intents

/// Reads the first records of a dataset, so that the user need not describe them.
struct SampleDataset: Action {
    static let signature = ActionSignature(
        name: "sample_dataset",
        inputs: [.init("dataset", .text), .init("region", .text, isRequired: false)],
        outputs: [
            .init("format", .text, isRequired: false), .init("format_name", .text, isRequired: false),
            .init("description", .text, isRequired: false), .init("fields", .texts, isRequired: false),
            .init("samples", .texts, isRequired: false), .detail,
        ],
        outcomes: FailureOutcomes.joined(
            ["sampled", "unknown_format", "empty", "compressed", "not_text"],
            FailureOutcomes.aws
        )
    )

    /// How much is read: 64 KiB.
    private static let size = 1 << 16
    private static let fieldLimit = 20

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let text = input["dataset"]?.text ?? ""
            let location = try DatasetLocation(text)
            guard case .object = location else {
                throw AWSFailure(.notFound, detail: "“\(text)” is no S3 URI (s3://bucket/key)")
            }
            let source = DatasetSource(location, region: input["region"]?.text, world: world, pieceSize: Self.size)
            return try await sample(DatasetReader(source))
        }
    }

    private func sample(_ dataset: DatasetReader) async throws -> ActionResult {
        var reader = dataset
        let head = try await reader.head()
        guard case .text(let layout) = head.kind else { return DatasetVerdict.unreadable(head) }
        var records = try await reader.next() ?? []
        // The record after the last newline is whole only when the whole dataset was read.
        if reader.isAtEnd { records += try await reader.next() ?? [] }
        var report = DatasetReport()
        for record in records { report.add(record) }
        let samples = records.filter { !$0.isTooLong }.prefix(2).map { record in
            Value.text(PlainText.shown(String(decoding: record.bytes, as: UTF8.self)))
        }
        let fields = report.fields.prefix(Self.fieldLimit).map { PlainText.shown($0, limit: 60) }
        let verdict = DatasetVerdict(report, layout: layout, head: head)
        let description =
            records.isEmpty
            ? "One record that is longer than \(Self.size >> 10) KiB" : verdict.described(with: Array(fields))
        return ActionResult(
            outcome: report.format == nil ? "unknown_format" : "sampled",
            values: [
                "format": .text(verdict.label), "format_name": .text(verdict.name),
                "description": .text(description), "fields": .list(fields.map(Value.text)), "samples": .list(samples),
            ]
        )
    }
}
