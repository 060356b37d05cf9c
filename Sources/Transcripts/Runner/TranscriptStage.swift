public import Dialogue

/// What a transcript's conversation takes place in: who runs its actions, and what files there are.
public struct TranscriptStage: Sendable {
    /// Runs the actions whose answers the transcript does not hold itself; `nil` where there is none.
    public var runner: (any ActionRunner)?
    /// The text of a file in the workspace, or `nil` where there is none.
    public var file: @Sendable (String) -> String?

    /// Makes a stage.
    public init(runner: (any ActionRunner)? = nil, file: @escaping @Sendable (String) -> String? = { _ in nil }) {
        self.runner = runner
        self.file = file
    }
}
