internal import Dialogue
internal import Intents

/// Looks which notebooks a project has, so that the user can add to one.
struct FindNotebooks: Action {
    static let signature = ActionSignature(
        name: "find_notebooks",
        inputs: [.init("project", .text)],
        outputs: [
            .init("notebooks", .options, isRequired: false), .init("new_path", .text, isRequired: false), .detail,
        ],
        outcomes: FailureOutcomes.joined(["found", "none"], FailureOutcomes.files)
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let names = NotebookNames(project: try ProjectFolder(input["project"]?.text ?? ""))
            let taken = Set(try world.files.list(names.folder).map { names.folder + "/" + $0 })
            let free = names.candidates.first { !taken.contains($0) && !taken.contains($0 + "/") }
            guard let free else {
                throw FileFailure(.exists, path: names.folder, detail: "every name for a notebook is taken")
            }
            let existing = try names.existing(in: world.files)
            let options = existing.map { path in
                Value.record(["id": .text(path), "name": .text(String(path.dropFirst(names.folder.count + 1)))])
            }
            return ActionResult(
                outcome: options.isEmpty ? "none" : "found",
                values: ["notebooks": .list(options), "new_path": .text(free)]
            )
        }
    }
}
