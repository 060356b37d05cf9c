internal import Dialogue
internal import Intents

/// Reads what earlier steps left, silently: whatever is wrong with it, there is just no prior context.
struct ReadPriorContext: Action {
    static let signature = ActionSignature(
        name: "read_prior_context",
        outputs: (WorkflowState.keys.map(\.name) + ["project"]).map { .init($0, .text, isRequired: false) },
        outcomes: ["found", "none"]
    )

    private static let sizeLimit = 1 << 20

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let projects = WorkspaceProjects(world.files)
        let project =
            projects.hasState
            ? try? ProjectFolder(ProjectFolder.workspace)
            : projects.foldersWithState.count == 1 ? projects.foldersWithState.first : nil
        guard let project,
            let bytes = try? world.files.read(project.path(WorkspaceProjects.stateFile), limit: Self.sizeLimit),
            let hints = WorkflowState(bytes)?.hints, !hints.isEmpty
        else { return ActionResult(outcome: "none") }
        var values = hints.mapValues { Value.text($0) }
        values["project"] = .text(project.name)
        return ActionResult(outcome: "found", values: values)
    }
}
