internal import Diagnostics
public import Dialogue
public import Intents

/// Lists the models that may judge in a region: those of the table that Bedrock says are active there.
///
/// The list keeps the table's order and carries ids and names alone, so that nothing in it reads as a recommendation. A
/// live check that fails never blocks: a model that could not be checked stays in the list and is named in `unchecked`;
/// where none could be checked the outcome is `listed_unverified`, with the kind of failure as `reason`.
public struct ListJudges: Action {
    /// `list_judges`.
    public static let signature = ActionSignature(
        name: "list_judges",
        inputs: [.init("region", .text)],
        outputs: [
            .init("judges", .options, isRequired: false),
            .init("dropped", .records, isRequired: false),
            .init("unchecked", .texts, isRequired: false),
            .init("reason", .text, isRequired: false),
            .init("regions", .texts, isRequired: false),
            .init("detail", .text, isRequired: false),
        ],
        outcomes: ["listed", "listed_unverified", "empty", "table_broken"]
    )

    /// The name of the table among the flow's data files.
    private static let file = "judges.yaml"
    private static let kept = ReadOnce<JudgeTable>()
    /// How many models are checked at once.
    private static let concurrency = 4

    /// Makes the action.
    public init() {}

    /// Lists the judges of the region.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let region = input["region"]?.text ?? ""
        let table: JudgeTable
        do {
            guard let text = world.data(Self.file) else {
                return ActionResult(
                    outcome: "table_broken",
                    values: ["detail": .text("the flow has no file \(Self.file)")]
                )
            }
            table = try Self.kept.table(text) { () throws(DiagnosticsError) -> JudgeTable in
                try JudgeTable(yaml: text, file: Self.file)
            }
        } catch {
            return ActionResult(outcome: "table_broken", values: ["detail": .text("\(error)")])
        }
        let candidates = table.judges(in: region)
        if !candidates.isEmpty { progress("Checking which judges can be used in \(region)") }
        let checks = try await JudgeCheck.run(candidates, in: region, by: world.aws, atOnce: Self.concurrency)
        return result(of: candidates, checks, otherRegions: table.regions.filter { $0 != region })
    }

    private func result(
        of candidates: [JudgeTable.Judge],
        _ checks: [JudgeCheck],
        otherRegions: [String]
    ) -> ActionResult {
        var judges: [Value] = []
        var dropped: [Value] = []
        var unchecked: [Value] = []
        var failures: [AWSFailure] = []
        for (judge, check) in zip(candidates, checks) {
            switch check {
            case .usable: judges.append(option(judge))
            case .dropped(let reason): dropped.append(["name": .text(judge.name), "reason": .text(reason)])
            case .failed(let failure):
                judges.append(option(judge))
                unchecked.append(.text(judge.name))
                failures.append(failure)
            }
        }
        var values: [String: Value] = ["dropped": .list(dropped), "unchecked": .list(unchecked)]
        guard !judges.isEmpty else {
            values["regions"] = .list(otherRegions.map { .text($0) })
            return ActionResult(outcome: "empty", values: values)
        }
        values["judges"] = .list(judges)
        // One judge that was not checked makes the list unverified: it may be the one that is chosen.
        guard let failure = failures.first else { return ActionResult(outcome: "listed", values: values) }
        values["reason"] = .text(failure.kind.rawValue)
        values["detail"] = .text(failure.detail)
        return ActionResult(outcome: "listed_unverified", values: values)
    }

    private func option(_ judge: JudgeTable.Judge) -> Value {
        ["id": .text(judge.id), "name": .text(judge.name)]
    }
}
