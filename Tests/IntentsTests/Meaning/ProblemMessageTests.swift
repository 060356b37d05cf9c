import Intents
import Testing

/// A reply that was meant as a value and is none: what is said of it, and the corrected form.
struct ProblemCase: Sendable, CustomTestStringConvertible {
    var kind: AnyEntityType
    var reply: String
    var message: String
    var suggestion: Value?
    var options: [ChoiceOption] = []

    init(
        _ kind: AnyEntityType,
        _ reply: String,
        _ message: String,
        _ suggestion: Value? = nil,
        options: [ChoiceOption] = []
    ) {
        self.kind = kind
        self.reply = reply
        self.message = message
        self.suggestion = suggestion
        self.options = options
    }

    var testDescription: String { "\(kind.name): \(reply.prefix(80))" }

    var recognition: Recognition {
        kind.read(Utterance(reply), answering: Question(form: .value(kind), options: options))
    }
}

@Suite("A value that cannot be says what is wrong with it, and a corrected form where there is one")
struct ProblemMessageTests {
    private static let arn = "arn:aws:sagemaker:us-west-2:012345678901:"
    private static let sixParts =
        "An ARN has six parts with colons between them (arn:partition:service:region:account:resource); this one has "
    private static let bucketSigns =
        "Bucket names have only lower-case letters, digits, periods and hyphens; this one has "
    private static let nameSigns =
        "The name of a model package or group has only letters, digits and hyphens, and this one has "
    private static let list = ["One", "Two", "Three"].map { ChoiceOption(id: $0.lowercased(), name: $0) }

    static let s3: [ProblemCase] = [
        .init(.s3URI(.any), "S3://b-1/k", "An S3 URI begins with s3:// in lower case.", "s3://b-1/k"),
        .init(.s3URI(.any), "s3:/bucket/k", "An S3 URI begins with s3:// and the name of the bucket.", "s3://bucket/k"),
        .init(
            .s3URI(.any),
            "s3a://bucket/k",
            "An S3 URI begins with s3:// and the name of the bucket.",
            "s3://bucket/k"
        ),
        .init(.s3URI(.any), "s3://My-Data/k", "Bucket names are in lower case.", "s3://my-data/k"),
        .init(.s3URI(.any), "s3://my_data/k", bucketSigns + "'_'.", "s3://my-data/k"),
        .init(.s3URI(.any), "s3://My_Data/k", bucketSigns + "'_'.", "s3://my-data/k"),
        .init(.s3URI(.any), "s3://dätä/k", bucketSigns + "'ä'."),
        .init(.s3URI(.any), "s3://-data-/k", "Bucket names begin and end with a letter or digit.", "s3://data/k"),
        .init(.s3URI(.any), "s3://my..data/k", "Bucket names have no two periods in a row.", "s3://my.data/k"),
        .init(.s3URI(.any), "s3://ab/k", "Bucket names have 3 to 63 characters; this one has 2."),
        .init(.s3URI(.any), "s3://10.0.0.1/k", "A bucket name cannot have the form of an IP address."),
        .init(.s3URI(.any), "s3:///k", "Bucket names have 3 to 63 characters; this one has 1."),
        .init(
            .s3URI(.any),
            "https://my-data.s3.us-west-2.amazonaws.com/a%20b.jsonl",
            "This is a web address; an S3 URI begins with s3://.",
            "s3://my-data/a b.jsonl"
        ),
        .init(
            .s3URI(.any),
            "arn:aws:s3:::my-data/k",
            "This is an ARN; an S3 URI begins with s3://.",
            "s3://my-data/k"
        ),
        .init(.s3URI(.any), "s3://aaa/k or s3://bbb/k", "I see several places in S3 here; please give one."),
        .init(
            .s3URI(.any),
            "s3://data/" + String(repeating: "k", count: 1_100),
            "An S3 URI has at most 1024 characters; this one has 1110."
        ),
        .init(
            .s3URI(.object),
            "s3://my-data/folder/",
            "That is a folder or a bucket; I need one file, such as s3://my-data/folder/eval.jsonl"
        ),
        .init(
            .s3URI(.object),
            "s3://my-data/a b/c.jsonl and more",
            "I cannot tell where it ends. If spaces or quotes belong to the name, put the whole URI in quotes."
        ),
        .init(
            .s3URI(.output),
            "s3://my-data/a+b/",
            "Bedrock does not take an output location with '+' in it.",
            "s3://my-data/a-b/"
        ),
        .init(
            .s3URI(.output),
            "s3://my-data/a//b",
            "Bedrock does not take an output location with two slashes in a row.",
            "s3://my-data/a/b"
        ),
    ]

    static let models: [ProblemCase] = [
        .init(
            .modelPackage,
            "ARN:aws:sagemaker:us-west-2:012345678901:model-package/g/1",
            "An ARN begins with arn in lower case.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "aws:sagemaker:us-west-2:012345678901:model-package/g/1",
            "An ARN begins with arn:, which is missing here.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:SageMaker:us-west-2:012345678901:model-package/g/1",
            "The partition, service and region of an ARN are in lower case.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:asw:sagemaker:us-west-2:012345678901:model-package/g/1",
            "There is no AWS partition 'asw'; the usual one is aws.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:sagemaker:us-west-2:012345678901:model-package/g/1",
            sixParts + "5, and the partition seems to be missing.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:us-west-2:012345678901:model-package/g/1",
            sixParts + "5, and the service seems to be missing.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:012345678901:model-package/g/1",
            sixParts + "5, and the region seems to be missing."
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west-2:model-package/g/1",
            sixParts + "5, and the account ID seems to be missing."
        ),
        .init(.modelPackage, "arn:aws:sagemaker:model-package/g", sixParts + "4."),
        .init(
            .modelPackage,
            "arn:aws::us-west-2:012345678901:model-package/g/1",
            "The service of this ARN is empty; it stands after the second colon.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sage_maker:us-west-2:012345678901:model-package/g/1",
            "The service of an ARN cannot contain '_'.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west2:012345678901:model-package/g/1",
            "'us-west2' is not the code of an AWS region.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:oregon:012345678901:model-package/g/1",
            "'oregon' is not the code of an AWS region."
        ),
        .init(
            .modelPackage,
            "arn:aws-cn:sagemaker:us-west-2:012345678901:model-package/g/1",
            "The region us-west-2 is in the partition aws, and this ARN says aws-cn.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west-2:12345:model-package/g/1",
            "An AWS account ID has 12 digits; this one has 5. Please copy the ARN once more."
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west-2:0123-4567-8901:model-package/g/1",
            "An AWS account ID is 12 digits; '0123-4567-8901' is not.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west-2:O12345678901:model-package/g/1",
            "An AWS account ID is 12 digits; 'O12345678901' is not.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west-2:012345678901:",
            sixParts + "5, and what it names seems to be missing."
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker::012345678901:model-package/g/1",
            "The ARN of a model package names a region; this one's is empty."
        ),
        .init(
            .modelPackage,
            "arn:aws:sagemaker:us-west-2::model-package/g/1",
            "The ARN of a model package has a 12-digit account ID; this one's is empty."
        ),
        .init(.modelPackage, arn + "model-package/my_g/1", nameSigns + "'_'.", .text(arn + "model-package/my-g/1")),
        .init(
            .modelPackage,
            arn + "model-package/g/0",
            "The version of a model package is a whole number from 1; '0' is not."
        ),
        .init(
            .modelPackage,
            arn + "model-package/g/v3",
            "The version of a model package is a whole number from 1; 'v3' is not.",
            .text(arn + "model-package/g/3")
        ),
        .init(
            .modelPackage,
            arn + "model-package/g/latest",
            "The version of a model package is a whole number from 1; 'latest' is not.",
            .text(arn + "model-package-group/g")
        ),
        .init(
            .modelPackage,
            arn + "model-package/g/1/x",
            "The ARN of a model package ends with model-package/NAME/VERSION; this one has 3 parts after model-package.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            arn + "model-package//g/1",
            "The ARN has a slash too many after model-package.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            arn + "model-package-group/g/1",
            "The ARN of a model package group ends with the name of the group and has no version.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            arn + "modelpackage/g/1",
            "This part of the ARN of a model package reads model-package/ in lower case.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            "arn:aws:bedrock:us-west-2:012345678901:model-package/g/1",
            "Model packages belong to the service sagemaker, and this ARN says 'bedrock'.",
            .text(arn + "model-package/g/1")
        ),
        .init(
            .modelPackage,
            arn + "training-job/t",
            "That is the ARN of a training job, not of a model package. Please check it."
        ),
        .init(.modelPackage, "support_bot", nameSigns + "'_'.", "support-bot"),
        .init(.modelPackage, "_support_bot", nameSigns + "'_'.", "support-bot"),
        .init(
            .modelPackage,
            "\(arn)model-package/a/1 \(arn)model-package/b/1",
            "I see several models here; please give one."
        ),
    ]

    static let others: [ProblemCase] = [
        .init(.region, "us-wset-2", "'us-wset-2' is not an AWS region that I know.", "us-west-2"),
        .init(.region, "us-west-2a", "us-west-2a is an availability zone and not a region.", "us-west-2"),
        .init(
            .region,
            "us-east-9",
            "'us-east-9' is not an AWS region that I know; near it are us-east-1 and us-east-2.",
            nil
        ),
        .init(
            .region,
            "sa-central-99",
            "'sa-central-99' is not an AWS region that I know. Please give a code such as us-east-1."
        ),
        .init(.region, "aws-global", "aws-global stands for no place; a job needs a region such as us-east-1."),
        .init(.region, "oregon or ohio", "I see several Regions here; please give one."),
        .init(.path, "file:///data/x.json", "Give the path of the file without file://.", "/data/x.json"),
        .init(
            .path,
            "file://localhost/data/a%20b.json",
            "Give the path of the file without file://.",
            "/data/a b.json"
        ),
        .init(.path, "file://server/x.json", "Give the path of the file without file://."),
        .init(.path, "./a.json ./b.json", "I see several paths here; please give one."),
        .init(.projectName, "MyEval", "A project name is in lower case.", "myeval"),
        .init(
            .projectName,
            "My Big Eval",
            "A project name has only lower-case letters, digits and hyphens; this one has a space.",
            "my-big-eval"
        ),
        .init(.projectName, "-eval", "A project name begins and ends with a letter or digit.", "eval"),
        .init(
            .projectName,
            String(repeating: "a", count: 70),
            "A project name has at most 64 characters; this one has 70.",
            .text(String(repeating: "a", count: 64))
        ),
        .init(.number(1...9), "12", "12 is too large; please give one from 1 to 9."),
        .init(.number(1...9), "-3", "-3 is too small; please give one from 1 to 9."),
        .init(.number(1...9), "99999999999999999999", "That number is too large; please give one from 1 to 9."),
        .init(.number(1...9), "2.5 of them", "2.5 is not a whole number; please give one from 1 to 9."),
        .init(.number(1...9), "2.0", "2.0 is not a whole number; please give one from 1 to 9.", 2),
        .init(.number(1...9), "2 or 3", "I see several numbers here; please give one."),
        .init(.number(1...9_999), "1,000", "Please write the number without commas.", 1_000),
        .init(
            .json(limit: 50),
            "{'a': [1, 'b']}",
            "JSON has double quotes around texts and names; a single quote is in line 1, column 2.",
            #"{"a": [1, "b"]}"#
        ),
        .init(
            .json(limit: 50),
            #"{"a": 'b'}"#,
            "JSON has double quotes around texts and names; a single quote is in line 1, column 7."
        ),
        .init(.json(limit: 50), "[1, 2", "The '[' in line 1, column 1 is never closed. Please paste it whole."),
        .init(.json(limit: 50), "[1, 2}", "The '}' in line 1, column 6 closes no bracket of its kind."),
        .init(.json(limit: 50), #"["a]"#, "The text that begins in line 1, column 2 has no closing quote."),
        .init(.json(limit: 5), "[1, 2, 3]", "That JSON has 9 bytes; at most 5 are taken."),
        .init(.text(limit: 5), "too long", "That is 8 bytes long; please say it in at most 5."),
        .init(.choice, "7", "There is no number 7; the list goes from 1 to 3.", options: list),
        .init(.choice, "2", "There is no number 2; the list has only number 1.", options: Array(list.prefix(1))),
        .init(.choice, "1", "There is no number 1: there is nothing to choose from."),
        .init(.choices, "1 and 8", "There is no number 8; the list goes from 1 to 3.", options: list),
        .init(
            .choices,
            "one and bananas",
            "I do not know \"bananas\". Please use the names in the list, or their numbers.",
            options: list
        ),
        .init(.choices, "none", "At least one is needed; please name one of the list.", options: list),
    ]

    @Test("The message says what is wrong, and the suggestion is right", arguments: s3 + models + others)
    func message(problem: ProblemCase) {
        guard case .problem(let message, let suggestion, let range) = problem.recognition else {
            Issue.record("\(problem.recognition)")
            return
        }
        #expect(message == problem.message)
        #expect(suggestion == problem.suggestion)
        #expect(range.upperBound <= problem.reply.utf8.count)
        guard let suggestion else { return }
        // A corrected form that is wrong in another way would help nobody; in quotes, spaces belong to it.
        let text = suggestion.text ?? suggestion.number.map(String.init) ?? ""
        if problem.kind == .path, (try? PathReply(parsing: text)) != nil { return }
        for reply in [text, "'\(text)'"] {
            let again = ProblemCase(problem.kind, reply, "", options: problem.options).recognition
            if case .value(suggestion, _) = again { return }
        }
        Issue.record("\(text) is no value either")
    }

    @Test("Words that are no number, and names of no kind, are left to other meanings")
    func nothing() {
        for (kind, reply) in [
            (AnyEntityType.number(1...9), "s3://b/file1"), (.number(1...9), "10-20"), (.modelPackage, "hmm..."),
            (.modelPackage, "what?"), (.number(1...9), "none"),
        ] {
            #expect(ProblemCase(kind, reply, "").recognition == .nothing, "\(reply)")
        }
        #expect(ProblemCase(.number(1...9), "I want 2.", "").recognition == .value(2, range: 0..<9))
        #expect(ProblemCase(.number(1...9), "2, please - 2!", "").recognition == .value(2, range: 0..<14))
    }
}
