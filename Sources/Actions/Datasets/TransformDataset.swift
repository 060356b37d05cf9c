package import Dialogue
package import Intents

/// Writes a dataset anew in the SageMaker evaluation format, record by record, to a place where nothing is yet.
///
/// The same call again, since its end was lost, finds what it has written and takes it for its own.
package struct TransformDataset: Action {
    package static let signature = ActionSignature(
        name: "transform_dataset",
        inputs: [
            .init("dataset", .text), .init("output", .text), .init("prompt_field", .text, isRequired: false),
            .init("response_field", .text, isRequired: false), .init("mapping", .text, isRequired: false),
            .init("region", .text, isRequired: false),
        ],
        outputs: [
            .init("output", .text, isRequired: false), .init("records", .number, isRequired: false),
            .init("skipped", .number, isRequired: false), .init("skipped_lines", .texts, isRequired: false), .detail,
        ],
        outcomes: FailureOutcomes.joined(
            ["transformed", "exists", "some_skipped", "unmappable"],
            FailureOutcomes.aws,
            FailureOutcomes.files
        ),
        isRepeatable: false
    )

    /// How many skipped records are named; all are counted.
    private static let namedSkips = 10

    private let pieceSize: Int
    private let partSize: Int

    /// Makes the action; tests read and write in smaller pieces.
    package init(pieceSize: Int = 8 << 20, partSize: Int = 8 << 20) {
        self.pieceSize = pieceSize
        self.partSize = partSize
    }

    package func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let output = try DatasetLocation(input["output"]?.text ?? "")
            let region = input["region"]?.text
            let mapping: ColumnMapping?
            do {
                mapping = try ColumnMapping.given(by: input)
            } catch let mistake as ColumnMapping.Mistake {
                return ActionResult(outcome: "unmappable", values: ["detail": .text(mistake.reason)])
            }
            let job = Job(input: input, mapping: mapping, output: output, world: world, progress: progress)
            do {
                let sink = try await DatasetSink(output, region: region, world: world, partSize: partSize)
                return try await transform(job, into: sink)
            } catch is DatasetSink.Taken {
                if let ours = try await ours(job) { return ours }
                let detail = "\(output.text): something of that name is there"
                return ActionResult(outcome: "exists", values: ["detail": .text(detail)])
            } catch let failure as FileFailure where failure.kind == .exists {
                if let ours = try await ours(job) { return ours }
                throw failure
            }
        }
    }

    /// What is to be done.
    private struct Job {
        var input: [String: Value]
        var mapping: ColumnMapping?
        var output: DatasetLocation
        var world: World
        var progress: (String) -> Void

        var region: String? { input["region"]?.text }
    }

    /// The result where what is there already is what would be written, byte for byte; else `nil`.
    private func ours(_ job: Job) async throws -> ActionResult? {
        let sink = DatasetSink(comparingWith: job.output, region: job.region, world: job.world, partSize: partSize)
        do {
            let result = try await transform(job, into: sink)
            return result.outcome == "unmappable" ? nil : result
        } catch is DatasetSink.Taken {
            return nil
        } catch is FileFailure {
            return nil
        } catch let failure as AWSFailure where failure.kind == .denied || failure.kind == .notFound {
            // Who may write there need not be allowed to read.
            return nil
        }
    }

    private func transform(_ job: Job, into sink: DatasetSink) async throws -> ActionResult {
        let location = try DatasetLocation(job.input["dataset"]?.text ?? "")
        let source = DatasetSource(location, region: job.region, world: job.world, pieceSize: pieceSize)
        var sink = sink
        do {
            let mapper = RecordMapper(job.mapping)
            var result = try await transform(DatasetReader(source), by: mapper, into: &sink, progress: job.progress)
            if result.outcome == "unmappable" {
                await sink.discard()
            } else {
                result.values["output"] = .text(job.output.text)
            }
            return result
        } catch {
            await sink.discard()
            throw error
        }
    }

    private func transform(
        _ dataset: DatasetReader,
        by mapper: RecordMapper,
        into sink: inout DatasetSink,
        progress: (String) -> Void
    ) async throws -> ActionResult {
        var reader = dataset
        let head = try await reader.head()
        guard case .text = head.kind else {
            let detail = DatasetVerdict.unreadable(head).values["detail"] ?? ""
            return ActionResult(outcome: "unmappable", values: ["detail": detail])
        }
        var count = 0
        var skipped = 0
        var lines: [String] = []
        while let records = try await reader.next() {
            var bytes: [UInt8] = []
            for record in records {
                switch Self.map(record, by: mapper) {
                case .success(let json):
                    bytes += json.compactBytes
                    bytes.append(0x0A)
                    count += 1
                case .failure(let skip):
                    skipped += 1
                    if lines.count < Self.namedSkips {
                        lines.append("line \(record.line): \(PlainText.shown(skip.reason))")
                    }
                }
            }
            try await sink.append(bytes)
            progress("\(PlainText.count(count, "record")) transformed")
        }
        var values: [String: Value] = [
            "records": .number(count), "skipped": .number(skipped), "skipped_lines": .list(lines.map { .text($0) }),
        ]
        guard count > 0 else {
            values["detail"] = .text(lines.first ?? "the dataset has no records")
            return ActionResult(outcome: "unmappable", values: values)
        }
        try await sink.commit()
        return ActionResult(outcome: skipped == 0 ? "transformed" : "some_skipped", values: values)
    }

    /// Why a record was left out.
    private struct Skip: Error {
        var reason: String
    }

    private static func map(_ raw: RawRecord, by mapper: RecordMapper) -> Result<JSON, Skip> {
        guard !raw.isTooLong else { return .failure(Skip(reason: "longer than \(RecordSplitter.sizeLimit >> 20) MiB")) }
        let record: JSON
        do throws(JSONError) {
            record = try JSONParser.parse(raw.bytes)
        } catch {
            return .failure(Skip(reason: "not JSON: \(error.problem)"))
        }
        switch mapper.map(record) {
        case .mapped(let json): return .success(json)
        case .skipped(let reason): return .failure(Skip(reason: reason))
        case .unknown: return .failure(Skip(reason: "none of the known formats"))
        }
    }
}
