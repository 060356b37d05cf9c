import Actions
import Dialogue
import Intents
import Testing

private let arn = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support-bot/3"

/// An answer of `DescribeModelPackage` with the containers given.
private func description(_ containers: [Value], status: String = "Completed") -> Value {
    [
        "ModelPackageArn": .text(arn), "ModelPackageGroupName": "support-bot", "ModelPackageVersion": 3,
        "ModelPackageStatus": .text(status), "InferenceSpecification": ["Containers": .list(containers)],
    ]
}

private let data = "s3://training/runs/job-1/output/model"
private let qwen: Value = [
    "BaseModel": [
        "HubContentName": "huggingface-reasoning-qwen3-32b", "HubContentVersion": "1.2.0", "RecipeName": "r",
    ],
    "ModelDataSource": ["S3DataSource": ["S3Uri": .text(data)]],
    "ModelDataUrl": "s3://other/place",
]

private func client(_ result: Value) -> RecordedAWS {
    RecordedAWS([
        .success(
            "sagemaker",
            "describe-model-package",
            region: "us-west-2",
            parameters: ["ModelPackageName": .text(arn)],
            result: result
        )
    ])
}

/// A command that knows no member of any input.
private struct OldAWS: AWSClient {
    let client: RecordedAWS

    func call(_ request: AWSRequest) async throws -> AWSResponse { try await client.call(request) }

    func knows(_ member: String, inInputOf operation: String, of service: String) async -> Bool { false }
}

@Suite("describe_model_package")
struct DescribeModelPackageTests {
    private func describe(_ result: Value) async throws -> ActionResult {
        try await run(DescribeModelPackage(), ["model_package_arn": .text(arn)], aws: client(result))
    }

    @Test("a usable package tells all that is known of it")
    func tellsAll() async throws {
        #expect(
            try await describe(description([qwen]))
                == ActionResult(
                    outcome: "usable",
                    values: [
                        "status": "Completed", "base_model": "huggingface-reasoning-qwen3-32b",
                        "base_model_version": "1.2.0", "model_data": .text(data), "group": "support-bot", "version": 3,
                        "region": "us-west-2",
                    ]
                )
        )
    }

    @Test(
        "the status comes first",
        arguments: ["Pending", "InProgress", "Failed", "Deleting"]
    )
    func tellsStatus(status: String) async throws {
        let result = try await describe(description([], status: status))
        #expect(result.outcome == "not_completed")
        #expect(result.values["status"] == .text(status))
    }

    @Test(
        "without a base model in the first container there is none",
        arguments: [
            description([]), description([["Image": "i"]]), description([["BaseModel": [:]]]),
            description([["BaseModel": ["HubContentName": ""]]]), description([["Image": "i"], qwen]),
            ["ModelPackageStatus": "Completed"],
        ]
    )
    func tellsNoBaseModel(result: Value) async throws {
        let result = try await describe(result)
        #expect(result.outcome == "no_base_model")
    }

    @Test("a command that leaves base models out is too old, and nothing is said of the package")
    func tellsOldCommand() async throws {
        let old = OldAWS(client: client(description([["Image": "i"]])))
        let result = try await run(DescribeModelPackage(), ["model_package_arn": .text(arn)], aws: old)
        #expect(result.outcome == "cli_missing")
        #expect(result.values["detail"]?.text?.contains("December 2025") == true)
        #expect(result.values["operation"] == "sagemaker describe-model-package")
        let named = OldAWS(client: client(description([qwen])))
        let usable = try await run(DescribeModelPackage(), ["model_package_arn": .text(arn)], aws: named)
        #expect(usable.outcome == "usable")
    }

    @Test("a Nova base is told", arguments: ["nova-textgeneration-lite", "amazon-Nova-pro-v1"])
    func tellsNova(name: String) async throws {
        let result = try await describe(description([["BaseModel": ["HubContentName": .text(name)]]]))
        #expect(result.outcome == "nova_base")
        #expect(result.values["base_model"] == .text(name))
    }

    @Test("the data are those of the first container that names some")
    func findsModelData() async throws {
        let containers: [Value] = [
            ["BaseModel": ["HubContentName": "qwen"]], ["ModelDataUrl": "s3://b/model.tar.gz"], qwen,
        ]
        #expect(try await describe(description(containers)).values["model_data"] == "s3://b/model.tar.gz")
    }

    @Test("a package of another partition is told so")
    func notesPartition() async throws {
        let arn = "arn:aws-us-gov:sagemaker:us-gov-west-1:012345678901:model-package/g/1"
        let aws = RecordedAWS([
            .success(
                "sagemaker",
                "describe-model-package",
                region: "us-gov-west-1",
                result: ["ModelPackageStatus": "Completed", "InferenceSpecification": ["Containers": [qwen]]]
            )
        ])
        let result = try await run(DescribeModelPackage(), ["model_package_arn": .text(arn)], aws: aws)
        #expect(result.outcome == "usable")
        #expect(result.values["partition_note"]?.text?.contains("aws-us-gov") == true)
        #expect(result.values["group"] == "g")
        #expect(result.values["version"] == 1)
    }

    @Test("a failed call is an outcome of its kind", arguments: AWSFailure.Kind.allCases)
    func reportsFailures(kind: AWSFailure.Kind) async throws {
        let aws = RecordedAWS([.failure("sagemaker", "describe-model-package", kind, detail: "said")])
        let result = try await run(DescribeModelPackage(), ["model_package_arn": .text(arn)], aws: aws)
        #expect(
            result
                == ActionResult(
                    outcome: kind.rawValue,
                    values: [
                        "detail": "said", "operation": "sagemaker describe-model-package", "region": "us-west-2",
                    ]
                )
        )
    }

    @Test(
        "an answer that is not as the API says is a failure, never a trap",
        arguments: [
            [:], ["ModelPackageStatus": 3], ["ModelPackageStatus": "Completed", "InferenceSpecification": "x"],
            ["ModelPackageStatus": "Completed", "InferenceSpecification": ["Containers": "x"]],
            ["ModelPackageStatus": "Completed", "InferenceSpecification": ["Containers": ["x"]]],
            ["ModelPackageStatus": "Completed", "InferenceSpecification": ["Containers": [["BaseModel": "x"]]]],
            ["ModelPackageStatus": "Completed", "ModelPackageVersion": "x"],
        ] as [Value]
    )
    func survivesOddAnswers(answer: Value) async throws {
        let result = try await describe(answer)
        #expect(result.outcome == "aws_error")
        #expect(
            result.values["detail"]?.text?.hasPrefix("UnexpectedAnswer: sagemaker describe-model-package: ") == true
        )
    }
}

@Suite("compare_model_data")
struct CompareModelDataTests {
    @Test(
        "places are the same where one holds the other",
        arguments: [
            ("s3://training/runs/job-1/output/model", "same_place"),
            ("s3://training/runs/job-1/", "same_place"),
            ("s3://training/runs/job-1", "same_place"),
            ("s3://training", "same_place"),
            ("s3://training/runs/job-1/output/model/model.tar.gz", "same_place"),
            ("job-1", "same_place"),
            ("s3://training/runs/job-10/", "other_place"),
            ("s3://training/runs/job", "other_place"),
            ("s3://other/runs/job-1/", "other_place"),
            ("job-2", "other_place"),
            ("s3://", "other_place"),
            ("", "other_place"),
        ]
    )
    func comparesPlaces(expected: String, outcome: String) async throws {
        let input: [String: Value] = ["model_package_arn": .text(arn), "expected_output": .text(expected)]
        let result = try await run(CompareModelData(), input, aws: client(description([qwen])))
        #expect(result == ActionResult(outcome: outcome, values: ["model_data": .text(data)]))
    }

    @Test("a package without data is told")
    func tellsNoData() async throws {
        let input: [String: Value] = ["model_package_arn": .text(arn), "expected_output": "s3://b/k"]
        let result = try await run(CompareModelData(), input, aws: client(description([["Image": "i"]])))
        #expect(result == ActionResult(outcome: "no_model_data"))
    }

    @Test("a failed call is an outcome of its kind", arguments: AWSFailure.Kind.allCases)
    func reportsFailures(kind: AWSFailure.Kind) async throws {
        let aws = RecordedAWS([.failure("sagemaker", "describe-model-package", kind)])
        let input: [String: Value] = ["model_package_arn": .text(arn), "expected_output": "s3://b/k"]
        #expect(try await run(CompareModelData(), input, aws: aws).outcome == kind.rawValue)
    }
}
