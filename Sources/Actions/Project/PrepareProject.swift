internal import Dialogue
internal import Intents

/// Makes the folders of a project; those that are there stay as they are.
struct PrepareProject: Action {
    static let signature = ActionSignature(
        name: "prepare_project",
        inputs: [.init("project", .text)],
        outputs: [.detail],
        outcomes: FailureOutcomes.joined(["ready"], FailureOutcomes.files)
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let project = try ProjectFolder(input["project"]?.text ?? "")
            // Folders made by others may have any name; for new ones we keep to a form that no shell or URL minds. What
            // is there and no folder (a file, a link that leads outside) is told when the folders are made.
            let isThere =
                try project.isWorkspace
                || world.files.list("").contains { $0 == project.name || $0 == project.name + "/" }
            guard isThere || ProjectSlug.isValid(project.name) else {
                throw FileFailure(
                    .other,
                    path: project.name,
                    detail: "a new project's name has 1 to 64 of a-z, 0-9 and “-”, and begins and ends without “-”"
                )
            }
            for folder in ProjectFolder.layout {
                try world.files.makeFolder(project.path(folder))
            }
            return ActionResult(outcome: "ready")
        }
    }
}
