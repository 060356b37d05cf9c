internal import Dialogue
internal import Intents

/// Writes confirmed values into the project's state file, atomically; what else is in it stays, in its order.
///
/// `saved` means that the file holds them. Whether it did before is no outcome of its own: the same call again, since its end
/// was lost, comes to the same.
struct SaveWorkflowState: Action {
    static let signature = ActionSignature(
        name: "save_workflow_state",
        inputs: [.init("project", .text)]
            + WorkflowKey.names.map { .init($0, .text, isRequired: false) }
            + [.init("dataset_check", .text, isRequired: false), .init("builtin_metrics", .texts, isRequired: false)],
        outputs: [.detail],
        outcomes: FailureOutcomes.joined(["saved", "malformed"], FailureOutcomes.files)
    )

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let path = try ProjectFolder(input["project"]?.text ?? "").path(WorkflowState.fileName)
            var values: [String: JSON] = [:]
            for name in WorkflowKey.names + WorkflowState.writtenOnly {
                if let text = input[name]?.text {
                    values[name] = .string(text)
                } else if let list = input[name]?.list {
                    values[name] = .array(list.compactMap(\.text).map(JSON.string))
                }
            }
            do {
                return try save(values, at: path, in: world.files)
            } catch let failure as FileFailure where failure.kind == .changed {
                // Somebody else wrote it meanwhile. Ours goes on top of theirs; if that fails too, they are at work.
                return try save(values, at: path, in: world.files)
            }
        }
    }

    private func save(_ values: [String: JSON], at path: String, in files: any FileSystem) throws -> ActionResult {
        var old: [UInt8]?
        do {
            old = try files.read(path, limit: WorkflowState.sizeLimit)
        } catch let failure as FileFailure where failure.kind == .notFound {
            // It is made then.
        }
        guard let before = old.map(WorkflowState.init(_:)) ?? WorkflowState() else {
            let detail = "\(path): not a JSON object; it is left as it is"
            return ActionResult(outcome: "malformed", values: ["detail": .text(detail)])
        }
        var state = before
        state.update(values)
        if state != before { try files.replace(path, expecting: old, with: state.bytes) }
        return ActionResult(outcome: "saved")
    }
}
