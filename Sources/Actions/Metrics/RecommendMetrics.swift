internal import Dialogue
internal import Intents

/// Recommends built-in metrics for a task, with a reason for each.
///
/// The same words always get the same metrics.
struct RecommendMetrics: Action {
    static let signature = ActionSignature(
        name: "recommend_metrics",
        inputs: [
            .init("task", .text), .init("has_reference", .flag, isRequired: false),
            .init("data_description", .text, isRequired: false),
        ],
        outputs: [
            .init("metrics", .texts, isRequired: false), .init("reasons", .records, isRequired: false),
            .init("kind", .text, isRequired: false), .init("all", .options, isRequired: false), .detail,
        ],
        outcomes: ["recommended", "table_broken"]
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let table: MetricsTable
        do throws(MetricsTable.Broken) {
            table = try MetricsTable.read(world.data("metrics.yaml"))
        } catch {
            return ActionResult(outcome: "table_broken", values: ["detail": .text(error.reason)])
        }
        let kind = table.kind(task: input["task"]?.text ?? "", data: input["data_description"]?.text ?? "")
        let lacksReference = input["has_reference"]?.flag == false
        let reasons = (kind?.metrics ?? []).map { advice -> Value in
            let reason = lacksReference ? advice.reasonWithoutReference ?? advice.reason : advice.reason
            return ["name": .text(advice.name), "reason": .text(reason)]
        }
        return ActionResult(
            outcome: "recommended",
            values: [
                "metrics": .list((kind?.metrics ?? []).map { .text($0.name) }), "reasons": .list(reasons),
                "kind": .text(kind?.title ?? ""),
                "all": .list(
                    table.metrics.map {
                        ["id": .text($0.name), "name": .text($0.name), "measures": .text($0.measures)]
                    }
                ),
            ]
        )
    }
}
