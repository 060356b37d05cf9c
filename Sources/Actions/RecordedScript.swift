internal import Diagnostics
internal import YAMLReading

/// What recorded worlds are made of, read once: recorded AWS answers and a workspace.
///
/// ```swift
/// let script = try RecordedScript(cassettes: [cassette], workspace: [], isOffline: false)
/// let world = RecordedWorld(script, data: source.data)   // one for each conversation
/// ```
public struct RecordedScript: Sendable {
    let groups: [RecordedAWS.Group]
    let isOffline: Bool
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    private(set) var failures: [(path: String, kind: FileFailure.Kind)] = []

    /// Reads a script out of texts.
    ///
    /// - Parameters:
    ///   - cassettes: Files of recorded AWS calls, each with its name for messages; earlier ones come first.
    ///   - workspace: Files that describe a workspace: `path: text` entries in YAML.
    ///   - isOffline: Whether AWS is refused altogether.
    /// - Throws: Errors with file, line and column.
    public init(
        cassettes: [(name: String, text: String)],
        workspace: [(name: String, text: String)],
        isOffline: Bool
    ) throws {
        groups = RecordedAWS.groups(
            try cassettes.flatMap { try Cassette(yaml: $0.text, file: $0.name).exchanges }
        )
        self.isOffline = isOffline
        var diagnostics = DiagnosticList()
        for file in workspace {
            guard let root = YAMLNode(file.text, file: file.name, diagnostics: &diagnostics) else { continue }
            guard case .mapping(let entries) = root.content else {
                diagnostics.error("a workspace is written as 'path: text' lines", at: root.location)
                continue
            }
            for entry in entries {
                switch (entry.key, entry.value.content) {
                case ("fail", .mapping(let listed)):
                    for failure in listed {
                        guard case .scalar(let word) = failure.value.content,
                            let kind = FileFailure.Kind(rawValue: word)
                        else {
                            diagnostics.error("there is no such failure of files", at: failure.value.location)
                            continue
                        }
                        failures.append((failure.key, kind))
                    }
                case (let path, .scalar(let text)): files.append((path, Array(text.utf8)))
                case (let path, .empty): files.append((path, []))
                default: diagnostics.error("a file is one text", at: entry.value.location)
                }
            }
        }
        try diagnostics.throwIfErrors()
    }
}
