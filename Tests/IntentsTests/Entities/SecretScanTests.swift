import Intents
import Testing

struct SecretScanTests {
    // Made up, in the forms that real ones have; the first two are the examples of the AWS documentation.
    static let keyID = "AKIAIOSFODNN7EXAMPLE"
    static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    static let temporaryID = "ASIAZ3MPLEKEYID7Q2XW"
    static let sessionToken = "IQoJb3JpZ2luX2VjEJr" + String(repeating: "aB3+/xYz9Q", count: 20) + "=="
    static let gitHub = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    static let slack = "xoxb" + "-2345678901-abcDEF123"
    static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_123"
    static let pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbc+/=\n-----END RSA PRIVATE KEY-----"

    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var found: [String]
        init(_ text: String, _ kind: SecretScan.Kind, _ secret: String) {
            self.text = text
            found = ["\(kind): \(secret)"]
        }
        init(_ text: String, _ found: [(SecretScan.Kind, String)]) {
            self.text = text
            self.found = found.map { "\($0): \($1)" }
        }
        var testDescription: String { text }
    }

    static let secrets: [Row] = [
        Row(keyID, .awsAccessKeyID, keyID),
        Row("my key is \(keyID).", .awsAccessKeyID, keyID),
        Row("aws_access_key_id=\(keyID)", .awsAccessKeyID, keyID),
        Row("\"\(temporaryID)\"", .awsAccessKeyID, temporaryID),
        Row(secretKey, .awsSecretAccessKey, secretKey),
        Row(" `\(secretKey)` ", .awsSecretAccessKey, secretKey),
        Row("aws_secret_access_key = \(secretKey)", .awsSecretAccessKey, secretKey),
        Row("export AWS_SECRET_ACCESS_KEY=\(secretKey)", .awsSecretAccessKey, secretKey),
        Row("\"SecretAccessKey\": \"\(secretKey)\",", .awsSecretAccessKey, secretKey),
        Row("the secret key is \(secretKey)", .awsSecretAccessKey, secretKey),
        Row("my secret: \(secretKey) ok?", .awsSecretAccessKey, secretKey),
        Row("\(keyID) \(secretKey)", [(.awsAccessKeyID, keyID), (.awsSecretAccessKey, secretKey)]),
        Row("\(keyID)\n\(secretKey)\n", [(.awsAccessKeyID, keyID), (.awsSecretAccessKey, secretKey)]),
        Row(sessionToken, .awsSessionToken, sessionToken),
        Row("token \(sessionToken) here", .awsSessionToken, sessionToken),
        Row("aws_session_token=AbCd1234EfGh5678IjKl", .awsSessionToken, "AbCd1234EfGh5678IjKl"),
        Row("\"SessionToken\": \"AbCd1234EfGh5678IjKl==\"", .awsSessionToken, "AbCd1234EfGh5678IjKl=="),
        Row("X-Amz-Security-Token=AbCd1234EfGh5678%2FIj", .awsSessionToken, "AbCd1234EfGh5678%2FIj"),
        Row(
            "FwoGZXIvYXdzE" + String(repeating: "Ab1/", count: 30),
            .awsSessionToken,
            "FwoGZXIvYXdzE" + String(repeating: "Ab1/", count: 30)
        ),
        Row(
            "aws_session_token = \(sessionToken.prefix(80))\n\(sessionToken.dropFirst(80))",
            .awsSessionToken,
            "\(sessionToken.prefix(80))\n\(sessionToken.dropFirst(80))"
        ),
        Row(gitHub, .gitHubToken, gitHub),
        Row("use \(gitHub), please", .gitHubToken, gitHub),
        Row(
            "github_pat_11ABCDEFG0abcdefghij_KLMNOPQRSTUVWXYZ",
            .gitHubToken,
            "github_pat_11ABCDEFG0abcdefghij_KLMNOPQRSTUVWXYZ"
        ),
        Row("slack: \(slack)", .slackToken, slack),
        Row("xapp" + "-1-A02-3456-abcdef", .slackToken, "xapp" + "-1-A02-3456-abcdef"),
        Row("hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567", .apiKey, "hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567"),
        Row("sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWx_yz", .apiKey, "sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWx_yz"),
        Row("Authorization: Bearer abc.DEF-123_456~789xyz", .bearerToken, "abc.DEF-123_456~789xyz"),
        Row(jwt, .bearerToken, jwt),
        Row("key:\n\(pem)\nthanks", .privateKey, pem),
        Row("-----BEGIN PRIVATE KEY-----\nMIIE", .privateKey, "-----BEGIN PRIVATE KEY-----\nMIIE"),
        Row("-----BEGIN OPENSSH PRIVATE KEY-----", .privateKey, "-----BEGIN OPENSSH PRIVATE KEY-----"),
        Row("é \(keyID) é", .awsAccessKeyID, keyID),
    ]

    @Test(arguments: secrets)
    func `a secret is found with its kind and its whole range`(row: Row) {
        let bytes = Array(row.text.utf8)
        let found = SecretScan.findAll(in: row.text).map { finding in
            "\(finding.kind): \(String(decoding: bytes[finding.range], as: UTF8.self))"
        }
        #expect(found == row.found)
    }

    @Test(arguments: [
        "",
        "yes",
        "Please evaluate the fine-tuned model with the built-in metrics for correctness and completeness.",
        "arn:aws:sagemaker:us-west-2:123456789012:model-package/my-long-model-package-group-name-2024/12",
        "arn:aws:sagemaker:us-west-2:123456789012:model-package/AbCdEfGhIj0123456789KlMnOpQrStUvWxYz0123/1",
        "arn:aws:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole-20240101T000000",
        "s3://my-bucket/AbCdEfGhIj0123456789KlMnOpQrStUvWxYz0123/train.jsonl",
        "s3://sagemaker-us-west-2-123456789012/output/evaluation/2024-11-23T18-00-00/results.jsonl",
        "my secret data is in s3://my-bucket/secret/AbCd12/train-2024.jsonl",
        "the session token expired; data is in s3://bucket/credentials2024file",
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
        "amazon.nova-premier-v1:0:1000k",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "the secret commit is da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "123e4567-e89b-12d3-a456-426614174000",
        "/home/alice/Projects/Evaluation2024/Data/Train/V1/file1234.jsonl",
        "/srv/MyProject2/Data/Eval/V1/testSet1234",
        "/srv/MyProject2/Data/Eval/V1/testSet12345",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "AKIA",
        "what is AKIAIOSFODNN7?",
        "AROAIOSFODNN7EXAMPLEX",
        "my akiaiosfodnn7example thing",
        "XAKIAIOSFODNN7EXAMPLE",
        "the bearer of bad news is here",
        "Bearer tokens are required for this",
        "ghp_ is the prefix of a token",
        "xoxb-",
        "sk-learn-churn-prediction-model-2024-v2-final",
        "task-2024-11-23-evaluation-run-of-the-model",
        "hf_model",
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-evaluation-custom-metrics-prompt-formats.html",
        "Pneumonoultramicroscopicsilicovolcanoconiosis is a long word",
        "DiesIstEinSehrLangerZusammengesetzterNameXY",
        "{\"metrics\": [{\"name\": \"Builtin.Faithfulness\", \"description\": \"how faithful\"}]}",
        "where do I set aws_secret_access_key?",
    ])
    func `what users write all day is no secret`(text: String) {
        #expect(SecretScan.findAll(in: text).isEmpty, "\(SecretScan.findAll(in: text))")
    }

    @Test func `redacting keeps all but the secret`() {
        #expect(
            SecretScan.redacted("id \(Self.keyID), key \(Self.secretKey)!")
                == "id [removed: AWS access key ID], key [removed: AWS secret access key]!"
        )
        #expect(SecretScan.redacted("nothing here") == "nothing here")
        #expect(SecretScan.findAll(in: SecretScan.redacted(Self.secrets.map(\.text).joined(separator: "\n\n"))).isEmpty)
    }

    @Test func `every secret of the table is gone after redacting`() {
        for row in Self.secrets {
            let redacted = SecretScan.redacted(row.text)
            #expect(redacted.contains("[removed: "), "\(row.text)")
            #expect(SecretScan.findAll(in: redacted).isEmpty, "\(redacted)")
        }
    }
}
