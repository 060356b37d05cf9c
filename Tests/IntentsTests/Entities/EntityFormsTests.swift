import AWS
import Intents
import Testing

@Suite("Every form of a value that people write is read, or asked about")
struct EntityFormsTests {
    private func decide(_ text: String, _ form: Question.Form, options: [ChoiceOption] = []) -> Decision {
        CommonRules.resolver.understand(Utterance(text), answering: Question(form: form, options: options)).decision
    }

    private func suggestion(_ text: String, _ kind: AnyEntityType) -> Value? {
        guard case .problem(let message, let suggestion) = decide(text, .value(kind)) else { return nil }
        #expect(message.hasSuffix(".") || message.hasSuffix("jsonl"), "\(message)")
        return suggestion
    }

    @Test(
        "ARNs of every partition, service and form of resource",
        arguments: [
            ("aws", "us-west-2"), ("aws-cn", "cn-northwest-1"), ("aws-us-gov", "us-gov-east-1"),
            ("aws-iso", "us-iso-west-1"),
            ("aws-iso-b", "us-isob-east-1"), ("aws-iso-e", "eu-isoe-west-1"), ("aws-iso-f", "us-isof-south-1"),
            ("aws-eusc", "eusc-de-east-1"),
        ]
    )
    func arns(partition: String, region: String) throws {
        let reference = "arn:\(partition):sagemaker:\(region):012345678901:model-package/support-bot/3"
        #expect(decide("it's \(reference), thanks", .value(.modelPackage)) == .value(.text(reference)))
        let resources = [
            "sagemaker:\(region):012345678901:model-package/support-bot/3",
            "lambda:\(region):012345678901:function:name:7",
            "sns:\(region):012345678901:topic", "iam::012345678901:role/path/My.Role@x", "s3:::my-bucket",
            "s3:::my-bucket/größe/a b.json", "iam::aws:policy/ReadOnlyAccess",
            "bedrock:\(region)::foundation-model/amazon.nova-pro-v1:0",
            "logs:\(region):012345678901:log-group:/aws/sagemaker/TrainingJobs:*",
            "ec2:\(region):012345678901:instance/i-0abc",
            "states:\(region):012345678901:stateMachine:name",
            "elasticloadbalancing:\(region):012345678901:loadbalancer/app/a/1f",
        ]
        for resource in resources {
            let text = "arn:\(partition):\(resource)"
            let arn = try ARN(parsing: text)
            #expect(arn.description == text)
            #expect(arn.partition.id == partition)
            #expect([region, ""].contains(arn.region))
        }
    }

    private static let uri = "s3://my-bucket/a/b c.jsonl"

    @Test(
        "What people paste for an S3 URI is turned into it and asked about",
        arguments: [
            "S3://my-bucket/a/b c.jsonl", "s3:/my-bucket/a/b c.jsonl", "s3a://my-bucket/a/b c.jsonl",
            "https://s3.console.aws.amazon.com/s3/object/my-bucket?region=us-west-2&bucketType=general&prefix=a/b+c.jsonl",
            "https://us-west-2.console.aws.amazon.com/s3/object/my-bucket?region=us-west-2&prefix=a%2Fb%20c.jsonl",
            "https://console.aws.amazon.com/s3/object/my-bucket?prefix=a/b+c.jsonl",
            "https://eu-west-1.console.aws.amazon.com/s3/buckets/my-bucket?prefix=a/b+c.jsonl&tab=objects",
            "https://us-gov-west-1.console.amazonaws-us-gov.com/s3/object/my-bucket?prefix=a/b+c.jsonl",
            "https://cn-north-1.console.amazonaws.cn/s3/object/my-bucket?prefix=a/b+c.jsonl",
            "https://my-bucket.s3.us-west-2.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3-us-west-2.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3.dualstack.us-west-2.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3-accelerate.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3-accelerate.dualstack.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3-fips.us-gov-west-1.amazonaws.com/a/b%20c.jsonl",
            "http://my-bucket.s3-website-us-west-2.amazonaws.com/a/b%20c.jsonl",
            "http://my-bucket.s3-website.eu-central-1.amazonaws.com/a/b%20c.jsonl",
            "https://my-bucket.s3.cn-north-1.amazonaws.com.cn/a/b%20c.jsonl",
            "https://s3.us-west-2.amazonaws.com/my-bucket/a/b%20c.jsonl",
            "https://s3.amazonaws.com/my-bucket/a/b%20c.jsonl",
            "https://s3-us-west-2.amazonaws.com/my-bucket/a/b%20c.jsonl",
            "https://s3.dualstack.us-west-2.amazonaws.com/my-bucket/a/b%20c.jsonl",
            "https://my-bucket.s3.us-west-2.amazonaws.com/a/b%20c.jsonl?versionId=abc#x",
            "my-bucket.s3.us-west-2.amazonaws.com/a/b%20c.jsonl", "s3.us-west-2.amazonaws.com/my-bucket/a/b%20c.jsonl",
            "<http://my-bucket.s3.amazonaws.com/a/b%20c.jsonl|my-bucket.s3.amazonaws.com/a/b%20c.jsonl>",
            "`arn:aws:s3:::my-bucket/a/b c.jsonl`", "'arn:aws-us-gov:s3:::my-bucket/a/b c.jsonl'",
        ]
    )
    func place(text: String) {
        #expect(suggestion(text, .s3URI(.object)) == .text(Self.uri))
    }

    @Test(
        "Spaces that a keyboard puts into a URI are taken out, and asked about",
        arguments: ["s3: //my-bucket/x.jsonl", "S3 ://my-bucket/x.jsonl", "it is s3 : //my-bucket/x.jsonl"]
    )
    func spaced(text: String) {
        #expect(suggestion(text, .s3URI(.object)) == "s3://my-bucket/x.jsonl")
    }

    @Test(
        "A bucket and a key told apart are put together, and asked about",
        arguments: [
            "s3 bucket my-bucket, key data/x.jsonl", "the bucket is called my-bucket and the key is data/x.jsonl",
            "bucket: my-bucket, path: data/x.jsonl", "in bucket `my-bucket` under `data/x.jsonl`.",
        ]
    )
    func parts(text: String) {
        #expect(suggestion(text, .s3URI(.object)) == "s3://my-bucket/data/x.jsonl")
    }

    @Test(
        "Talk of buckets is no place",
        arguments: ["which bucket is the key to that?", "the bucket", "my bucket key", "bucket list"]
    )
    func noParts(text: String) {
        #expect(suggestion(text, .s3URI(.object)) == nil)
    }

    @Test(
        "A bucket breaks a rule of S3",
        arguments: [
            ("ab", nil), (String(repeating: "b", count: 64), nil), ("My-Bucket", "my-bucket"),
            ("my_bucket", "my-bucket"),
            ("my..bucket", "my.bucket"), ("-bucket", "bucket"), ("bucket-", "bucket"), (".bucket", "bucket"),
            ("192.168.5.4", nil), ("bücket", nil),
            // Nobody can have a bucket of these names; a yes takes them all the same, since aliases look so.
            ("xn--bucket", "xn--bucket"), ("sthree-bucket", "sthree-bucket"),
            ("amzn-s3-demo-bucket", "amzn-s3-demo-bucket"),
            ("bucket-s3alias", "bucket-s3alias"), ("bucket--ol-s3", "bucket--ol-s3"), ("bucket.mrap", "bucket.mrap"),
            ("bucket--x-s3", "bucket--x-s3"), ("bucket--table-s3", "bucket--table-s3"),
        ]
    )
    func bucket(name: String, better: String?) {
        let decision = decide("s3://\(name)/x.jsonl", .value(.s3URI(.object)))
        guard case .problem(_, let suggestion) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(suggestion == better.map { .text("s3://\($0)/x.jsonl") })
    }

    @Test(
        "A Region by its code or its place",
        arguments: [
            ("us-west-2", "us-west-2"), ("us west 2", "us-west-2"), ("US-West-2", "us-west-2"),
            ("uswest2", "us-west-2"),
            ("Oregon", "us-west-2"), ("N. Virginia", "us-east-1"), ("Northern Virginia", "us-east-1"),
            ("Ohio", "us-east-2"),
            ("Frankfurt", "eu-central-1"), ("Europe (Ireland)", "eu-west-1"), ("São Paulo", "sa-east-1"),
            ("not us-west-2 but eu-west-1", "eu-west-1"), ("Frankfurt, not Tokyo", "eu-central-1"),
            ("eu-west-1 instead of us-east-1", "eu-west-1"), ("rather than Ohio use Oregon", "us-west-2"),
        ]
    )
    func region(text: String, code: String) {
        #expect(decide(text, .value(.region)) == .value(.text(code)))
    }

    @Test(
        "What comes near one Region is asked about",
        arguments: [
            ("frankfrut", "eu-central-1"), ("Irland", "eu-west-1"), ("Zuerich", "eu-central-2"),
            ("Germany", "eu-central-1"), ("in the UK please", "eu-west-2"), ("Brazil", "sa-east-1"),
            ("use1", "us-east-1"),
            ("apse2", "ap-southeast-2"), ("us west two", "us-west-2"), ("U.S. West 2", "us-west-2"),
            ("us - west - 2", "us-west-2"),
            ("us-wset-2", "us-west-2"), ("us-west-2a", "us-west-2"), ("eu-north", "eu-north-1"),
            ("Singapur", "ap-southeast-1"),
        ]
    )
    func nearRegion(text: String, code: String) {
        #expect(suggestion(text, .region) == .text(code))
    }

    @Test(
        "Where several Regions fit, they are named and none is taken",
        arguments: [
            ("us-west", ["us-west-1", "us-west-2"]), ("us east", ["us-east-1", "us-east-2"]),
            ("Australia", ["ap-southeast-2", "ap-southeast-4"]), ("Canada", ["ca-central-1", "ca-west-1"]),
            ("us-west-5", ["us-west-1", "us-west-2"]), ("Europe", ["eu-central-1", "eu-west-3"]),
        ]
    )
    func severalRegions(text: String, codes: [String]) {
        guard case .problem(let message, nil) = decide(text, .value(.region)) else {
            Issue.record("\(decide(text, .value(.region)))")
            return
        }
        for code in codes { #expect(message.contains(code), "\(message)") }
    }

    @Test(
        "What is no Region is none",
        arguments: ["not us-west-2", "I use it for us all", "the same one", "best of the west", "any", "house"]
    )
    func noRegion(text: String) {
        let decision = decide(text, .value(.region))
        switch decision {
        case .value, .problem: Issue.record("\(decision)")
        default: break
        }
    }

    private static let judges = [
        ChoiceOption(id: "amazon.nova-pro-v1:0", name: "Amazon Nova Pro"),
        ChoiceOption(id: "anthropic.claude-3-5-sonnet-20241022-v2:0", name: "Claude 3.5 Sonnet"),
        ChoiceOption(id: "anthropic.claude-3-haiku-20240307-v1:0", name: "Claude 3 Haiku"),
        ChoiceOption(id: "anthropic.claude-3-5-haiku-20241022-v1:0", name: "Claude 3.5 Haiku"),
        ChoiceOption(id: "mistral.mistral-large-2407-v1:0", name: "Mistral Large"),
    ]

    @Test(
        "A model by its name, id, number or place",
        arguments: [
            ("Mistral Large", 4), ("mistral large, please", 4), ("“Claude 3.5 Haiku”", 3), ("CLAUDE 3 HAIKU", 2),
            ("amazon.nova-pro-v1:0", 0), ("mistral.mistral-large-2407-v1:0", 4), ("2", 1), ("#3", 2),
            ("number four", 3),
            ("the second one", 1), ("last", 4), ("the last but one", 3), ("2nd", 1), ("option 1", 0), ("the third", 2),
            ("not 2 but 3", 2),
        ]
    )
    func model(text: String, index: Int) {
        #expect(decide(text, .value(.choice), options: Self.judges) == .value(.text(Self.judges[index].id)))
    }

    @Test(
        "A part of a model's name or a slip is a suggestion, never a guess",
        arguments: [
            ("mistral", [4]), ("nova", [0]), ("sonnet", [1]), ("haiku", [2, 3]), ("claude", [1, 2, 3]),
            ("mistrl large", [4]),
            ("Claude 3.5 Sonet", [1]), ("Amazon Nova Por", [0]), ("maybe 2", [1]), ("1 or 2", [0, 1]),
        ]
    )
    func nearModel(text: String, indices: [Int]) {
        #expect(decide(text, .value(.choice), options: Self.judges) == .suggestions(indices.map { Self.judges[$0] }))
    }

    private static let metrics = ["Correctness", "Completeness", "Faithfulness", "Helpfulness", "Coherence", "Refusal"]
        .map {
            ChoiceOption(id: "Builtin.\($0)", name: $0)
        }

    @Test(
        "Several choices in one reply",
        arguments: [
            ("1, 3 and 5", [1, 3, 5]), ("1 3 5", [1, 3, 5]), ("1-3", [1, 2, 3]), ("all but the last", [1, 2, 3, 4, 5]),
            ("everything except faithfulness", [1, 2, 4, 5, 6]), ("all but 2 and 3", [1, 4, 5, 6]),
            ("the first two", [1, 2]),
            ("Correctness & Refusal", [1, 6]), ("correctness, faithfulness and coherence please", [1, 3, 5]),
            ("everything", [1, 2, 3, 4, 5, 6]), ("just refusal", [6]), ("Builtin.Coherence; Builtin.Refusal", [5, 6]),
        ]
    )
    func choices(text: String, numbers: [Int]) {
        let ids = numbers.map { Value.text(Self.metrics[$0 - 1].id) }
        #expect(decide(text, .value(.choices), options: Self.metrics) == .value(.list(ids)))
    }

    @Test(
        "A model package by its group",
        arguments: [
            "support-bot", "the support-bot group", "the group is support-bot", "it's called support-bot",
            "`support-bot`",
        ]
    )
    func group(text: String) {
        #expect(decide(text, .value(.modelPackage)) == .value("support-bot"))
    }

    @Test(
        "A version without an ARN is explained, and the group offered",
        arguments: [
            "support-bot v3", "support-bot version 3", "support-bot/3", "support-bot:3", "version 3 of support-bot",
        ]
    )
    func versionOfGroup(text: String) {
        #expect(suggestion(text, .modelPackage) == "support-bot")
    }

    @Test(
        "An ARN with a slip is mended where there is one way to do it",
        arguments: [
            ("arn:aws:sagemaker:us-wset-2:012345678901:model-package/support-bot/3", true),
            ("ARN:AWS:SageMaker:us-west-2:012345678901:model-package/support-bot/3", true),
            ("aws:sagemaker:us-west-2:012345678901:model-package/support-bot/3", true),
            ("arn:aws:sagemaker:us-west-2:0123-4567-8901:model-package/support-bot/3", true),
            ("arn:aws-cn:sagemaker:us-west-2:012345678901:model-package/support-bot/3", true),
            ("arn:aws:sagemaker:us-west-2:012345678901:model_package/support-bot/3", true),
            ("arn:aws:sagemaker:us-west-2:012345678901:model-package/support-bot/v3", true),
            ("arn:aws:sagemaker:us-west-2:0123456789:model-package/support-bot/3", false),
        ]
    )
    func brokenARN(text: String, isMended: Bool) {
        let mended = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support-bot/3"
        #expect(suggestion(text, .modelPackage) == (isMended ? .text(mended) : nil))
    }
}
