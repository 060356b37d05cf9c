import Actions
import BundledPrompts
import Dialogue

/// The bundled flow, compiled once.
enum BundledFlow {
    static let source = FlowSource(
        "model-evaluation",
        files: BundledPrompts.files.map { FlowSource.File(path: $0.path, text: $0.text) }
    )

    static func compiled(entry: String? = nil) throws -> Flow {
        try FlowCompiler(actions: ActionRegistry.all.signatures).compile(source, entry: entry)
    }
}
