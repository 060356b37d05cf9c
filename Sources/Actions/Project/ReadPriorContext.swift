internal import Dialogue
internal import Intents

/// Reads what earlier steps left, silently: whatever is wrong with it, there is just no prior context.
struct ReadPriorContext: Action {
    static let signature = ActionSignature(
        name: "read_prior_context",
        outputs: (WorkflowKey.names + ["model_reference", "group_region", "project"]).map {
            .init($0, .text, isRequired: false)
        },
        outcomes: ["found", "none"],
        givesHints: true
    )

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
            let bytes = try? world.files.read(project.path(WorkflowState.fileName), limit: WorkflowState.sizeLimit),
            var values = WorkflowState(bytes)?.hints, !values.isEmpty
        else { return ActionResult(outcome: "none") }
        let group = values["model_package_group"]
        if let reference = values["model_package_arn"] ?? group { values["model_reference"] = reference }
        // An ARN says its Region itself.
        let isNameAlone = values["model_package_arn"] == nil && group.flatMap(WorkflowValue.name) != nil
        if isNameAlone { values["group_region"] = values["region"] }
        values["project"] = project.name
        return ActionResult(outcome: "found", values: values.mapValues { .text($0) })
    }
}
