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

    static let signature = String(repeating: "a9f3", count: 16)

    /// Secrets inside of values: S3 URIs, web addresses, paths.
    static let secretsInValues: [Row] = [
        Row("s3://my-bucket/\(keyID)/data.jsonl", .awsAccessKeyID, keyID),
        Row("s3://my-bucket/data/\(keyID)", .awsAccessKeyID, keyID),
        Row("s3://my-bucket/exports/\(temporaryID)/part-0.jsonl", .awsAccessKeyID, temporaryID),
        Row("s3://my-bucket/user_\(keyID)_data.jsonl", .awsAccessKeyID, keyID),
        Row("s3://my-bucket/a+\(keyID)+b.jsonl", .awsAccessKeyID, keyID),
        Row("s3://my-bucket/a%2F\(keyID)%2Fb.jsonl", .awsAccessKeyID, keyID),
        Row("/home/me/keys/\(keyID).csv", .awsAccessKeyID, keyID),
        Row("s3://\(keyID)@my-bucket/data.jsonl", .awsAccessKeyID, keyID),
        Row(
            "s3://\(keyID):\(secretKey)@my-bucket/data.jsonl",
            [(.awsAccessKeyID, keyID), (.awsSecretAccessKey, secretKey)]
        ),
        Row(
            "s3://my-bucket/\(keyID)/\(secretKey)/data.jsonl",
            [(.awsAccessKeyID, keyID), (.awsSecretAccessKey, secretKey)]
        ),
        Row(
            "s3://my-bucket/\(keyID)/\(secretKey)",
            [(.awsAccessKeyID, keyID), (.awsSecretAccessKey, secretKey)]
        ),
        Row("s3://my-bucket/\(sessionToken)", .awsSessionToken, sessionToken),
        Row("s3://my-bucket/tokens/\(gitHub)/x", .gitHubToken, gitHub),
        Row(
            "s3://my-bucket/tokens/hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567",
            .apiKey,
            "hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567"
        ),
        Row("s3://my-bucket/\(jwt)/x", .bearerToken, jwt),
        Row("s3://my-bucket/data.jsonl?aws_secret_access_key=\(secretKey)", .awsSecretAccessKey, secretKey),
        Row(
            "https://my-bucket.s3.amazonaws.com/data.jsonl?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\(keyID)"
                + "%2F20240101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20240101T000000Z&X-Amz-Expires=3600"
                + "&X-Amz-SignedHeaders=host&X-Amz-Security-Token=\(sessionToken)&X-Amz-Signature=\(signature)",
            [(.awsAccessKeyID, keyID), (.awsSessionToken, sessionToken), (.urlSignature, signature)]
        ),
        Row("https://my-bucket.s3.amazonaws.com/data.jsonl?X-Amz-Signature=\(signature)", .urlSignature, signature),
        Row("s3://my-bucket/data.jsonl?x-amz-signature=\(signature)", .urlSignature, signature),
        Row(
            "https://my-bucket.s3.amazonaws.com/d.jsonl?AWSAccessKeyId=\(keyID)&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D&Expires=1",
            [(.awsAccessKeyID, keyID), (.urlSignature, "vjbyPxybdZaNmGa%2ByT272YEAiv4%3D")]
        ),
        Row("s3://my-bucket/data.jsonl?token=q7Gx2LmP9vRz4TbW8nKd", .urlCredential, "q7Gx2LmP9vRz4TbW8nKd"),
        Row(
            "https://example.com/data.jsonl?v=1&access_token=q7Gx2Lm.P9vRz4TbW8nKd&x=y",
            .urlCredential,
            "q7Gx2Lm.P9vRz4TbW8nKd"
        ),
        Row("https://example.com/d#access_token=q7Gx2LmP9vRz4TbW8nKd", .urlCredential, "q7Gx2LmP9vRz4TbW8nKd"),
        Row("(https://example.com/d?api_key=q7Gx2LmP9vRz4TbW8nKd)", .urlCredential, "q7Gx2LmP9vRz4TbW8nKd"),
        Row("https://example.com/d?key=AIzaSyD3x7Kq9LmN2pRtVwXz4B6C8", .urlCredential, "AIzaSyD3x7Kq9LmN2pRtVwXz4B6C8"),
        Row("https://example.com/d?password=hunter22", .urlCredential, "hunter22"),
        Row("https://example.com/d?client_secret=3f9a0c-77", .urlCredential, "3f9a0c-77"),
        Row("https://me:hunter22@example.com/data.jsonl", .urlCredential, "hunter22"),
    ]

    @Test(arguments: secrets + secretsInValues)
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
        "s3://my-bucket/ASIAPACIFICSALESDATA/2024.jsonl",
        "s3://my-bucket/ASIAPACIFICSALES2024/train.jsonl",
        "s3://my-bucket/reports_ASIAPACIFICSALES2024_v2.jsonl",
        "s3://my-bucket/key=2024/token=abc123def456ghi789/part-0000.jsonl",
        "s3://my-bucket/wJalrXUtnFEMIbK7MDENGcbPxRfiCYEXAMPLEKEY/train.jsonl",
        "s3://my-bucket/runs/q7Gx2LmP9vRz4TbW8nKdA1b2C3d4E5f6G7h8J9k0/eval.jsonl",
        "s3://my-bucket/secret/AbCdEfGhIj0123456789KlMnOpQrStUvWxYz0123/train.jsonl",
        "s3://my-bucket/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/x.jsonl",
        "s3://my-bucket/data.jsonl?versionId=3HL4kqtJvjVBH40Nrjfkd7K9aBcDeFgH",
        "https://my-bucket.s3.amazonaws.com/data.jsonl?versionId=3HL4kqtJvjVBH40Nrjfkd7K9aBcDeFgH&partNumber=1",
        "https://s3.console.aws.amazon.com/s3/object/my-bucket?region=us-east-1&prefix=exports/2024/eval-final.jsonl",
        "https://example.com/d?key=exports/2024/eval-final-A1.jsonl",
        "https://example.com/d?key=evaluation2024data",
        "https://example.com/d?continuation-token=1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=",
        "https://example.com/d?token=none&signature=yes",
        "what does ?X-Amz-Signature= in a link mean, and ?password= too?",
        "https://example.com:8080/a@b/data.jsonl",
        "ssh://git@example.com:org/repo-2024.git",
        "does it cost more in a?b&c; the token count is 2,000 and the key is the prompt field",
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
        for row in Self.secrets + Self.secretsInValues {
            let redacted = SecretScan.redacted(row.text)
            #expect(redacted.contains("[removed: "), "\(row.text)")
            #expect(SecretScan.findAll(in: redacted).isEmpty, "\(redacted)")
        }
    }
}
