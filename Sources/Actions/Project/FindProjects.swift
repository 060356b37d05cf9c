internal import Dialogue
internal import Intents

/// Looks for projects to go on with, and proposes a name for a new one.
///
/// Where the workspace is itself a project, that is the outcome. A project that the user has declined is not offered
/// again, and after it the workspace is not taken unasked.
struct FindProjects: Action {
    static let signature = ActionSignature(
        name: "find_projects",
        inputs: [.init("task", .text, isRequired: false), .init("declined", .text, isRequired: false)],
        outputs: [.init("projects", .options), .init("suggestion", .text)],
        outcomes: ["found", "none", "workspace_is_project"]
    )

    /// What flows call the choice of a new project: no folder can be offered under this name beside it.
    private static let newProject = "new"

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let projects = WorkspaceProjects(world.files)
        let declined = input["declined"]?.text
        let options = projects.folders.map(\.name).filter { $0 != Self.newProject && $0 != declined }.map { name in
            Value.record(["id": .text(name), "name": .text(name)])
        }
        let isHere = projects.isWorkspaceProject && declined == nil
        let suggestion = ProjectSlug.suggestion(for: input["task"]?.text ?? "", taken: projects.names)
        return ActionResult(
            outcome: isHere ? "workspace_is_project" : options.isEmpty ? "none" : "found",
            values: ["projects": .list(options), "suggestion": .text(suggestion)]
        )
    }
}
