/// One value of a state file: the names that it is found under and what it must be.
struct WorkflowKey: Sendable {
    /// The name under which it is written and given to flows.
    let name: String
    /// Names that others write it under and that mean nothing else.
    var otherNames: [String] = []
    /// Names that others write it under and that may mean something else too; they count last.
    var genericNames: [String] = []
    /// Whether a training job has such a value of its own, which is not the evaluation's.
    var isAlsoOfTraining = false
    /// The key that it is said of: it is read beside that one.
    var subject: String?
    /// The value in the slot's form; `nil` where a text is no such value.
    let read: @Sendable (String) -> String?

    /// What is read, in the order in which a new file has the keys.
    ///
    /// A name may come twice: what the second one finds counts where the first has found nothing.
    static let all: [WorkflowKey] = [
        WorkflowKey(name: "task", otherNames: ["task_description", "use_case"], read: WorkflowValue.sentence),
        WorkflowKey(
            name: "dataset",
            otherNames: [
                "eval_dataset", "eval_dataset_path", "eval_dataset_s3", "eval_dataset_uri", "evaluation_dataset",
                "evaluation_dataset_path", "evaluation_dataset_s3", "evaluation_dataset_uri",
            ],
            genericNames: ["dataset_path", "dataset_s3", "dataset_uri"],
            isAlsoOfTraining: true,
            read: WorkflowValue.object
        ),
        WorkflowKey(
            name: "data_shape",
            genericNames: ["data_format", "dataset_format"],
            isAlsoOfTraining: true,
            subject: "dataset",
            read: WorkflowValue.sentence
        ),
        WorkflowKey(name: "model_package_arn", otherNames: packageNames, read: WorkflowValue.modelPackage),
        // The ARN of a group says its Region and account, which a name does not; so it goes before a name.
        WorkflowKey(
            name: "model_package_group",
            otherNames: ["model_package_group_arn", "model_package_arn"] + packageNames,
            read: WorkflowValue.groupARN
        ),
        WorkflowKey(
            name: "model_package_group",
            otherNames: ["model_package_group_name"],
            read: WorkflowValue.group
        ),
        WorkflowKey(name: "training_job", otherNames: ["training_job_name"], read: WorkflowValue.name),
        WorkflowKey(name: "region", otherNames: ["aws_region", "region_name"], read: WorkflowValue.region),
        WorkflowKey(
            name: "s3_output",
            otherNames: [
                "eval_output_path", "eval_s3_output", "eval_s3_output_path", "evaluation_output_path",
                "evaluation_s3_output", "evaluation_s3_output_path",
            ],
            genericNames: ["s3_output_path", "output_path"],
            isAlsoOfTraining: true,
            read: WorkflowValue.output
        ),
        WorkflowKey(
            name: "judge",
            otherNames: ["judge_model", "judge_model_id", "evaluator_model"],
            read: WorkflowValue.modelID
        ),
    ]

    private static let packageNames = ["model_package", "output_model_package_arn"]

    /// The names of the keys, each once.
    static let names = all.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

    /// A name of several words in camel case, as in `modelPackageArn`.
    static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        let capitalized = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return (words.prefix(1).map(String.init) + capitalized).joined()
    }
}
