/// A world without a network or a disk: recorded AWS answers and a workspace in memory.
public struct RecordedWorld: Sendable {
    /// The world, for actions.
    public let world: World
    private let files: MemoryFiles

    /// Makes a world that plays a script from its beginning.
    ///
    /// - Parameters:
    ///   - script: What is recorded.
    ///   - data: The flow's data files.
    /// - Complexity: O(files of the workspace).
    public init(_ script: RecordedScript, data: @escaping @Sendable (String) -> String?) {
        let aws: any AWSClient = script.isOffline ? OfflineAWS() : RecordedAWS(groups: script.groups)
        files = MemoryFiles()
        for file in script.files { files.put(file.path, file.bytes) }
        for failure in script.failures { files.fail(failure.path, with: failure.kind) }
        world = World(aws: aws, files: files, data: data)
    }

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
        self.init(
            try RecordedScript(cassettes: cassettes, workspace: workspace, isOffline: isOffline),
            data: data
        )
    }

    /// The text of a file of the workspace, or `nil` where there is none.
    public func file(_ path: String) -> String? { files.text(of: path) }
}
