import AWS
import Intents
import Testing

struct S3URITests {
    struct GoodRow: Sendable, CustomTestStringConvertible {
        var text: String
        var bucket: String
        var key: String
        var isPrefix: Bool
        init(_ text: String, _ bucket: String, _ key: String, isPrefix: Bool = false) {
            self.text = text
            self.bucket = bucket
            self.key = key
            self.isPrefix = isPrefix
        }
        var testDescription: String { text }
    }

    @Test(arguments: [
        GoodRow("s3://my-bucket/data.jsonl", "my-bucket", "data.jsonl"),
        GoodRow("s3://my-bucket", "my-bucket", "", isPrefix: true),
        GoodRow("s3://my-bucket/", "my-bucket", "", isPrefix: true),
        GoodRow("s3://my-bucket/a/b/", "my-bucket", "a/b/", isPrefix: true),
        GoodRow("s3://my.bucket.1/größe/👍.json", "my.bucket.1", "größe/👍.json"),
        GoodRow("s3://my-bucket/a b/c d.jsonl", "my-bucket", "a b/c d.jsonl"),
        GoodRow("s3://my-bucket//a", "my-bucket", "/a"),
        GoodRow("s3://my-bucket/it's(1).json", "my-bucket", "it's(1).json"),
        GoodRow("s3://abc/k=v/x+y&z", "abc", "k=v/x+y&z"),
        GoodRow("s3://1.2.3/x", "1.2.3", "x"),
        GoodRow("s3://\(String(repeating: "b", count: 63))/x", String(repeating: "b", count: 63), "x"),
    ])
    func `a URI gives bucket and key`(row: GoodRow) throws {
        let uri = try S3URI(parsing: row.text)
        #expect(uri.bucket == row.bucket)
        #expect(uri.key == row.key)
        #expect(uri.isPrefix == row.isPrefix)
        #expect(uri.warnings.isEmpty)
        #expect(try S3URI(parsing: uri.description) == uri)
    }

    @Test(arguments: [
        ProblemRow("", .empty),
        ProblemRow("bucket/key", .malformed, says: "s3://", suggestion: "s3://bucket/key"),
        ProblemRow("s3://", .empty, says: "bucket"),
        ProblemRow("S3://my-bucket/Data.jsonl", .wrongCase, suggestion: "s3://my-bucket/Data.jsonl"),
        ProblemRow("s3:/my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow("s3:///my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow("s3:my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow("s3//my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow("s3a://my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow("s3n://my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow("s3:\\\\my-bucket/x", .wrongForm, suggestion: "s3://my-bucket/x"),
        ProblemRow(
            "https://my-bucket.s3.us-west-2.amazonaws.com/a/b.jsonl",
            .wrongForm,
            says: "web address",
            suggestion: "s3://my-bucket/a/b.jsonl"
        ),
        ProblemRow("https://my-bucket.s3.amazonaws.com/a", .wrongForm, suggestion: "s3://my-bucket/a"),
        ProblemRow("https://my.bucket.s3.amazonaws.com/a", .wrongForm, suggestion: "s3://my.bucket/a"),
        ProblemRow("http://my-bucket.s3-eu-west-1.amazonaws.com/a", .wrongForm, suggestion: "s3://my-bucket/a"),
        ProblemRow(
            "https://my-bucket.s3.dualstack.eu-west-1.amazonaws.com/a",
            .wrongForm,
            suggestion: "s3://my-bucket/a"
        ),
        ProblemRow("https://my-bucket.s3.cn-north-1.amazonaws.com.cn/a", .wrongForm, suggestion: "s3://my-bucket/a"),
        ProblemRow("https://s3.us-west-2.amazonaws.com/my-bucket/a/b", .wrongForm, suggestion: "s3://my-bucket/a/b"),
        ProblemRow("https://s3.amazonaws.com/my-bucket", .wrongForm, suggestion: "s3://my-bucket"),
        ProblemRow("https://s3-us-west-2.amazonaws.com/my-bucket/a", .wrongForm, suggestion: "s3://my-bucket/a"),
        ProblemRow(
            "https://my-bucket.s3.us-west-2.amazonaws.com/a%20b/%C3%A9.json?X-Amz-Date=1#x",
            .wrongForm,
            suggestion: "s3://my-bucket/a b/é.json"
        ),
        ProblemRow(
            "https://s3.console.aws.amazon.com/s3/object/my-bucket?region=us-west-2&prefix=a/b+c.jsonl",
            .wrongForm,
            suggestion: "s3://my-bucket/a/b c.jsonl"
        ),
        ProblemRow(
            "https://us-west-2.console.aws.amazon.com/s3/object/my-bucket?prefix=a%2Fb.jsonl",
            .wrongForm,
            suggestion: "s3://my-bucket/a/b.jsonl"
        ),
        ProblemRow(
            "https://s3.console.aws.amazon.com/s3/buckets/my-bucket?prefix=folder/&region=x",
            .wrongForm,
            suggestion: "s3://my-bucket/folder/"
        ),
        ProblemRow("https://s3.console.aws.amazon.com/s3/buckets/my-bucket", .wrongForm, suggestion: "s3://my-bucket/"),
        ProblemRow(
            "https://s3.console.aws.amazon.com/s3/object/my-bucket/a/b",
            .wrongForm,
            suggestion: "s3://my-bucket/a/b"
        ),
        ProblemRow("https://example.com/my-bucket/a", .wrongForm, says: "web address"),
        ProblemRow("https://my-bucket.s3.us-west-2.amazonaws.com/%ZZ", .wrongForm),
        ProblemRow("https://evil-s3.amazonaws.com.example.org/b/k", .wrongForm),
        ProblemRow("arn:aws:s3:::my-bucket/key", .wrongForm, says: "ARN", suggestion: "s3://my-bucket/key"),
        ProblemRow("arn:aws:s3:::my-bucket", .wrongForm, suggestion: "s3://my-bucket"),
        ProblemRow("arn:aws:iam::123456789012:role/r", .wrongForm),
        ProblemRow("s3://My-Bucket/Key", .wrongCase, says: "lower case", suggestion: "s3://my-bucket/Key"),
        ProblemRow("S3://My-Bucket/Key", .wrongCase, suggestion: "s3://my-bucket/Key"),
        ProblemRow("s3://AB/k", .wrongCase),
        ProblemRow("s3://my_bucket/k", .forbiddenCharacter, says: "'_'", suggestion: "s3://my-bucket/k"),
        ProblemRow("s3://my bucket/k", .forbiddenCharacter, says: "a space", suggestion: "s3://my-bucket/k"),
        ProblemRow("s3://bücket/k", .forbiddenCharacter, says: "'ü'"),
        ProblemRow("s3://my-bucket:80/k", .forbiddenCharacter, says: "':'"),
        ProblemRow("s3://ab/k", .wrongLength, says: "has 2"),
        ProblemRow("s3://\(String(repeating: "b", count: 64))/k", .wrongLength, says: "has 64"),
        ProblemRow("s3://-bucket/k", .wrongBucket, suggestion: "s3://bucket/k"),
        ProblemRow("s3://bucket-/k", .wrongBucket, suggestion: "s3://bucket/k"),
        ProblemRow("s3://.bucket/k", .wrongBucket, suggestion: "s3://bucket/k"),
        ProblemRow("s3://my..bucket/k", .wrongBucket, says: "two periods", suggestion: "s3://my.bucket/k"),
        ProblemRow("s3://192.168.5.4/k", .wrongBucket, says: "IP address"),
        ProblemRow("s3://my-bucket/a\nb", .forbiddenCharacter, says: "U+000A"),
        ProblemRow("s3://my-bucket/a\u{0}", .forbiddenCharacter, says: "U+0000"),
        ProblemRow("s3://my-bucket/" + String(repeating: "k", count: 1_024), .wrongLength, says: "1024"),
    ])
    func `a near miss says what is wrong and offers a good form`(row: ProblemRow) throws {
        try row.check(S3URI.self)
    }

    @Test(arguments: [
        ("amzn-s3-demo-bucket", "examples"), ("xn--bucket", "xn--"), ("sthree-x", "sthree-"),
        ("my-s3alias", "-s3alias"), ("my--ol-s3", "--ol-s3"), ("my.mrap", ".mrap"), ("my--usw2-az1--x-s3", "--x-s3"),
        ("my--table-s3", "--table-s3"),
    ])
    func `a reserved name is a warning and no error`(bucket: String, says: String) throws {
        let uri = try S3URI(parsing: "s3://\(bucket)/k")
        #expect(uri.warnings.map(\.code) == [.reservedName])
        #expect(uri.warnings.first?.message.contains(says) == true)
    }

    @Test(arguments: [
        ("s3://my-bucket", nil),
        ("s3://my-bucket/", nil),
        ("s3://my-bucket/out/2024_1/", nil),
        ("s3://my-bucket/A!-_*'().z", nil),
        ("s3://my-bucket/a b/c", "s3://my-bucket/a-b/c"),
        ("s3://my-bucket/dt=2024/", "s3://my-bucket/dt-2024/"),
        ("s3://my-bucket/a//b", "s3://my-bucket/a/b"),
        ("s3://my-bucket//a/", "s3://my-bucket/a/"),
        ("s3://my-bucket//", "s3://my-bucket/"),
        ("s3://my-bucket/é", "s3://my-bucket/--"),
    ])
    func `an output location must suit Bedrock`(text: String, suggestion: String?) throws {
        let problem = try S3URI(parsing: text).outputProblem
        #expect(problem?.suggestion == suggestion)
        #expect((problem == nil) == (suggestion == nil))
        if let suggestion {
            #expect(problem?.code == .notForOutput)
            #expect(try S3URI(parsing: suggestion).outputProblem == nil)
        }
    }

    static let uri = "s3://my-bucket/data/train.jsonl"

    @Test(arguments: [
        FindingRow("it's \(uri), thanks.", uri),
        FindingRow("(\(uri)).", uri),
        FindingRow("`\(uri)`", uri),
        FindingRow("<\(uri)>", uri),
        FindingRow("\"\(uri)\"!", uri),
        FindingRow("path=\(uri)", uri),
        FindingRow("uri:\(uri)?", uri),
        FindingRow("**\(uri)**", uri),
        FindingRow("_\(uri)_", uri),
        FindingRow("\(uri)\n", uri),
        FindingRow("\(uri)\u{2026}", uri),
        FindingRow("\(uri)\u{3002}", uri),
        FindingRow("a \(uri)\u{A0}b", uri),
        FindingRow("\(uri),s3://other/x", uri, "s3://other/x"),
        FindingRow("\(uri) and s3://other/y/.", uri, "s3://other/y/"),
        FindingRow("{\"uri\": \"\(uri)\"}", uri),
        FindingRow("s3://my-bucket/f(1).json", "s3://my-bucket/f(1).json"),
        FindingRow("s3://my-bucket is it", "s3://my-bucket/ «s3://my-bucket»"),
        FindingRow("use 's3://my-bucket/my data.jsonl' now", "s3://my-bucket/my data.jsonl"),
        FindingRow("use `s3://my-bucket/my data.jsonl` now", "s3://my-bucket/my data.jsonl"),
        FindingRow("s3://my-bucket/my data.jsonl", "s3://my-bucket/my data.jsonl"),
        FindingRow("s3://my-bucket/my data/the file.jsonl.", "s3://my-bucket/my data/the file.jsonl"),
        FindingRow("s3://my-bucket/prefix and the file is x.jsonl", "s3://my-bucket/prefix"),
        FindingRow("s3://my-bucket/prefix/ or x.jsonl", "s3://my-bucket/prefix/"),
        FindingRow("s3://my-bucket/a.jsonl b.jsonl", "s3://my-bucket/a.jsonl"),
        FindingRow("s3://my-bucket/x or ./y.jsonl", "s3://my-bucket/x"),
        FindingRow("it's s3://my-bucket/it's.json", "s3://my-bucket/it's.json"),
        FindingRow("S3://my-bucket/x", "!wrongCase «S3://my-bucket/x» -> s3://my-bucket/x"),
        FindingRow("look in s3:/my-bucket/x.", "!wrongForm «s3:/my-bucket/x» -> s3://my-bucket/x"),
        FindingRow("s3://my_bucket/x", "!forbiddenCharacter «s3://my_bucket/x» -> s3://my-bucket/x"),
        FindingRow(
            "at https://my-bucket.s3.us-west-2.amazonaws.com/x.",
            "!wrongForm «https://my-bucket.s3.us-west-2.amazonaws.com/x» -> s3://my-bucket/x"
        ),
        FindingRow("arn:aws:s3:::my-bucket/x!", "!wrongForm «arn:aws:s3:::my-bucket/x» -> s3://my-bucket/x"),
        FindingRow("arn:aws:sagemaker:us-west-2:123456789012:model/m"),
        FindingRow("give it s3:GetObject and s3:PutObject"),
        FindingRow("data on s3: the usual"),
        FindingRow("which s3:// path?"),
        FindingRow("docs at https://docs.aws.amazon.com/s3/index.html"),
        FindingRow("my-s3://x/y"),
        FindingRow("I use S3"),
        FindingRow("and/or"),
        FindingRow(""),
        FindingRow("s3://"),
        FindingRow("s3:///"),
    ])
    func `URIs are found in sentences without what stands around them`(row: FindingRow) {
        #expect(summary(of: S3URI.findAll(in: row.text), in: row.text) == row.found)
    }
}
