internal import Dialogue
internal import Intents

/// Writes the notebook that runs the evaluation: a new file, or cells at the end of one that is there.
///
/// Nothing is overwritten: a new file takes the next free name, and added cells leave the others as they are. The same call
/// again, since its end was lost, finds what it has written and writes nothing.
struct WriteNotebook: Action {
    static let signature = ActionSignature(
        name: "write_notebook",
        inputs: [
            .init("project", .text), .init("mode", .text), .init("path", .text, isRequired: false),
            .init("task", .text), .init("dataset", .text), .init("model_package_arn", .text),
            .init("base_model", .text, isRequired: false), .init("judge", .text),
            .init("judge_name", .text, isRequired: false), .init("region", .text), .init("s3_output", .text),
            .init("builtin_metrics", .texts, isRequired: false),
            .init("custom_metrics_path", .text, isRequired: false), .init("unverified", .texts, isRequired: false),
            .init("dataset_check", .text, isRequired: false), .init("model_check", .text, isRequired: false),
            .init("judge_check", .text, isRequired: false),
        ],
        outputs: [.init("path", .text, isRequired: false), .init("cells", .records, isRequired: false), .detail],
        outcomes: FailureOutcomes.joined(["created", "appended", "unsuitable"], FailureOutcomes.files),
        isRepeatable: false
    )

    /// Notebooks with pictures in their outputs are large; past this size something else is wrong.
    private static let sizeLimit = 64 << 20

    func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        try await FailureOutcomes.catching {
            let project = try ProjectFolder(input["project"]?.text ?? "")
            let plan = EvaluationPlan(input)
            switch input["mode"]?.text {
            case "create": return try create(plan, in: NotebookNames(project: project), files: world.files)
            case "append": return try append(plan, to: input["path"]?.text ?? "", files: world.files)
            default: return unsuitable("the mode is neither “create” nor “append”")
            }
        }
    }

    private func create(
        _ plan: EvaluationPlan,
        in names: NotebookNames,
        files: any FileSystem
    ) throws -> ActionResult {
        let cells = EvaluationCells(plan, folder: names.folder)
        let bytes = NotebookDocument.new(cells.cells)
        for path in names.candidates {
            do {
                try files.create(path, bytes: bytes)
                return result("created", path, cells)
            } catch let failure as FileFailure where failure.kind == .exists {
                // Our own from before, where the end of this action was lost in between: it is not written twice.
                if (try? files.read(path, limit: Self.sizeLimit)) == bytes { return result("created", path, cells) }
            }
        }
        throw FileFailure(.exists, path: names.folder, detail: "every name for a notebook is taken")
    }

    private func append(_ plan: EvaluationPlan, to path: String, files: any FileSystem) throws -> ActionResult {
        let parts = try WorkspacePath(path).parts
        guard let name = parts.last, name.hasSuffix(".ipynb") else {
            return unsuitable("“\(path)” is not the path of a notebook: its name does not end in “.ipynb”")
        }
        let old = try files.read(path, limit: Self.sizeLimit)
        let cells = EvaluationCells(plan, folder: parts.dropLast().joined(separator: "/"))
        let document: NotebookDocument
        do throws(NotebookDocument.Unsuitable) {
            document = try NotebookDocument(old)
        } catch {
            return unsuitable(error.reason)
        }
        // Our own from before, where the end of this action was lost in between: they are not added twice.
        if !document.ends(with: cells.cells) {
            try files.replace(path, expecting: old, with: document.appending(cells.cells))
        }
        return result("appended", path, cells)
    }

    private func result(_ outcome: String, _ path: String, _ cells: EvaluationCells) -> ActionResult {
        let records = cells.parts.map { Value.record(["title": .text($0.title), "minutes": .text($0.minutes)]) }
        return ActionResult(outcome: outcome, values: ["path": .text(path), "cells": .list(records)])
    }

    private func unsuitable(_ reason: String) -> ActionResult {
        ActionResult(outcome: "unsuitable", values: ["detail": .text(reason)])
    }
}
