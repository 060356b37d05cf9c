internal import Dialogue
internal import Intents

/// Checks custom metrics that the user pasted or pointed at.
struct CheckCustomMetrics: Action {
    static let signature = ActionSignature(
        name: "check_custom_metrics",
        inputs: [.init("json", .text, isRequired: false), .init("path", .text, isRequired: false)],
        outputs: [
            .init("count", .number, isRequired: false), .init("names", .texts, isRequired: false),
            .init("problems", .texts, isRequired: false), .init("warnings", .texts, isRequired: false),
            .init("json", .text, isRequired: false), .detail,
        ],
        outcomes: FailureOutcomes.joined(
            ["valid", "valid_with_warnings", "invalid", "not_json", "not_array", "empty", "too_many"],
            FailureOutcomes.files
        )
    )

    /// Ten metrics of 5,000 characters are far below this.
    private static let sizeLimit = 1 << 20

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            var bytes = Array((input["json"]?.text ?? "").utf8)
            if bytes.isEmpty, let path = input["path"]?.text {
                bytes = try world.files.readUserFile(path, limit: Self.sizeLimit)
            }
            do throws(CustomMetricsDocument.Failure) {
                return Self.result(try CustomMetricsDocument.metrics(bytes), in: world)
            } catch {
                return ActionResult(outcome: error.fault.rawValue, values: ["detail": .text(error.detail)])
            }
        }
    }

    private static func result(_ metrics: [JSON], in world: World) -> ActionResult {
        let builtins = (try? MetricsTable.read(world.data("metrics.yaml")))?.metrics.map(\.name) ?? []
        let check = CustomMetricsCheck(metrics, builtins: builtins)
        var values: [String: Value] = [
            "count": .number(metrics.count), "names": .list(check.names.map { .text($0) }),
            "problems": .list(check.problems.map { .text($0) }), "warnings": .list(check.warnings.map { .text($0) }),
        ]
        if metrics.count > CustomMetricsCheck.limit { return ActionResult(outcome: "too_many", values: values) }
        guard check.problems.isEmpty else { return ActionResult(outcome: "invalid", values: values) }
        values["json"] = .text(CustomMetricsDocument.canonicalText(metrics))
        return ActionResult(outcome: check.warnings.isEmpty ? "valid" : "valid_with_warnings", values: values)
    }
}
