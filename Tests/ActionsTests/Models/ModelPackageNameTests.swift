import Testing

@testable import Actions

@Suite("Names of model packages")
struct ModelPackageNameTests {
    private static let base = "arn:aws:sagemaker:us-west-2:012345678901"

    @Test(
        "versions and groups are told apart by their parts",
        arguments: [
            (
                "\(base):model-package/support-bot/3",
                ModelPackageName.version(
                    arn: "\(base):model-package/support-bot/3",
                    partition: "aws",
                    region: "us-west-2",
                    group: "support-bot",
                    version: 3
                )
            ),
            (
                "  \(base):model-package/123/4\n",
                .version(
                    arn: "\(base):model-package/123/4",
                    partition: "aws",
                    region: "us-west-2",
                    group: "123",
                    version: 4
                )
            ),
            ("\(base):model-package/support-bot", .group(name: "support-bot", arn: nil, region: "us-west-2")),
            // One segment of digits is a group's name, not a version.
            ("\(base):model-package/123", .group(name: "123", arn: nil, region: "us-west-2")),
            (
                "\(base):model-package-group/support-bot",
                .group(name: "support-bot", arn: "\(base):model-package-group/support-bot", region: "us-west-2")
            ),
            (
                "arn:aws-cn:sagemaker:cn-north-1:012345678901:model-package/g/1",
                .version(
                    arn: "arn:aws-cn:sagemaker:cn-north-1:012345678901:model-package/g/1",
                    partition: "aws-cn",
                    region: "cn-north-1",
                    group: "g",
                    version: 1
                )
            ),
            ("support-bot", .group(name: "support-bot", arn: nil, region: nil)),
            ("7", .group(name: "7", arn: nil, region: nil)),
            ("Support--Bot-2", .group(name: "Support--Bot-2", arn: nil, region: nil)),
        ]
    )
    func tellsVersionsAndGroups(text: String, name: ModelPackageName) {
        #expect(ModelPackageName(text) == name)
    }

    @Test(
        "other things are named",
        arguments: [
            ("\(base):training-job/job-1", "training job"),
            ("\(base):hub-content/AIRegistry/DataSet/d/1.0", "dataset"),
            ("\(base):hub-content/SageMakerPublicHub/Model/m/1.0", "hub model"),
            ("\(base):hub-content/x/TrainingJob/m/1.0", "hub content"),
            ("\(base):model/m", "model"),
            ("\(base):endpoint/e", "endpoint"),
            ("\(base):pipeline/p/execution/x", "pipeline"),
            ("\(base):processing-job/p", "processing job"),
            ("arn:aws:iam::012345678901:role/r", "IAM role"),
            ("arn:aws:sts::012345678901:assumed-role/r/s", "session of an assumed role"),
            ("arn:aws:s3:::bucket/key", "S3 location"),
            ("s3://bucket/key", "S3 location"),
            ("arn:aws:bedrock:us-west-2::foundation-model/m", "Bedrock foundation model"),
            ("arn:aws:bedrock:us-west-2:012345678901:inference-profile/m", "Bedrock inference profile"),
            ("arn:aws:lambda:us-west-2:012345678901:function:f", "lambda resource"),
            ("", "text"),
            ("support bot", "text"),
            ("-support", "text"),
            ("support-", "text"),
            (String(repeating: "a", count: 64), "text"),
            ("žluť", "text"),
        ]
    )
    func namesOtherThings(text: String, kind: String) {
        guard case .other(kind, _) = ModelPackageName(text) else {
            Issue.record("\(ModelPackageName(text))")
            return
        }
    }

    @Test(
        "an ARN with a wrong part is told which",
        arguments: [
            ("arn:aws:sagemaker", "an ARN has six parts between colons"),
            (
                "arn:aws:sagemaker:us-west-2:123456789:model-package/g/1",
                "'123456789' is no account id; one has 12 digits"
            ),
            ("arn:aws:sagemaker:us-west-2::model-package/g/1", "'' is no account id; one has 12 digits"),
            ("arn:aws:sagemaker:US:012345678901:model-package/g/1", "'US' is no region"),
            ("arn:azure:sagemaker:us-west-2:012345678901:model-package/g/1", "'azure' is no partition"),
            (
                "arn:aws:sagemaker:cn-north-1:012345678901:model-package/g/1",
                "region cn-north-1 is in partition aws-cn, not aws"
            ),
            (
                "arn:aws-us-gov:sagemaker:us-west-2:012345678901:model-package/g/1",
                "region us-west-2 is in partition aws, not aws-us-gov"
            ),
            ("\(base):model-package/g/0", "'0' is no version; versions are numbers from 1 on"),
            ("\(base):model-package/g/latest", "'latest' is no version; versions are numbers from 1 on"),
            ("\(base):model-package/g/1234567890", "'1234567890' is no version; versions are numbers from 1 on"),
            ("\(base):model-package/g/1/2", "'model-package/g/1/2' is not model-package/GROUP/VERSION"),
            ("\(base):model-package/", "'model-package/' is not model-package/GROUP/VERSION"),
            ("\(base):model-package", "'model-package' is not model-package/GROUP/VERSION"),
            ("\(base):model-package-group/g/1", "'model-package-group/g/1' is not model-package/GROUP/VERSION"),
            ("\(base):model-package/g_h/1", "'model-package/g_h/1' is not model-package/GROUP/VERSION"),
        ]
    )
    func tellsWrongParts(text: String, detail: String) {
        #expect(ModelPackageName(text) == .other(kind: "ARN", detail: detail))
    }

    @Test(
        "a region has its partition",
        arguments: [
            ("us-east-1", "aws"), ("mx-central-1", "aws"), ("us-gov-west-1", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"), ("us-isof-south-1", "aws-iso-f"), ("eu-isoe-west-1", "aws-iso-e"),
            ("eusc-de-east-1", "aws-eusc"), ("cn-northwest-1", "aws-cn"), ("xx-new-1", nil),
        ]
    )
    func regionHasPartition(region: String, partition: String?) {
        #expect(Partition.of(region: region) == partition)
    }
}
