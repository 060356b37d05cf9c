import Actions
import Intents

/// The questions to record: one about each thing that the stand-ins hold, and one about things that they don't.
struct DemoQuestions {
    let client: CLIAWSClient

    private static let region = "us-west-2"
    private static let bucket = "usher-datasets"
    /// The Regions in which models may judge, from the flow's `judges.yaml`.
    private static let judgeRegions = ["us-west-2", "us-east-1", "eu-west-1", "ap-northeast-1"]
    /// The largest dataset that is carried, in bytes.
    private static let sizeLimit = 1 << 16
    /// A name that the stand-ins know nothing of.
    private static let unknown = "nothing-of-that-name"

    /// The datasets, and what may be written beside them.
    func datasets() async throws -> [DemoQuestion] {
        let objects = try await list(
            AWSRequest(
                "s3api",
                "list-objects-v2",
                parameters: ["Bucket": .text(Self.bucket), "Prefix": "evaluation/"]
            ),
            "Contents"
        )
        let keys = objects.compactMap { object -> String? in
            guard let key = object["Key"]?.text, let size = object["Size"]?.number else { return nil }
            // A key that looks like the URL of a file is there for tests.
            return size <= Self.sizeLimit && !key.contains("://") ? key : nil
        }
        return keys.flatMap { Self.reading(bucket: Self.bucket, key: $0, fixed: ["Bucket", "Key"]) }
            + Self.reading(bucket: Self.bucket, key: Self.unknown, fixed: ["Bucket"])
            + Self.reading(bucket: Self.unknown, key: Self.unknown, fixed: [])
            + [
                Self.s3("put-object", bucket: Self.bucket, key: "recorded/put.jsonl", fixed: ["Bucket"]),
                Self.s3("put-object", bucket: Self.unknown, key: Self.unknown, fixed: []),
            ]
    }

    private static func reading(bucket: String, key: String, fixed: Set<String>) -> [DemoQuestion] {
        [
            s3("get-object", bucket: bucket, key: key, fixed: fixed, ["Range": "bytes=0-8388607"]),
            s3("head-object", bucket: bucket, key: key, fixed: fixed),
        ]
    }

    private static func s3(
        _ operation: String,
        bucket: String,
        key: String,
        fixed: Set<String>,
        _ more: [String: Value] = [:]
    ) -> DemoQuestion {
        let place: [String: Value] = ["Bucket": .text(bucket), "Key": .text(key)]
        let body: [UInt8] = operation == "put-object" ? Array("{}\n".utf8) : []
        return DemoQuestion(
            request: AWSRequest("s3api", operation, parameters: place.merging(more) { $1 }, body: body),
            fixed: fixed
        )
    }

    /// The model package groups, found by any part of their names, and their versions.
    func models() async throws -> [DemoQuestion] {
        let groups = try await list(
            AWSRequest("sagemaker", "list-model-package-groups", region: Self.region),
            "ModelPackageGroupSummaryList"
        )
        var questions: [DemoQuestion] = []
        var words: [String] = []
        for group in groups {
            guard let name = group["ModelPackageGroupName"]?.text, let arn = group["ModelPackageGroupArn"]?.text else {
                continue
            }
            words += Self.parts(of: name).filter { !words.contains($0) }
            for reference in [name, arn] { questions.append(Self.versions(ofGroup: reference)) }
            let packages = try await list(Self.versions(ofGroup: name).request, "ModelPackageSummaryList")
            questions += packages.compactMap { $0["ModelPackageArn"]?.text }.sorted().map { Self.version($0) }
        }
        questions += words.map { Self.groups(named: $0) }
        var general = [
            Self.versions(ofGroup: Self.unknown), Self.groups(named: Self.unknown),
            Self.version("arn:aws:sagemaker:\(Self.region):123456789012:model-package/\(Self.unknown)/1"),
        ]
        for index in general.indices {
            general[index].fixed = []
            general[index].fixesRegion = false
        }
        return questions + general
    }

    /// Every run of words of a name, such as `no`, `base`, `no-base`.
    private static func parts(of name: String) -> [String] {
        let words = name.split(separator: "-")
        return words.indices.flatMap { first in
            words.indices[first...].map { words[first...$0].joined(separator: "-") }
        }
    }

    private static func versions(ofGroup group: String) -> DemoQuestion {
        sagemaker(
            "list-model-packages",
            ["ModelPackageGroupName": .text(group), "ModelPackageType": "Versioned"],
            fixed: ["ModelPackageGroupName"]
        )
    }

    private static func version(_ arn: String) -> DemoQuestion {
        sagemaker("describe-model-package", ["ModelPackageName": .text(arn)], fixed: ["ModelPackageName"])
    }

    private static func groups(named text: String) -> DemoQuestion {
        sagemaker("list-model-package-groups", ["NameContains": .text(text)], fixed: ["NameContains"])
    }

    private static func sagemaker(
        _ operation: String,
        _ parameters: [String: Value],
        fixed: Set<String>
    ) -> DemoQuestion {
        DemoQuestion(
            request: AWSRequest("sagemaker", operation, region: region, parameters: parameters),
            fixed: fixed,
            fixesRegion: true
        )
    }

    /// The models that Bedrock has in each Region.
    func judges() async throws -> [DemoQuestion] {
        var questions: [DemoQuestion] = []
        for region in Self.judgeRegions {
            let models = try await list(
                AWSRequest("bedrock", "list-foundation-models", region: region),
                "modelSummaries"
            )
            for id in models.compactMap({ $0["modelId"]?.text }).sorted() {
                questions += Self.judge(id, in: region, isGeneral: false)
            }
        }
        return questions + Self.judge(Self.unknown, in: Self.region, isGeneral: true)
    }

    private static func judge(_ id: String, in region: String, isGeneral: Bool) -> [DemoQuestion] {
        [("get-foundation-model", "modelIdentifier"), ("get-foundation-model-availability", "modelId")].map {
            DemoQuestion(
                request: AWSRequest("bedrock", $0, region: region, parameters: [$1: .text(id)]),
                fixed: isGeneral ? [] : [$1],
                fixesRegion: !isGeneral
            )
        }
    }

    /// The user's identity, and the roles of the account.
    func identity() async throws -> [DemoQuestion] {
        let roles = try await list(AWSRequest("iam", "list-roles"), "Roles")
        let names = roles.compactMap { $0["RoleName"]?.text }.sorted()
        return [DemoQuestion(request: AWSRequest("sts", "get-caller-identity"), fixed: [])]
            + names.map { Self.role($0, fixed: ["RoleName"]) } + [Self.role(Self.unknown, fixed: [])]
    }

    private static func role(_ name: String, fixed: Set<String>) -> DemoQuestion {
        DemoQuestion(request: AWSRequest("iam", "get-role", parameters: ["RoleName": .text(name)]), fixed: fixed)
    }

    private func list(_ request: AWSRequest, _ field: String) async throws -> [[String: Value]] {
        guard case .list(let entries)? = try await client.call(request).result.record?[field] else { return [] }
        return entries.compactMap(\.record)
    }
}
