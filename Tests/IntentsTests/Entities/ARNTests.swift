import AWS
import Intents
import Testing

struct ARNTests {
    static let package = "arn:aws:sagemaker:us-west-2:012345678901:model-package/my-group/3"

    @Test func `an ARN gives its parts`() throws {
        let arn = try ARN(parsing: Self.package)
        #expect(arn.partition == .standard)
        #expect(arn.service == "sagemaker")
        #expect(arn.region == "us-west-2")
        #expect(arn.account == "012345678901", "leading zeros stay")
        #expect(arn.resource.type == "model-package")
        #expect(arn.resource.separator == "/")
        #expect(arn.resource.id == "my-group/3")
        #expect(arn.knownRegion?.name == "US West (Oregon)")
        #expect(arn.description == Self.package)
    }

    struct GoodRow: Sendable, CustomTestStringConvertible {
        var text: String
        var type: String?
        var id: String
        var partition = "aws"
        var testDescription: String { text }
    }

    static let good: [GoodRow] = [
        GoodRow(
            text: "arn:aws:iam::123456789012:role/service-role/My.Role+x=1,2@3",
            type: "role",
            id: "service-role/My.Role+x=1,2@3"
        ),
        GoodRow(text: "arn:aws:lambda:eu-west-1:123456789012:function:name:7", type: "function", id: "name:7"),
        GoodRow(text: "arn:aws:sns:us-east-1:123456789012:topic", type: nil, id: "topic"),
        GoodRow(text: "arn:aws:s3:::bucket", type: nil, id: "bucket"),
        GoodRow(text: "arn:aws:s3:::bucket/größe/a b.json", type: nil, id: "bucket/größe/a b.json"),
        GoodRow(
            text: "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
            type: "foundation-model",
            id: "amazon.nova-pro-v1:0"
        ),
        GoodRow(text: "arn:aws:iam::aws:policy/ReadOnlyAccess", type: "policy", id: "ReadOnlyAccess"),
        GoodRow(
            text: "arn:aws-cn:sagemaker:cn-north-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-cn"
        ),
        GoodRow(
            text: "arn:aws-us-gov:sagemaker:us-gov-west-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-us-gov"
        ),
        GoodRow(
            text: "arn:aws-iso:sagemaker:us-iso-east-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-iso"
        ),
        GoodRow(
            text: "arn:aws-iso-b:sagemaker:us-isob-east-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-iso-b"
        ),
        GoodRow(
            text: "arn:aws-iso-e:sagemaker:eu-isoe-west-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-iso-e"
        ),
        GoodRow(
            text: "arn:aws-iso-f:sagemaker:us-isof-south-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-iso-f"
        ),
        GoodRow(
            text: "arn:aws-eusc:sagemaker:eusc-de-east-1:123456789012:model/m",
            type: "model",
            id: "m",
            partition: "aws-eusc"
        ),
        GoodRow(text: "arn:aws:sagemaker:us-north-7:123456789012:model/m", type: "model", id: "m"),
        GoodRow(text: "arn:aws:x:::/leading", type: nil, id: "/leading"),
        GoodRow(text: "arn:aws:x:::trailing/", type: nil, id: "trailing/"),
    ]

    @Test(arguments: good)
    func `every form of resource and every partition is read`(row: GoodRow) throws {
        let arn = try ARN(parsing: row.text)
        #expect(arn.resource.type == row.type)
        #expect(arn.resource.id == row.id)
        #expect(arn.partition.id == row.partition)
        #expect(arn.description == row.text)
    }

    @Test(arguments: [
        ProblemRow("", .empty),
        ProblemRow("hello", .malformed),
        ProblemRow("arn:aws:sagemaker", .wrongFieldCount, says: "this one has 3"),
        ProblemRow("arn:aws:sagemaker:us-west-2:model-package/x/1", .wrongFieldCount, says: "this one has 5"),
        ProblemRow("arn:aws:iam:123456789012:role/x", .wrongFieldCount, suggestion: "arn:aws:iam::123456789012:role/x"),
        ProblemRow("arn:aws:s3:my-bucket", .wrongFieldCount, suggestion: "arn:aws:s3:::my-bucket"),
        ProblemRow("arn:aws:s3::my-bucket/k", .wrongFieldCount, suggestion: "arn:aws:s3:::my-bucket/k"),
        ProblemRow(
            "ARN:aws:sns:us-east-1:123456789012:Topic",
            .wrongCase,
            suggestion: "arn:aws:sns:us-east-1:123456789012:Topic"
        ),
        ProblemRow(
            "ARN:AWS:SNS:US-EAST-1:123456789012:T",
            .wrongCase,
            suggestion: "arn:aws:sns:us-east-1:123456789012:T"
        ),
        ProblemRow(
            "arn:aws:SageMaker:us-east-1:123456789012:model/M",
            .wrongCase,
            suggestion: "arn:aws:sagemaker:us-east-1:123456789012:model/M"
        ),
        ProblemRow(
            "aws:sns:us-east-1:123456789012:topic",
            .malformed,
            says: "missing",
            suggestion: "arn:aws:sns:us-east-1:123456789012:topic"
        ),
        ProblemRow(
            "arn:aw:sns:us-east-1:123456789012:topic",
            .unknownPartition,
            says: "'aw'",
            suggestion: "arn:aws:sns:us-east-1:123456789012:topic"
        ),
        ProblemRow(
            "arn:aws-govcloud:sns:us-gov-west-1:123456789012:t",
            .unknownPartition,
            suggestion: "arn:aws-us-gov:sns:us-gov-west-1:123456789012:t"
        ),
        ProblemRow(
            "arn::sns:us-east-1:123456789012:t",
            .unknownPartition,
            says: "empty",
            suggestion: "arn:aws:sns:us-east-1:123456789012:t"
        ),
        ProblemRow("arn::iam::123456789012:role/t", .unknownPartition, suggestion: "arn:aws:iam::123456789012:role/t"),
        ProblemRow("arn:azure:sns::123456789012:t", .unknownPartition),
        ProblemRow("arn:aws::us-east-1:123456789012:t", .empty, says: "service"),
        ProblemRow("arn:aws:s_ns:us-east-1:123456789012:t", .forbiddenCharacter, says: "'_'"),
        ProblemRow(
            "arn:aws:sns:us-gov-west-1:123456789012:t",
            .wrongRegion,
            says: "aws-us-gov",
            suggestion: "arn:aws-us-gov:sns:us-gov-west-1:123456789012:t"
        ),
        ProblemRow(
            "arn:aws-cn:sns:eu-west-1:123456789012:t",
            .wrongRegion,
            suggestion: "arn:aws:sns:eu-west-1:123456789012:t"
        ),
        ProblemRow("arn:aws:sns:us-west:123456789012:t", .wrongRegion, says: "'us-west'"),
        ProblemRow(
            "arn:aws:sns:eu-north1:123456789012:t",
            .wrongRegion,
            suggestion: "arn:aws:sns:eu-north-1:123456789012:t"
        ),
        ProblemRow("arn:aws:sns:aws-global:123456789012:t", .wrongRegion),
        ProblemRow("arn:aws:sns:us-east-1:12345678901:t", .wrongAccount, says: "this one has 11"),
        ProblemRow("arn:aws:sns:us-east-1:123456789:t", .wrongAccount, says: "this one has 9"),
        ProblemRow("arn:aws:sns:us-east-1:1234567890123:t", .wrongAccount, says: "this one has 13"),
        ProblemRow(
            "arn:aws:sns:us-east-1:1234-5678-9012:t",
            .wrongAccount,
            suggestion: "arn:aws:sns:us-east-1:123456789012:t"
        ),
        ProblemRow("arn:aws:sns:us-east-1:ACCOUNT:t", .wrongAccount, says: "'ACCOUNT'"),
        ProblemRow("arn:aws:sns:us-east-1:123456789012:", .empty, says: "resource"),
        ProblemRow("arn:aws:sns:us-east-1:123456789012:a b", .forbiddenCharacter, says: "a space"),
        ProblemRow("arn:aws:sns:us-east-1:123456789012:é", .forbiddenCharacter, says: "'é'"),
        ProblemRow("arn:aws:sns:us-east-1:123456789012:a\u{7}", .forbiddenCharacter, says: "U+0007"),
        ProblemRow("arn:aws:s3:::a\u{0}b", .forbiddenCharacter, says: "U+0000"),
        ProblemRow("arn:aws:sns:us-east-1:123456789012:<name>", .forbiddenCharacter, says: "'<'"),
        ProblemRow(
            "arn:aws:sns:us-east-1:123456789012:" + String(repeating: "x", count: 2_048),
            .wrongLength,
            says: "2048"
        ),
    ])
    func `a near miss says what is wrong and offers a good form`(row: ProblemRow) throws {
        try row.check(ARN.self)
    }

    @Test(arguments: [
        FindingRow("it's \(package), thanks.", package),
        FindingRow("\(package).", package),
        FindingRow("(\(package))", package),
        FindingRow("[\(package)]!", package),
        FindingRow("use `\(package)` please", package),
        FindingRow("use \"\(package)\".", package),
        FindingRow("'\(package)'", package),
        FindingRow("<\(package)>", package),
        FindingRow("**\(package)**", package),
        FindingRow("arn=\(package);", package),
        FindingRow("ARN: \(package)", package),
        FindingRow("ARN:\(package)", package),
        FindingRow("\(package)\u{2014}that one", package),
        FindingRow("\(package)\u{2026}", package),
        FindingRow("é \(package)", package),
        FindingRow("\(package),arn:aws:s3:::b", package, "arn:aws:s3:::b"),
        FindingRow("\(package) or arn:aws:iam::123456789012:role/r?", package, "arn:aws:iam::123456789012:role/r"),
        FindingRow("{\"arn\": \"\(package)\"}", package),
        FindingRow("line one\n\(package)\nline two", package),
        FindingRow(
            "Arn:aws:sns:us-east-1:123456789012:T",
            "!wrongCase «Arn:aws:sns:us-east-1:123456789012:T» -> arn:aws:sns:us-east-1:123456789012:T"
        ),
        FindingRow(
            "it is aws:sns:us-east-1:123456789012:t.",
            "!malformed «aws:sns:us-east-1:123456789012:t» -> arn:aws:sns:us-east-1:123456789012:t"
        ),
        FindingRow("arn:aws:sagemaker:us-west-2.", "!wrongFieldCount «arn:aws:sagemaker:us-west-2»"),
        FindingRow(
            "arn:aws:sagemaker:REGION:ACCOUNT:model/x",
            "!wrongRegion «arn:aws:sagemaker:REGION:ACCOUNT:model/x»"
        ),
        FindingRow("which arn: the old one?"),
        FindingRow("I will learn:aws:a:b:c:d later"),
        FindingRow("barn:aws:s3:::b"),
        FindingRow("what is an ARN?"),
        FindingRow("arn:foo"),
        FindingRow("aws: yes, s3: no"),
        FindingRow("at 10:30:45:12:11"),
        FindingRow(""),
        FindingRow(":"),
        FindingRow("arn:"),
        FindingRow("https://x/arn:aws:s3:::bucket", "arn:aws:s3:::bucket"),
    ])
    func `ARNs are found in sentences without what stands around them`(row: FindingRow) {
        #expect(summary(of: ARN.findAll(in: row.text), in: row.text) == row.found)
    }

    @Test func `a finding says where it is in bytes`() throws {
        let text = "größe: arn:aws:s3:::b!"
        #expect(ARN.findAll(in: text).map(\.range) == [9..<23])
    }
}
