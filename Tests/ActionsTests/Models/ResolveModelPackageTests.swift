import Actions
import Dialogue
import Intents
import Testing

/// Entries of `ListModelPackages`, as the API writes them.
func packageList(_ group: String, _ versions: [(Int, String)], token: String? = nil) -> Value {
    let list = versions.map { version, status -> Value in
        [
            "ModelPackageGroupName": .text(group), "ModelPackageVersion": .number(version),
            "ModelPackageArn": .text("arn:aws:sagemaker:us-west-2:012345678901:model-package/\(group)/\(version)"),
            "CreationTime": .number(1_790_899_200 + version * 86_400), "ModelPackageStatus": .text(status),
            "ModelApprovalStatus": "PendingManualApproval",
        ]
    }
    var page: [String: Value] = ["ModelPackageSummaryList": .list(list)]
    if let token { page["NextToken"] = .text(token) }
    return .record(page)
}

@Suite("resolve_model_package")
struct ResolveModelPackageTests {
    private let base = "arn:aws:sagemaker:us-west-2:012345678901"

    private func resolve(
        _ reference: String,
        region: String? = nil,
        _ exchanges: [AWSExchange] = []
    ) async throws -> ActionResult {
        var input: [String: Value] = ["reference": .text(reference)]
        if let region { input["region"] = .text(region) }
        return try await run(ResolveModelPackage(), input, aws: RecordedAWS(exchanges))
    }

    @Test("an ARN with a version is returned without a call")
    func returnsVersionedARN() async throws {
        let result = try await resolve("\(base):model-package/support-bot/3")
        #expect(
            result
                == ActionResult(
                    outcome: "resolved",
                    values: [
                        "model_package_arn": .text("\(base):model-package/support-bot/3"),
                        "model_package_group": "support-bot", "model_package_version": 3, "region": "us-west-2",
                        "skipped": [],
                    ]
                )
        )
    }

    @Test("of a group it is the highest completed version, whatever the order of the answer")
    func takesHighestCompleted() async throws {
        let list = packageList("support-bot", [(1, "Completed"), (10, "Completed"), (9, "Completed")])
        let result = try await resolve("support-bot", [.success("sagemaker", "list-model-packages", result: list)])
        #expect(result.outcome == "resolved")
        #expect(result.values["model_package_arn"] == .text("\(base):model-package/support-bot/10"))
        #expect(result.values["model_package_version"] == 10)
        #expect(result.values["region"] == "us-west-2")
        #expect(result.values["approval"] == "PendingManualApproval")
        #expect(result.values["skipped"] == [])
    }

    @Test("newer versions that are not completed are told")
    func tellsNewerVersions() async throws {
        let list = packageList("support-bot", [(4, "Failed"), (3, "InProgress"), (2, "Completed"), (1, "Failed")])
        let result = try await resolve("support-bot", [.success("sagemaker", "list-model-packages", result: list)])
        #expect(result.outcome == "resolved_older")
        #expect(result.values["model_package_version"] == 2)
        #expect(result.values["skipped"] == ["version 4 is Failed", "version 3 is InProgress"])
    }

    @Test(
        "a group's ARN and an ARN without version ask in their own region",
        arguments: [
            (
                "model-package-group/support-bot",
                "arn:aws:sagemaker:us-west-2:012345678901:model-package-group/support-bot"
            ),
            ("model-package/support-bot", "support-bot"),
        ]
    )
    func asksInRegionOfARN(resource: String, group: String) async throws {
        let exchange = AWSExchange.success(
            "sagemaker",
            "list-model-packages",
            region: "us-west-2",
            parameters: [
                "ModelPackageGroupName": .text(group), "ModelPackageType": "Versioned", "SortBy": "CreationTime",
                "SortOrder": "Descending", "MaxResults": 100,
            ],
            result: packageList("support-bot", [(1, "Completed")])
        )
        let result = try await resolve("\(base):\(resource)", region: "eu-west-1", [exchange])
        #expect(result.outcome == "resolved")
        #expect(result.values["model_package_group"] == "support-bot")
    }

    @Test("a name asks in the region that is given")
    func asksInGivenRegion() async throws {
        let list = packageList("g", [(1, "Completed")])
        let exchange = AWSExchange.success("sagemaker", "list-model-packages", region: "eu-west-1", result: list)
        #expect(try await resolve("g", region: "eu-west-1", [exchange]).outcome == "resolved")
    }

    @Test("all pages are read, up to a bound")
    func readsPages() async throws {
        let call = ("sagemaker", "list-model-packages")
        let pages: [AWSExchange] = [
            .success(call.0, call.1, result: packageList("g", [(1, "Completed")], token: "t")),
            .success(call.0, call.1, parameters: ["NextToken": "t"], result: packageList("g", [(2, "Completed")])),
        ]
        #expect(try await resolve("g", pages).values["model_package_version"] == 2)

        let endless = AWSExchange.success(call.0, call.1, result: packageList("g", [(1, "Failed")], token: "t"))
        let recorder = RecordingAWS(RecordedAWS([endless]))
        _ = try await run(ResolveModelPackage(), ["reference": "g"], aws: recorder)
        #expect(recorder.cassette.exchanges.count == 10)
    }

    @Test("a group without versions, and one without a completed version, are told apart")
    func tellsEmptyGroups() async throws {
        let call = ("sagemaker", "list-model-packages")
        let empty = try await resolve(
            "g",
            region: "us-west-2",
            [.success(call.0, call.1, result: packageList("g", []))]
        )
        #expect(
            empty == ActionResult(outcome: "empty_group", values: ["model_package_group": "g", "region": "us-west-2"])
        )

        let list = packageList("g", [(2, "Deleting"), (1, "Failed")])
        let failed = try await resolve("g", [.success(call.0, call.1, result: list)])
        #expect(failed.outcome == "none_completed")
        #expect(failed.values["skipped"] == ["version 2 is Deleting", "version 1 is Failed"])
    }

    @Test("packages without a version are passed over")
    func passesOverUnversioned() async throws {
        let list: Value = ["ModelPackageSummaryList": [["ModelPackageArn": "arn", "ModelPackageStatus": "Completed"]]]
        #expect(
            try await resolve("g", [.success("sagemaker", "list-model-packages", result: list)]).outcome
                == "empty_group"
        )
    }

    @Test(
        "something else is named, and nothing is asked",
        arguments: [
            ("arn:aws:sagemaker:us-west-2:012345678901:training-job/job-1", "a training job"),
            ("arn:aws:sagemaker:us-west-2:012345678901:hub-content/AIRegistry/DataSet/d/1.0", "a DataSet in the hub"),
            ("arn:aws:sagemaker:us-west-2:012345678901:endpoint/e", "an endpoint"),
            ("arn:aws:iam::012345678901:role/r", "an IAM role"), ("arn:aws:s3:::bucket/key", "an S3 object"),
            ("arn:aws:bedrock:us-west-2::foundation-model/m", "a Bedrock foundation model"),
        ]
    )
    func namesOtherKinds(arn: String, kind: String) async throws {
        #expect(
            try await resolve(arn)
                == ActionResult(outcome: "wrong_kind", values: ["kind": .text(kind), "detail": .text(arn)])
        )
    }

    @Test(
        "what names nothing is told why, and nothing is asked",
        arguments: [
            ("", "neither an ARN nor the name"), ("support bot", "a space"), ("s3://bucket/key", "begins with arn:"),
            ("arn:aws:sagemaker:us-west-2:012345678901:model-package/g/0", "'0' is not"),
            ("arn:aws:sagemaker:cn-north-1:012345678901:model-package/g/1", "in the partition aws-cn"),
        ]
    )
    func tellsProblems(reference: String, detail: String) async throws {
        let result = try await resolve(reference)
        #expect(result.outcome == "wrong_kind")
        #expect(result.values["kind"] == "something else")
        #expect(result.values["detail"]?.text?.contains(detail) == true, "\(result.values)")
    }

    @Test("a failed call is an outcome of its kind", arguments: AWSFailure.Kind.allCases)
    func reportsFailures(kind: AWSFailure.Kind) async throws {
        let exchange = AWSExchange.failure(
            "sagemaker",
            "list-model-packages",
            kind,
            code: "Code",
            detail: "what AWS said"
        )
        let result = try await resolve("g", region: "us-west-2", [exchange])
        #expect(
            result
                == ActionResult(
                    outcome: kind.rawValue,
                    values: [
                        "detail": "Code: what AWS said", "operation": "sagemaker list-model-packages",
                        "region": "us-west-2",
                    ]
                )
        )
    }

    @Test(
        "an answer that is not as the API says is a failure, never a trap",
        arguments: [
            "x", ["ModelPackageSummaryList": "x"], ["ModelPackageSummaryList": ["x"]],
            ["ModelPackageSummaryList": [["ModelPackageVersion": "three"]]],
            ["ModelPackageSummaryList": [["ModelPackageVersion": 3]]],
            ["ModelPackageSummaryList": [["ModelPackageVersion": 3, "ModelPackageArn": 3]]],
            [
                "ModelPackageSummaryList": [
                    ["ModelPackageVersion": 3, "ModelPackageArn": "a", "ModelPackageStatus": []]
                ]
            ],
            ["NextToken": 3],
        ] as [Value]
    )
    func survivesOddAnswers(answer: Value) async throws {
        let result = try await resolve("g", [.success("sagemaker", "list-model-packages", result: answer)])
        #expect(result.outcome == "aws_error")
        #expect(result.values["detail"]?.text?.hasPrefix("UnexpectedAnswer: ") == true)
    }
}
