internal import Diagnostics

/// A world without a network or a disk: recorded AWS answers and a workspace in memory.
public struct RecordedWorld: Sendable {
    /// The world, for actions.
    public let world: World
    private let files: MemoryFiles

    /// Makes a world out of texts.
    ///
    /// - Parameters:
    ///   - cassettes: Files of recorded AWS calls, each with its name for messages; earlier ones come first.
    ///   - workspace: Files that describe a workspace: `path: text` entries in YAML.
    ///   - isOffline: Whether AWS is refused altogether.
    ///   - data: The flow's data files.
    /// - Throws: Errors with file, line and column.
    public init(
        cassettes: [(name: String, text: String)],
        workspace: [(name: String, text: String)],
        isOffline: Bool,
        data: @escaping @Sendable (String) -> String?
    ) throws {
        let exchanges = try cassettes.flatMap { try Cassette(yaml: $0.text, file: $0.name).exchanges }
        let aws: any AWSClient = isOffline ? OfflineAWS() : RecordedAWS(exchanges)
        files = MemoryFiles()
        world = World(aws: aws, files: files, data: data)
        var diagnostics = DiagnosticList()
        for file in workspace {
            guard let root = YAMLNode(file.text, file: file.name, diagnostics: &diagnostics) else { continue }
            guard case .mapping(let entries) = root.content else {
                diagnostics.error("a workspace is written as 'path: text' lines", at: root.location)
                continue
            }
            for entry in entries {
                switch (entry.key, entry.value.content) {
                case ("fail", .mapping(let failures)):
                    for failure in failures {
                        guard case .scalar(let word) = failure.value.content,
                            let kind = FileFailure.Kind(rawValue: word)
                        else {
                            diagnostics.error("there is no such failure of files", at: failure.value.location)
                            continue
                        }
                        files.fail(failure.key, with: kind)
                    }
                case (let path, .scalar(let text)): files.put(path, Array(text.utf8))
                case (let path, .empty): files.put(path, [])
                default: diagnostics.error("a file is one text", at: entry.value.location)
                }
            }
        }
        try diagnostics.throwIfErrors()
    }

    /// The text of a file of the workspace, or `nil` where there is none.
    public func file(_ path: String) -> String? { files.snapshot[path] }
}
