internal import Dialogue
internal import Intents

/// Writes confirmed values into the project's state file, atomically; what else is in it stays, in its order.
struct SaveWorkflowState: Action {
    static let signature = ActionSignature(
        name: "save_workflow_state",
        inputs: [.init("project", .text)]
            + WorkflowState.keys.map { .init($0.name, .text, isRequired: false) }
            + [.init("dataset_check", .text, isRequired: false), .init("builtin_metrics", .texts, isRequired: false)],
        outputs: [.detail],
        outcomes: FailureOutcomes.joined(["saved", "unchanged", "malformed"], FailureOutcomes.files)
    )

    private static let sizeLimit = 1 << 20

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let path = try ProjectFolder(input["project"]?.text ?? "").path(WorkspaceProjects.stateFile)
            var old: [UInt8]?
            do {
                old = try world.files.read(path, limit: Self.sizeLimit)
            } catch let failure as FileFailure where failure.kind == .notFound {
                // It is made then.
            }
            guard let before = old.map(WorkflowState.init(_:)) ?? WorkflowState() else {
                let detail = "\(path): not a JSON object; it is left as it is"
                return ActionResult(outcome: "malformed", values: ["detail": .text(detail)])
            }
            var state = before
            for name in WorkflowState.keys.map(\.name) + WorkflowState.writtenOnly {
                if let text = input[name]?.text {
                    state.set(name, to: .string(text))
                } else if let list = input[name]?.list {
                    state.set(name, to: .array(list.compactMap(\.text).map(JSON.string)))
                }
            }
            guard state != before else { return ActionResult(outcome: "unchanged") }
            try world.files.replace(path, expecting: old, with: state.bytes)
            return ActionResult(outcome: "saved")
        }
    }
}
