internal import Diagnostics

/// A place where a prompt is said, and what it can name there beside slots.
struct PromptUse: Sendable {
    /// The step or topic that says it; `nil` where the engine itself does.
    let location: Location?
    /// The values of the moment.
    let moment: [String: PromptWord]
}
