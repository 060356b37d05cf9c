internal import Dialogue
internal import Intents

/// The outcomes that actions report when the world refuses: one name for each class of failure, the same everywhere.
enum FailureOutcomes {
    /// Those of actions that read or write files.
    static let files = FileFailure.Kind.allCases.map(\.rawValue)

    /// Those of actions that call AWS.
    static let aws = AWSFailure.Kind.allCases.map(\.rawValue)

    /// All the given outcomes in their order, each once: some classes have a name in common.
    static func joined(_ groups: [String]...) -> [String] {
        groups.joined().reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The result for a call to AWS that gave no answer.
    static func result(_ failure: AWSFailure) -> ActionResult {
        let detail = [failure.code, failure.detail].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
        return ActionResult(outcome: failure.kind.rawValue, values: ["detail": .text(detail)])
    }

    /// The result for a file that could not be read or written.
    static func result(_ failure: FileFailure) -> ActionResult {
        let detail = failure.detail.isEmpty ? failure.path : "\(failure.path): \(failure.detail)"
        return ActionResult(outcome: failure.kind.rawValue, values: ["detail": .text(detail)])
    }

    /// Runs a body and turns the failures that it throws into results.
    static func catching(_ body: () async throws -> ActionResult) async throws -> ActionResult {
        do {
            return try await body()
        } catch let failure as AWSFailure {
            return result(failure)
        } catch let failure as FileFailure {
            return result(failure)
        }
    }
}

extension ActionSignature.Parameter {
    /// What went wrong, for logs and details; given with failures.
    static let detail = ActionSignature.Parameter("detail", .text, isRequired: false)
}
