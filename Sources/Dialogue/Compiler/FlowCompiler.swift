public import Diagnostics

/// Compiles a flow's files into a ``Flow``: reads, links and checks them, and reports all that is wrong at once.
public struct FlowCompiler: Sendable {
    /// The actions that flows may run.
    public let actions: [ActionSignature]

    /// Makes a compiler.
    public init(actions: [ActionSignature] = []) { self.actions = actions }

    /// Compiles a flow.
    ///
    /// - Parameters:
    ///   - source: Its files.
    ///   - entry: The flow of the folder that sessions go through; the one in `flow.yaml` unless said otherwise.
    /// - Returns: The flow, with what is doubtful but usable in ``Flow/warnings``.
    /// - Throws: ``DiagnosticsError`` with every error found, each with file, line and column.
    /// - Complexity: Linear in the files; a few milliseconds for the bundled flow.
    public func compile(_ source: FlowSource, entry: String? = nil) throws(DiagnosticsError) -> Flow {
        var linker = FlowLinker(source: source, actions: actions)
        let flow = linker.link(entry: entry)
        try linker.diagnostics.throwIfErrors()
        guard let flow else { throw DiagnosticsError(linker.diagnostics.diagnostics) }
        return flow
    }
}
