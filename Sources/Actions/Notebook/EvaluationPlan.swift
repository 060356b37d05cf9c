internal import Intents

/// What the notebook shall evaluate: the values that the conversation confirmed.
struct EvaluationPlan: Sendable, Hashable {
    var task: String
    /// S3 URI of the dataset.
    var dataset: String
    /// ARN of the fine-tuned model's package, with version.
    var modelPackage: String
    /// Name of the base model, where it is known.
    var baseModel: String?
    /// Model id of the judge.
    var judge: String
    /// The name under which the user chose the judge.
    var judgeName: String?
    var region: String
    /// S3 URI under which the results go.
    var output: String
    /// API names, `Builtin.` in front.
    var builtinMetrics: [String]
    /// Path of the custom metrics' file in the workspace.
    var customMetrics: String?
    /// Sentences about checks that were not made.
    var unverified: [String]

    /// Takes the values of a call whose required ones are there.
    init(_ input: [String: Value]) {
        func text(_ name: String) -> String? {
            input[name]?.text.flatMap { $0.isEmpty ? nil : $0 }
        }
        func texts(_ name: String) -> [String] {
            input[name]?.list?.compactMap(\.text).filter { !$0.isEmpty } ?? []
        }
        task = text("task") ?? ""
        dataset = text("dataset") ?? ""
        modelPackage = text("model_package_arn") ?? ""
        baseModel = text("base_model")
        judge = text("judge") ?? ""
        judgeName = text("judge_name")
        region = text("region") ?? ""
        output = text("s3_output") ?? ""
        builtinMetrics = texts("builtin_metrics").map { name in
            name.lowercased().hasPrefix("builtin.") ? "Builtin." + name.dropFirst(8) : "Builtin." + name
        }
        customMetrics = text("custom_metrics_path")
        unverified = texts("unverified")
        for (check, sentence) in Self.checks where text(check) == "not_verified" { unverified.append(sentence) }
    }

    /// What it means for the job that a check was not made.
    private static let checks = [
        ("dataset_check", "The dataset: whether it is there, and whether every record has a format that is read."),
        ("model_check", "The model package: whether it is there and complete, and which base model it has."),
        ("judge_check", "The judge: whether it is active in the Region and available to the account."),
    ]
}
