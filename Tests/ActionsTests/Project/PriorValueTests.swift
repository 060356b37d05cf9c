import Actions
import Dialogue
import Intents
import Testing

/// What is taken from a state file, and what is passed over: a value counts only if its slot could hold it.
struct PriorValueTests {
    private static let package = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support/3"
    private static let group = "arn:aws:sagemaker:us-west-2:012345678901:model-package-group/support"
    private static let family = "👨\u{200D}👩\u{200D}👧"
    private static let england = "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"
    private static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    private func read(_ text: String) async throws -> [String: Value] {
        let files = MemoryFiles(files: ["workflow_state.json": text])
        let world = World(aws: FakeAWS(), files: files)
        var values = try await runAction("read_prior_context", of: ProjectActions.all, [:], in: world).values
        values["project"] = nil
        return values
    }

    private func read(_ name: String, _ text: String) async throws -> [String: Value] {
        try await read(JSON.object([JSON.Member(name, .string(text))]).compactText)
    }

    private static let sound: [(String, String, String)] = [
        ("task", "Answer questions\nbriefly é", "Answer questions\nbriefly é"),
        ("task", " Answer\r\n\tquestions ", "Answer\n\tquestions"),
        ("task", "Write to families \(family) in \(england) ❤️", "Write to families \(family) in \(england) ❤️"),
        ("task", "می\u{200C}خواهم \u{200F}(1)", "می\u{200C}خواهم \u{200F}(1)"),
        ("task", "要約\u{3000}する", "要約\u{3000}する"), ("task", "Prêt\u{202F}?", "Prêt\u{202F}?"),
        ("task", String(repeating: "x", count: 2000), String(repeating: "x", count: 2000)),
        ("dataset", "s3://bkt/k.jsonl", "s3://bkt/k.jsonl"),
        ("dataset", "s3://bkt/a b=c.jsonl", "s3://bkt/a b=c.jsonl"),
        ("dataset", "s3://amzn-s3-demo-bucket/k.jsonl", "s3://amzn-s3-demo-bucket/k.jsonl"),
        ("data_shape", "query and response", "query and response"),
        ("model_package_arn", package, package),
        (
            "model_package_arn", "arn:aws-us-gov:sagemaker:us-gov-west-1:012345678901:model-package/x",
            "arn:aws-us-gov:sagemaker:us-gov-west-1:012345678901:model-package/x"
        ),
        ("model_package_group", "support-1", "support-1"), ("model_package_group", group, group),
        ("training_job", "job-2026-11-23", "job-2026-11-23"),
        ("region", "us-gov-west-1", "us-gov-west-1"), ("region", "eusc-de-east-1", "eusc-de-east-1"),
        ("region", "US West 2", "us-west-2"), ("region", "us_west_2", "us-west-2"),
        ("region", "US-WEST-2", "us-west-2"),
        ("region", "Frankfurt", "eu-central-1"), ("region", "US West (Oregon)", "us-west-2"),
        ("s3_output", "s3://bucket", "s3://bucket/"), ("s3_output", "s3://bucket/out/", "s3://bucket/out/"),
        ("s3_output", "s3://bucket/out", "s3://bucket/out"),
        ("judge", "anthropic.claude-3-5-haiku-20241022-v1:0", "anthropic.claude-3-5-haiku-20241022-v1:0"),
    ]

    @Test(arguments: sound)
    func `a value that its slot can hold is read in the slot's form`(
        _ name: String,
        _ text: String,
        _ value: String
    ) async throws {
        #expect(try await read(name, text)[name] == .text(value))
    }

    @Test(arguments: [
        ("task", "task", "text", String?.none, "Write to families \(family)\nin \(england)"),
        ("dataset", "dataset", "s3_uri", "object", "s3://bkt/k.jsonl"),
        ("region", "region", "region", nil, "US West 2"),
        ("s3_output", "s3_output", "s3_uri", "output", "s3://bucket"),
        ("model_package_arn", "model_reference", "model_package", nil, package),
        ("model_package_arn", "model_reference", "model_package", nil, group),
        ("model_package_group", "model_reference", "model_package", nil, "support-1"),
    ])
    func `a hint is what the slot would make of the same words`(
        _ name: String,
        _ result: String,
        _ typeName: String,
        _ variant: String?,
        _ text: String
    ) async throws {
        let type = try SlotTypes.type(typeName, variant)
        guard case .value(let value, _) = type.read(Utterance(text), answering: Question(form: .value(type))) else {
            Issue.record("the slot does not take \(text)")
            return
        }
        #expect(try await read(name, text)[result] == value)
    }

    private static let unsound: [(String, String)] = [
        ("task", "a\u{1B}[31m"), ("task", "a\u{202E}b"), ("task", "a\u{2066}b"), ("task", "a\u{E0041}"),
        ("task", String(repeating: "x", count: 2001)), ("task", String(repeating: "é", count: 1001)),
        ("task", "?!"), ("task", "s3://bkt/k.jsonl"), ("task", package), ("task", "us-west-2"),
        ("data_shape", "\u{7}"), ("data_shape", "{}"),
        ("dataset", "s3://bkt/folder/"), ("dataset", "data.jsonl"), ("dataset", "s3://bkt"),
        ("dataset", "s3://bkt/\u{7}"), ("dataset", "S3://bkt/k"), ("dataset", "s3://b/k"), ("dataset", "s3://Bkt/k"),
        ("dataset", "s3://bkt..x/k"), ("dataset", "s3://192.168.0.1/k"),
        ("dataset", "s3://bkt/" + String(repeating: "x", count: 1020)),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:12345678901:model-package/x/1"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:aws:model-package/x/1"),
        ("model_package_arn", "arn:aws:s3:::b"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:training-job/x"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:model-package/x/1/2"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:model-package/x/0"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:model-package/x/01"),
        ("model_package_arn", package + "a"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:01234567890１:model-package/x"),
        ("model_package_arn", "arn:aws:sagemaker:cn-north-1:012345678901:model-package/x/1"),
        ("model_package_arn", "arn:aws-cn:sagemaker:us-west-2:012345678901:model-package/x/1"),
        ("model_package_arn", "arn:aws-moon:sagemaker:us-west-2:012345678901:model-package/x/1"),
        ("model_package_arn", "arn:aws:sagemaker::012345678901:model-package/x/1"),
        ("model_package_arn", "support"),
        ("model_package_arn", "arn:aws:sagemaker:us-west-2:012345678901:model-package-group/x/1"),
        ("model_package_group", "-x"), ("model_package_group", "a b"), ("model_package_group", package),
        ("training_job", String(repeating: "x", count: 64)), ("training_job", group),
        ("region", "us-west"), ("region", "xx-west-2"), ("region", "us-west-2a"), ("region", "us-west-9"),
        ("region", "us--2"), ("region", "us-west-２"), ("region", ""), ("region", "aws-global"),
        ("region", "us-west-2 or us-east-1"),
        ("s3_output", "bucket/out"), ("s3_output", "s3://"), ("s3_output", "s3://bkt\n/x"),
        ("s3_output", "s3://bucket/a b"), ("s3_output", "s3://bucket/year=2026"), ("s3_output", "s3://bucket/a//b"),
        ("s3_output", "s3://Bucket/out"), ("s3_output", "s3://bucket/ü"),
        ("judge", "\u{7}"), ("judge", "amazon.nova-pro-v1:0\nmistral.mistral-large-2402-v1:0"), ("judge", "any model"),
        ("judge", "amazon." + String(repeating: "x", count: 140)), ("judge", "judge"),
    ]

    @Test(arguments: unsound)
    func `a value that its slot would refuse is passed over`(_ name: String, _ text: String) async throws {
        #expect(try await read(name, text) == [:])
    }

    private static let secrets: [(String, String)] = [
        ("task", "Use AKIAIOSFODNN7EXAMPLE to answer"), ("task", "secret: \(secretKey)"), ("data_shape", secretKey),
        ("dataset", "s3://bkt/AKIAIOSFODNN7EXAMPLE/k.jsonl"), ("s3_output", "s3://bkt/ASIAIOSFODNN7EXAMPLE/"),
        ("task", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
    ]

    @Test(arguments: secrets)
    func `a value that holds a secret is passed over`(_ name: String, _ text: String) async throws {
        #expect(try await read(name, text) == [:])
    }

    // MARK: The model

    @Test(arguments: ["model_package_arn", "modelPackageArn", "model_package", "output_model_package_arn"])
    func `the ARN of a group is taken as the group, wherever it stands`(_ name: String) async throws {
        #expect(
            try await read(name, Self.group) == [
                "model_package_group": .text(Self.group), "model_reference": .text(Self.group),
            ]
        )
    }

    private static let references: [(String, String?, String?)] = [
        (#"{"model_package_arn": "\#(package)", "model_package_group": "other"}"#, package, nil),
        (#"{"model_package_group": "support", "region": "US West 2"}"#, "support", "us-west-2"),
        (#"{"model_package_group": "support"}"#, "support", nil),
        (#"{"model_package_group": "support", "model_package_arn": "\#(group)", "region": "us-east-1"}"#, group, nil),
        (#"{"training_job": "support"}"#, nil, nil),
    ]

    @Test(arguments: references)
    func `the best name of the model is told, with a region where the name says none`(
        _ text: String,
        _ reference: String?,
        _ region: String?
    ) async throws {
        let values = try await read(text)
        #expect(values["model_reference"]?.text == reference)
        #expect(values["group_region"]?.text == region)
    }

    // MARK: Which of several values

    @Test(arguments: [
        #"{"dataset_path": "s3://bkt/train", "eval_dataset_path": "%"}"#,
        #"{"datasetPath": "s3://bkt/train", "evaluationDataset": "%"}"#,
        #"{"dataset_path": "s3://bkt/train", "evaluation": {"dataset_path": "%"}}"#,
        #"{"dataset_path": "s3://bkt/train", "evaluationConfig": {"dataset": "%"}}"#,
        #"{"dataset_path": "s3://bkt/train", "last": {"eval_dataset": "%"}}"#,
        #"{"training": {"dataset": "s3://bkt/train"}, "evaluation": {"dataset": "%"}}"#,
        #"{"fineTuning": {"dataset_path": "s3://bkt/train", "eval_dataset_path": "%"}}"#,
        #"{"eval_dataset_path": "s3://bkt/other", "dataset": "%"}"#,
        #"{"eval_dataset_path": "s3://bkt/folder/", "dataset_path": "%"}"#,
        #"{"dataset_uri": "%", "last": {"dataset": "s3://bkt/other"}}"#, #"{"last": {"dataset_s3": "%"}}"#,
    ])
    func `the dataset of the evaluation goes before any other`(_ text: String) async throws {
        #expect(try await read(text.replacing("%", with: "s3://bkt/eval"))["dataset"] == "s3://bkt/eval")
    }

    @Test(arguments: [
        #"{"training": {"dataset": "s3://bkt/train"}}"#, #"{"sft": {"dataset_path": "s3://bkt/train"}}"#,
        #"{"fine_tuning": {"output_path": "s3://bkt/out"}}"#, #"{"trainingJob": {"s3_output_path": "s3://bkt/out"}}"#,
        #"{"training": {"data_format": "messages", "data_shape": "messages"}}"#,
    ])
    func `what training read and wrote is not what the evaluation reads and writes`(_ text: String) async throws {
        #expect(try await read(text) == [:])
    }

    private static let shapes: [(String, String?)] = [
        (#"{"dataset": "s3://bkt/new", "data_format": "of the old one", "dataset_path": "s3://bkt/old"}"#, nil),
        (#"{"dataset": "s3://bkt/new", "last": {"data_shape": "of the old one"}}"#, nil),
        (#"{"dataset": "s3://bkt/new", "data_shape": "q and a"}"#, "q and a"),
        (#"{"dataset_path": "s3://bkt/new", "dataFormat": "q and a"}"#, "q and a"),
        (#"{"evaluation": {"dataset": "s3://bkt/new", "data_format": "q and a"}}"#, "q and a"),
        (#"{"evaluation": {"dataset": "s3://bkt/new"}, "data_shape": "of another"}"#, nil),
        (#"{"data_format": "q and a"}"#, "q and a"),
    ]

    @Test(arguments: shapes)
    func `the shape of the data is read beside its dataset`(_ text: String, _ shape: String?) async throws {
        #expect(try await read(text)["data_shape"]?.text == shape)
    }
}
