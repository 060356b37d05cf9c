/// The values that one step of a workflow leaves for the next: `workflow_state.json` in the project's folder.
///
/// They are hints: whoever reads them validates and confirms. `docs/workflow-state.md` describes the file.
struct WorkflowState: Sendable, Hashable {
    /// One value of the file.
    struct Key: Sendable, Hashable {
        /// The name under which it is written and given to flows.
        var name: String
        /// Names under which others are known to write it; they are read and never changed.
        var otherNames: [String] = []
        /// Whether a text found under these names is such a value.
        var isWellShaped: @Sendable (String) -> Bool

        static func == (one: Key, two: Key) -> Bool { one.name == two.name }
        func hash(into hasher: inout Hasher) { hasher.combine(name) }

        /// The name in camel case, as in `modelPackageArn`.
        var camelCaseName: String {
            let words = name.split(separator: "_")
            return words.dropFirst().reduce(words.first.map(String.init) ?? "") { $0 + $1.capitalized(at: 0) }
        }
    }

    /// Every text of the file in the order in which a new file has them.
    static let keys: [Key] = [
        Key(name: "task", otherNames: ["task_description", "use_case"], isWellShaped: WorkflowShape.isSentence),
        Key(
            name: "dataset",
            otherNames: [
                "dataset_path", "dataset_s3", "dataset_uri", "eval_dataset", "eval_dataset_path", "eval_dataset_s3",
                "evaluation_dataset", "evaluation_dataset_path",
            ],
            isWellShaped: WorkflowShape.isObject
        ),
        Key(name: "data_shape", otherNames: ["data_format", "dataset_format"], isWellShaped: WorkflowShape.isSentence),
        Key(
            name: "model_package_arn",
            otherNames: ["model_package", "output_model_package_arn"],
            isWellShaped: WorkflowShape.isModelPackage
        ),
        Key(
            name: "model_package_group",
            otherNames: ["model_package_group_name"],
            isWellShaped: WorkflowShape.isEntityName
        ),
        Key(name: "training_job", otherNames: ["training_job_name"], isWellShaped: WorkflowShape.isEntityName),
        Key(name: "region", otherNames: ["aws_region", "region_name"], isWellShaped: WorkflowShape.isRegion),
        Key(
            name: "s3_output",
            otherNames: ["s3_output_path", "output_path"],
            isWellShaped: WorkflowShape.isBucketOrFolder
        ),
        Key(
            name: "judge",
            otherNames: ["judge_model", "judge_model_id", "evaluator_model"],
            isWellShaped: WorkflowShape.isSentence
        ),
    ]

    /// Values that are written and not read back as hints.
    static let writtenOnly = ["dataset_check", "builtin_metrics"]

    private var root: [JSON.Member]

    /// A state without values.
    init() {
        root = [JSON.Member("version", 1)]
    }

    /// Reads a file; `nil` when it is no JSON object.
    init?(_ bytes: [UInt8]) {
        guard let members = try? JSONParser.parse(bytes).members else { return nil }
        root = members
    }

    /// The file's bytes: two spaces for a level, a newline at the end.
    var bytes: [UInt8] {
        Array((JSON.object(root).prettyText() + "\n").utf8)
    }

    /// The values that are there and well-shaped, by the keys' names.
    ///
    /// A value counts under its own name, in camel case, then under the other names; at the top first, then one level
    /// down.
    var hints: [String: String] {
        let nested = root.map(\.value).filter { $0.members != nil }
        return Self.keys.reduce(into: [:]) { hints, key in
            let names = ([key.name] + key.otherNames).flatMap { name in
                [name, Key(name: name, isWellShaped: key.isWellShaped).camelCaseName]
            }
            let found = ([JSON.object(root)] + nested).lazy.flatMap { object in
                names.lazy.compactMap { object[$0]?.string?.trimmed }
            }
            hints[key.name] = found.first(where: key.isWellShaped)
        }
    }

    /// Puts a value in: where the file has it under its name or in camel case, in place; else at the end.
    mutating func set(_ name: String, to value: JSON) {
        let camelCaseName = Key(name: name) { _ in true }.camelCaseName
        let index =
            root.lastIndex { $0.name == name } ?? root.lastIndex { $0.name == camelCaseName }
        if let index {
            root[index].value = value
        } else {
            root.append(JSON.Member(name, value))
        }
    }
}

extension Substring {
    /// The word with a capital letter at an offset.
    fileprivate func capitalized(at offset: Int) -> String {
        prefix(offset) + dropFirst(offset).prefix(1).uppercased() + dropFirst(offset + 1)
    }
}
