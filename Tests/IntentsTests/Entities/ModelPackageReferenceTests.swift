import AWS
import Intents
import Testing

struct ModelPackageReferenceTests {
    typealias Kind = ModelPackageReference.Kind
    static let head = "arn:aws:sagemaker:us-west-2:123456789012:"

    struct KindRow: Sendable, CustomTestStringConvertible {
        var text: String
        var kind: Kind
        init(_ text: String, _ kind: Kind) {
            self.text = text
            self.kind = kind
        }
        var testDescription: String { text }
    }

    static func other(_ name: String) -> Kind { .otherResource(kindName: name) }

    static let kinds: [KindRow] = [
        KindRow(head + "model-package/my-group/3", .versionedPackage(group: "my-group", version: 3)),
        KindRow(head + "model-package/g/999999999", .versionedPackage(group: "g", version: 999_999_999)),
        KindRow(head + "model-package/123/1", .versionedPackage(group: "123", version: 1)),
        KindRow(head + "model-package/123", .unversionedPackage(name: "123")),
        KindRow(head + "model-package/my-model", .unversionedPackage(name: "my-model")),
        KindRow(head + "model-package-group/my-group", .group(name: "my-group")),
        KindRow(head + "model-package-group/7", .group(name: "7")),
        KindRow(head + "training-job/job-1", other("a training job")),
        KindRow(head + "hub-content/AIRegistry/DataSet/name/1.0.0", other("a DataSet in the hub")),
        KindRow(head + "hub-content/H/Model/m/1.0", other("a Model in the hub")),
        KindRow(head + "hub-content/H", other("something in the hub")),
        KindRow(
            "arn:aws:sagemaker:us-west-2:aws:hub-content/SageMakerPublicHub/Model/m/1.0.0",
            other("a Model in the hub")
        ),
        KindRow(head + "x/TrainingJob/y", other("a training job")),
        KindRow(head + "pipeline/p", other("a pipeline")),
        KindRow(head + "pipeline/p/execution/abc", other("an execution of a pipeline")),
        KindRow(head + "endpoint/e", other("an endpoint")),
        KindRow(head + "model/m", other("a model")),
        KindRow(head + "job/j", other("a job")),
        KindRow(head + "processing-job/j", other("a processing job")),
        KindRow(head + "novelty/j", other("a SageMaker resource of the type novelty")),
        KindRow("arn:aws:iam::123456789012:role/r", other("an IAM role")),
        KindRow("arn:aws:s3:::bucket/key", other("an S3 object")),
        KindRow("arn:aws:s3:::bucket", other("an S3 bucket")),
        KindRow(
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
            other("a Bedrock foundation model")
        ),
        KindRow("arn:aws:bedrock:us-east-1:123456789012:evaluation-job/x", other("a Bedrock evaluation job")),
        KindRow("arn:aws:sts::123456789012:assumed-role/r/s", other("the session of an IAM role")),
        KindRow("arn:aws:glue:us-east-1:123456789012:table/x", other("a resource of the service glue")),
        KindRow("my-group", .bareName(name: "my-group")),
        KindRow("a", .bareName(name: "a")),
        KindRow("A1--b", .bareName(name: "A1--b")),
        KindRow(String(repeating: "n", count: 63), .bareName(name: String(repeating: "n", count: 63))),
    ]

    @Test(arguments: kinds)
    func `what a user gives is told apart by type and number of segments`(row: KindRow) throws {
        let reference = try ModelPackageReference(parsing: row.text)
        #expect(reference.kind == row.kind)
        #expect(reference.description == row.text)
        #expect(reference.isStandardPartition)
        #expect((reference.arn == nil) == !row.text.contains(":"))
    }

    @Test func `another partition is read and marked`() throws {
        let reference = try ModelPackageReference(
            parsing: "arn:aws-us-gov:sagemaker:us-gov-west-1:123456789012:model-package/g/2"
        )
        #expect(reference.kind == .versionedPackage(group: "g", version: 2))
        #expect(!reference.isStandardPartition)
    }

    @Test(arguments: [
        ProblemRow("", .empty),
        ProblemRow(head + "model-package/g/0", .wrongVersion, says: "'0'"),
        ProblemRow(head + "model-package/g/01", .wrongVersion, suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-package/g/v3", .wrongVersion, suggestion: head + "model-package/g/3"),
        ProblemRow(
            head + "model-package/g/latest",
            .wrongVersion,
            says: "'latest'",
            suggestion: head + "model-package-group/g"
        ),
        ProblemRow(head + "model-package/g/1234567890", .wrongVersion),
        ProblemRow(head + "model-package/g/1/2", .malformed, says: "3 parts", suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-package/g/", .malformed, says: "slash", suggestion: head + "model-package/g"),
        ProblemRow(head + "model-package/g//1", .malformed, suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-package/g/1/", .malformed, suggestion: head + "model-package/g/1"),
        ProblemRow(
            head + "model-package-group/g/3",
            .malformed,
            says: "no version",
            suggestion: head + "model-package/g/3"
        ),
        ProblemRow(head + "model-package-group/g/x", .malformed),
        ProblemRow(
            head + "model-package/my_group/1",
            .wrongName,
            says: "'_'",
            suggestion: head + "model-package/my-group/1"
        ),
        ProblemRow(head + "model-package/-g/1", .wrongName, says: "begins", suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-package/" + String(repeating: "n", count: 64), .wrongLength, says: "64"),
        ProblemRow(head + "modelpackage/g/1", .wrongResource, suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-packge/g/1", .wrongResource, suggestion: head + "model-package/g/1"),
        ProblemRow(head + "Model-Package/g/1", .wrongResource, suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-package:g/1", .wrongResource, suggestion: head + "model-package/g/1"),
        ProblemRow(head + "model-package-groups/g", .wrongResource, suggestion: head + "model-package-group/g"),
        ProblemRow(
            "arn:aws:bedrock:us-west-2:123456789012:model-package/g/1",
            .wrongResource,
            says: "'bedrock'",
            suggestion: head + "model-package/g/1"
        ),
        ProblemRow("arn:aws:sagemaker::123456789012:model-package/g/1", .wrongRegion, says: "region"),
        ProblemRow("arn:aws:sagemaker:us-west-2::model-package/g/1", .wrongAccount, says: "account"),
        ProblemRow("arn:aws:sagemaker:us-west-2:12345678901:model-package/g/1", .wrongAccount, says: "11"),
        ProblemRow("my group", .wrongName, says: "a space", suggestion: "my-group"),
        ProblemRow("my_group", .wrongName, says: "'_'", suggestion: "my-group"),
        ProblemRow("my-group/3", .wrongName, says: "'/'"),
        ProblemRow("-group", .wrongName, suggestion: "group"),
        ProblemRow("group-", .wrongName, suggestion: "group"),
        ProblemRow(String(repeating: "n", count: 64), .wrongLength),
    ])
    func `a near miss says what is wrong and offers a good form`(row: ProblemRow) throws {
        try row.check(ModelPackageReference.self)
    }

    @Test(arguments: [
        FindingRow("it is \(head)model-package/g/3.", head + "model-package/g/3"),
        FindingRow("use \(head)training-job/x", head + "training-job/x"),
        FindingRow("\(head)model-package/g/0!", "!wrongVersion «\(head)model-package/g/0»"),
        FindingRow("ARN:aws:x", "!wrongCase «ARN:aws:x»"),
        FindingRow("my-group", "my-group"),
        FindingRow(" `my-group` ", "my-group"),
        FindingRow("\"my-group\".", "my-group"),
        FindingRow("myGroup", "myGroup"),
        FindingRow("sentiment2", "sentiment2"),
        FindingRow("it's in the group my-llama-sft", "my-llama-sft"),
        FindingRow("The model package group is called llama3, I think", "llama3"),
        FindingRow("group name: my-group", "my-group"),
        FindingRow("use \"sentiment\" as the group named 'Sentiment'", "Sentiment"),
        FindingRow("try `my-group`", "my-group"),
        FindingRow("yes"),
        FindingRow("help"),
        FindingRow("the group is unclear"),
        FindingRow("I don't know the name"),
        FindingRow("I have 3 of them"),
        FindingRow("2024"),
        FindingRow("s3://bucket/model-1"),
        FindingRow(""),
    ])
    func `references are found in sentences`(row: FindingRow) {
        #expect(summary(of: ModelPackageReference.findAll(in: row.text), in: row.text) == row.found)
    }
}
