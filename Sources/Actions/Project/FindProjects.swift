internal import Dialogue
internal import Intents

/// Looks for projects to go on with, and proposes a name for a new one.
struct FindProjects: Action {
    static let signature = ActionSignature(
        name: "find_projects",
        inputs: [.init("task", .text, isRequired: false)],
        outputs: [.init("projects", .options), .init("suggestion", .text)],
        outcomes: ["found", "none", "workspace_is_project"]
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let projects = WorkspaceProjects(world.files)
        var options = projects.folders.map { Value.record(["id": .text($0.name), "name": .text($0.name)]) }
        var outcome = options.isEmpty ? "none" : "found"
        if projects.isWorkspaceProject {
            options.insert(["id": .text(ProjectFolder.workspace), "name": "this folder"], at: 0)
            outcome = "workspace_is_project"
        }
        let suggestion = ProjectSlug.suggestion(for: input["task"]?.text ?? "", taken: projects.names)
        return ActionResult(
            outcome: outcome,
            values: ["projects": .list(options), "suggestion": .text(suggestion)]
        )
    }
}
