import Dialogue
import Intents

/// What actions that call AWS have in common: one outcome for each kind of failure, and what it brings back.
enum AWSOutcomes {
    /// The outcomes of failed calls, without those that an action replaces by one of its own.
    static func failures(except replaced: Set<AWSFailure.Kind> = []) -> [String] {
        AWSFailure.Kind.allCases.filter { !replaced.contains($0) }.map(\.rawValue)
    }

    /// What a failed call brings back, to be listed among an action's outputs.
    static let outputs: [ActionSignature.Parameter] = [
        ActionSignature.Parameter("detail", .text, isRequired: false),
        ActionSignature.Parameter("operation", .text, isRequired: false),
        ActionSignature.Parameter("region", .text, isRequired: false),
    ]
}

extension ActionResult {
    /// The result of a failed call: the kind as the outcome; `detail` (code and text), `operation` as the command names
    /// it, and `region` where one was named.
    init(_ failed: FailedCall, values: [String: Value] = [:]) {
        var values = values
        let failure = failed.failure
        values["detail"] = .text(
            [failure.code, failure.detail].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
        )
        values["operation"] = .text("\(failed.request.service) \(failed.request.operation)")
        if let region = failed.request.region { values["region"] = .text(region) }
        self.init(outcome: failure.kind.rawValue, values: values)
    }
}

extension Action {
    /// Runs the body and turns a failed call into its result.
    func reportingFailures(_ body: () async throws -> ActionResult) async throws -> ActionResult {
        do {
            return try await body()
        } catch let failed as FailedCall {
            return ActionResult(failed)
        }
    }
}
