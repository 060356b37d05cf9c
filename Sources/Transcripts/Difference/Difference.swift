/// One way in which a conversation went otherwise than it is written.
///
/// The codes are stable; ``rank`` orders them by what they mean for the conversation.
public enum Difference: Sendable, Hashable {
    /// Another action ran, or one more, or one fewer: `name -> outcome`.
    case action(expected: String?, actual: String?)
    /// An action ended with another outcome.
    case outcome(action: String, expected: String, actual: String)
    /// The flow ended otherwise, or not at all.
    case end(expected: String, actual: String?)
    /// The conversation does not pause.
    case pause
    /// The conversation came to another step.
    case step(expected: String, actual: String?)
    /// The reply was understood otherwise.
    case intent(expected: String, actual: String?)
    /// A rule had no part in how the reply was understood; these had.
    case rule(expected: String, actual: [String])
    /// A slot has another value.
    case slot(name: String, expected: String?, actual: String?)
    /// A file of the workspace is not as it should be.
    case file(path: String, problem: FileProblem)
    /// Another prompt was said; `nil` where no prompt fits the text that was expected, or nothing more was said.
    case prompt(expected: String?, actual: String?)
    /// A message was not said; the prompt that it was probably made from.
    case missing(prompt: String?)
    /// A message was said that is not written.
    case extra(prompt: String)
    /// A question offered other options.
    case options(prompt: String)
    /// The same prompt has other words.
    case wording(prompt: String)

    /// What is wrong with a file.
    public enum FileProblem: Sendable, Hashable {
        /// It is not there.
        case missing
        /// It is there.
        case present
        /// It does not hold this text.
        case lacks(String)
    }

    /// A kind of difference, by a name that does not change.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        case action, outcome, end, pause, step, intent, rule, slot, file, prompt, missing, extra, options, wording
    }

    /// Its kind.
    public var code: Code {
        switch self {
        case .action: .action
        case .outcome: .outcome
        case .end: .end
        case .pause: .pause
        case .step: .step
        case .intent: .intent
        case .rule: .rule
        case .slot: .slot
        case .file: .file
        case .prompt: .prompt
        case .missing: .missing
        case .extra: .extra
        case .options: .options
        case .wording: .wording
        }
    }

    /// How much it means: 0 for the most significant.
    public var rank: Int { Code.allCases.firstIndex(of: code) ?? Code.allCases.count }

    /// Whether the conversation goes on as it is written all the same.
    var isOnlyWords: Bool { code == .wording || code == .options }
}

extension Difference: CustomStringConvertible {
    /// A sentence: what was expected and what was there.
    public var description: String {
        switch self {
        case .action(let expected?, let actual?): "other action: expected '\(expected)', but '\(actual)' ran"
        case .action(let expected?, nil): "other action: expected '\(expected)', but it did not run"
        case .action(nil, let actual): "other action: '\(actual ?? "")' ran and is not written"
        case .outcome(let action, let expected, let actual):
            "other outcome of '\(action)': expected '\(expected)', but it is '\(actual)'"
        case .end(let expected, let actual?): "other end: expected '\(expected)', but it ended with '\(actual)'"
        case .end(let expected, nil): "other end: expected '\(expected)', but it has not ended"
        case .pause: "expected that it pauses, but it does not"
        case .step(let expected, let actual):
            "other step: expected '\(expected)', but \(actual.map { "it is '\($0)'" } ?? "no step waits")"
        case .intent(let expected, let actual):
            "other intent: expected '\(expected)', but \(actual.map { "it is '\($0)'" } ?? "nothing was understood")"
        case .rule(let expected, let actual):
            "other rule: expected '\(expected)', but "
                + (actual.isEmpty
                    ? "no rule had part in it" : "it was \(actual.map { "'\($0)'" }.joined(separator: ", "))")
        case .slot(let name, let expected, let actual):
            "other value of the slot '\(name)': expected "
                + (expected.map { "'\($0)'" } ?? "none") + ", but it has " + (actual.map { "'\($0)'" } ?? "none")
        case .file(let path, .missing): "the file '\(path)' is not there"
        case .file(let path, .present): "the file '\(path)' is there"
        case .file(let path, .lacks(let text)): "the file '\(path)' does not hold '\(text)'"
        case .prompt(let expected, let actual):
            "other prompt: expected \(expected.map { "'\($0)'" } ?? "text of no known prompt"), but "
                + (actual.map { "'\($0)' was said" } ?? "nothing was said")
        case .missing(let prompt): "a message went missing: \(prompt.map { "'\($0)'" } ?? "text of no known prompt")"
        case .extra(let prompt): "a message came up that is not written: '\(prompt)'"
        case .options(let prompt): "other options of '\(prompt)'"
        case .wording(let prompt): "other words of '\(prompt)'"
        }
    }
}
