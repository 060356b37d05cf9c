public import Diagnostics
public import Intents

/// Compiles a flow's files into a ``Flow``: reads, links and checks them, and reports all that is wrong at once.
public struct FlowCompiler: Sendable {
    /// The actions that flows may run.
    public let actions: [ActionSignature]

    /// The readers and validators that entity files may name.
    public let entities: EntityRegistry

    /// Makes a compiler.
    public init(actions: [ActionSignature] = [], entities: EntityRegistry = EntityRegistry()) {
        self.actions = actions
        self.entities = entities
    }

    /// Compiles a flow.
    ///
    /// - Parameters:
    ///   - source: Its files.
    ///   - entry: The flow of the folder that sessions go through; the one in `flow.yaml` unless said otherwise.
    /// - Returns: The flow, with what is doubtful but usable in ``Flow/warnings``.
    /// - Throws: `DiagnosticsError` with every error found, each with file, line and column.
    /// - Complexity: Linear in the files; a few milliseconds for the bundled flow.
    public func compile(_ source: FlowSource, entry: String? = nil) throws(DiagnosticsError) -> Flow {
        Flow(try link(source, entry: entry))
    }

    /// Compiles a folder once for each of its flows.
    ///
    /// - Parameter source: Its files.
    /// - Returns: One that sessions go through the flow in `flow.yaml` with, then one for each of the others. They share
    ///   all but what they begin with.
    /// - Throws: As ``compile(_:entry:)``.
    /// - Complexity: Little more than one of them.
    public func compileAll(_ source: FlowSource) throws(DiagnosticsError) -> [Flow] {
        let main = try link(source, entry: nil)
        let others = main.flows.indices.filter { $0 != main.entry }.map { index in
            var parts = main
            parts.entry = index
            parts.digest = source.digest(entry: main.flows[index].name, folders: main.folders)
            return Flow(parts)
        }
        return [Flow(main)] + others
    }

    private func link(_ source: FlowSource, entry: String?) throws(DiagnosticsError) -> Flow.Parts {
        var linker = FlowLinker(source: source, actions: actions, registry: entities)
        let parts = linker.link(entry: entry)
        try linker.diagnostics.throwIfErrors()
        guard let parts else { throw DiagnosticsError(linker.diagnostics.diagnostics) }
        return parts
    }
}
