internal import Dialogue
internal import Intents

/// Writes custom metrics beside the notebooks, where the notebook reads them.
///
/// Metrics that are there already under the
/// name are kept, and the new ones get a name with a number.
struct SaveCustomMetrics: Action {
    static let signature = ActionSignature(
        name: "save_custom_metrics",
        inputs: [.init("project", .text), .init("json", .text)],
        outputs: [.init("path", .text, isRequired: false), .detail],
        outcomes: FailureOutcomes.joined(["saved"], FailureOutcomes.files)
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let project = try ProjectFolder(input["project"]?.text ?? "")
            let bytes: [UInt8]
            do throws(CustomMetricsDocument.Failure) {
                let metrics = try CustomMetricsDocument.metrics(Array((input["json"]?.text ?? "").utf8))
                bytes = Array(CustomMetricsDocument.canonicalText(metrics).utf8)
            } catch {
                throw FileFailure(.other, path: "custom_metrics.json", detail: "not written: \(error.detail)")
            }
            for number in 1...999 {
                let name = number == 1 ? "custom_metrics.json" : "custom_metrics_\(number).json"
                let path = project.path("notebooks/" + name)
                if try Self.save(bytes, at: path, in: world.files) {
                    return ActionResult(outcome: "saved", values: ["path": .text(path)])
                }
            }
            throw FileFailure(.exists, path: project.path("notebooks"), detail: "every name for the metrics is taken")
        }
    }

    /// Writes the file unless something else has its name.
    ///
    /// - Returns: Whether the file has these bytes now.
    private static func save(_ bytes: [UInt8], at path: String, in files: any FileSystem) throws -> Bool {
        do {
            try files.create(path, bytes: bytes)
            return true
        } catch let failure as FileFailure where failure.kind == .exists {
            do {
                return try files.read(path, limit: bytes.count) == bytes
            } catch let failure as FileFailure where [.tooLarge, .isFolder, .notFound].contains(failure.kind) {
                return false
            }
        }
    }
}
