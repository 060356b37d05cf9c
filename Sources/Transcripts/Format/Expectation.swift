extension Transcript {
    /// Something that must hold at the end of a turn.
    public enum Expectation: Sendable, Hashable {
        /// A slot has a value, as it is shown; `nil` means that it has none.
        case slot(String, String?)
        /// The conversation waits at a step.
        case step(String)
        /// The reply was understood so.
        case intent(String)
        /// A rule had part in how the reply was understood.
        case why(String)
        /// Something was said that a prompt gave the words for.
        case prompt(String)
        /// A file was written to the workspace.
        case file(String)
        /// There is no such file in the workspace.
        case noFile(String)
        /// A file of the workspace holds a text.
        case fileContains(String, String)
        /// The flow ended with an outcome.
        case ended(String)
        /// The conversation pauses.
        case paused
    }
}

extension Transcript.Expectation {
    /// Reads what stands after `expect:`; `nil` where it is nothing of the kind.
    init?(_ text: String) {
        let (word, rest) = text.utf8Cut(" ").map { (String($0.before), $0.after.spaceTrimmed) } ?? (text, "")
        switch word {
        case "slot":
            if let (name, value) = rest.utf8Cut("="), !name.spaceTrimmed.isEmpty {
                self = .slot(String(name.spaceTrimmed), String(value.spaceTrimmed))
            } else if let name = rest.droppingLast(" unknown"), !name.spaceTrimmed.isEmpty {
                self = .slot(String(name.spaceTrimmed), nil)
            } else {
                return nil
            }
        case "file":
            if let (path, content) = rest.utf8Cut(" contains "), !path.spaceTrimmed.isEmpty {
                self = .fileContains(String(path.spaceTrimmed), String(content))
            } else if !rest.isEmpty {
                self = .file(String(rest))
            } else {
                return nil
            }
        case "no":
            guard let path = rest.dropping("file ")?.spaceTrimmed, !path.isEmpty else { return nil }
            self = .noFile(String(path))
        case "paused" where rest.isEmpty: self = .paused
        case "step" where !rest.isEmpty: self = .step(String(rest))
        case "intent" where !rest.isEmpty: self = .intent(String(rest))
        case "why" where !rest.isEmpty: self = .why(String(rest))
        case "prompt" where !rest.isEmpty: self = .prompt(String(rest))
        case "end" where !rest.isEmpty: self = .ended(String(rest))
        default: return nil
        }
    }

    /// What may stand after `expect:`, for messages.
    static let forms =
        "'slot NAME = VALUE', 'slot NAME unknown', 'step ID', 'intent NAME', 'why RULE', 'prompt NAME', 'file PATH', "
        + "'file PATH contains TEXT', 'no file PATH', 'end OUTCOME' or 'paused'"

    /// The first words of these, for the nearest of them.
    static let words = ["slot", "step", "intent", "why", "prompt", "file", "end", "paused"]
}

extension Transcript.Expectation: CustomStringConvertible {
    /// As it stands after `expect:`.
    public var description: String {
        switch self {
        case .slot(let name, let value?): "slot \(name) = \(value)"
        case .slot(let name, nil): "slot \(name) unknown"
        case .step(let id): "step \(id)"
        case .intent(let name): "intent \(name)"
        case .why(let rule): "why \(rule)"
        case .prompt(let name): "prompt \(name)"
        case .file(let path): "file \(path)"
        case .noFile(let path): "no file \(path)"
        case .fileContains(let path, let text): "file \(path) contains \(text)"
        case .ended(let outcome): "end \(outcome)"
        case .paused: "paused"
        }
    }
}
