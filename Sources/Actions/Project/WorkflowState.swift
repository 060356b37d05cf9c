/// The values that one step of a workflow leaves for the next: `workflow_state.json` in the project's folder.
///
/// They are hints: whoever reads them validates and confirms. `docs/workflow-state.md` describes the file.
struct WorkflowState: Sendable, Hashable {
    /// The file's name.
    static let fileName = "workflow_state.json"

    /// The most bytes of a file that is read.
    static let sizeLimit = 1 << 20

    /// Values that are written and not read back as hints.
    static let writtenOnly = ["dataset_check", "builtin_metrics"]

    /// The object's keys in their order.
    var root: [JSON.Member]

    /// A state without values.
    init() {
        root = [JSON.Member("version", 1)]
    }

    /// Reads a file; `nil` when it is no JSON object.
    init?(_ bytes: [UInt8]) {
        guard let members = try? JSONParser.parse(bytes).members else { return nil }
        root = members
    }

    /// The file's bytes: two spaces for a level, a newline at the end.
    var bytes: [UInt8] {
        Array((JSON.object(root).prettyText() + "\n").utf8)
    }
}
