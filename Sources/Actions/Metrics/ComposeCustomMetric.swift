internal import Dialogue
internal import Intents

/// Builds a custom metric from answers: who judges, what to do, by which criterion, and last what to look at.
///
/// - Note: Source of the order: Amazon Bedrock User Guide, custom metric prompts.
struct ComposeCustomMetric: Action {
    static let signature = ActionSignature(
        name: "compose_custom_metric",
        inputs: [
            .init("name", .text), .init("task", .text), .init("criterion", .text, isRequired: false),
            .init("scale", .text), .init("variables", .texts, isRequired: false),
            .init("role", .text, isRequired: false),
            .init("existing", .text, isRequired: false),
        ],
        outputs: [
            .init("json", .text, isRequired: false), .init("problems", .texts, isRequired: false),
            .init("warnings", .texts, isRequired: false),
        ],
        outcomes: ["composed", "invalid"]
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        var problems: [String] = []
        var metrics: [JSON] = []
        if let existing = input["existing"]?.text, !existing.trimmed.isEmpty {
            do throws(CustomMetricsDocument.Failure) {
                metrics = try CustomMetricsDocument.metrics(Array(existing.utf8))
            } catch {
                if error.fault != .empty { problems.append("the metrics so far cannot be read: \(error.detail)") }
            }
        }
        var definition: [JSON.Member] = [
            JSON.Member("name", .string((input["name"]?.text ?? "").trimmed)),
            JSON.Member("instructions", .string(Self.instructions(input, &problems))),
        ]
        do throws(RatingScale.Mistake) {
            if let scale = try RatingScale(input["scale"]?.text ?? "").json {
                definition.append(JSON.Member("ratingScale", scale))
            }
        } catch {
            problems.append(error.reason)
        }
        metrics.append(["customMetricDefinition": .object(definition)])
        let builtins = (try? MetricsTable.read(world.data("metrics.yaml")))?.metrics.map(\.name) ?? []
        let check = CustomMetricsCheck(metrics, builtins: builtins)
        problems += check.problems
        guard problems.isEmpty else {
            return ActionResult(outcome: "invalid", values: ["problems": .list(problems.map { .text($0) })])
        }
        return ActionResult(
            outcome: "composed",
            values: [
                "json": .text(CustomMetricsDocument.canonicalText(metrics)),
                "warnings": .list(check.warnings.map { .text($0) }),
            ]
        )
    }

    private static func instructions(_ input: [String: Value], _ problems: inout [String]) -> String {
        let names = (input["variables"]?.list ?? ["prompt", "prediction"]).compactMap(\.text).map { name in
            String(name.trimmed.drop { $0 == "{" }.reversed().drop { $0 == "}" }.reversed()).trimmed
        }
        for name in names where !PromptVariables.known.contains(name) {
            let known = PlainText.joined(PromptVariables.known)
            problems.append("“\(PlainText.shown(name, limit: 60))” is no variable; known are \(known)")
        }
        let labels = ["prompt": "Prompt", "prediction": "Response", "ground_truth": "Reference answer"]
        let variables = PromptVariables.known.filter(names.contains).map { "\(labels[$0] ?? $0): {{\($0)}}" }
        let parts = ["role", "task", "criterion"].map { (input[$0]?.text ?? "").trimmed }
        return (parts + [variables.joined(separator: "\n")]).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
