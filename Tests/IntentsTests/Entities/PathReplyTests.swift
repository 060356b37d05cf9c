import Intents
import Testing

struct PathReplyTests {
    @Test(arguments: [
        ("/data/x", PathReply.Base.root), ("~/x", .home), ("~", .home), ("./x", .workingDirectory),
        ("a b.json", .workingDirectory), ("~user/x", .workingDirectory), ("größe.json", .workingDirectory),
    ])
    func `a path says where it begins`(text: String, base: PathReply.Base) throws {
        let path = try PathReply(parsing: text)
        #expect(path.path == text)
        #expect(path.base == base)
    }

    @Test(arguments: [
        ProblemRow("", .empty),
        ProblemRow("  ", .empty),
        ProblemRow("/a\u{0}b", .forbiddenCharacter, says: "U+0000"),
        ProblemRow("/a\nb", .forbiddenCharacter, says: "U+000A"),
        ProblemRow("/a\u{1B}[31m", .forbiddenCharacter, says: "U+001B"),
        ProblemRow("/a\u{85}b", .forbiddenCharacter, says: "U+0085"),
        ProblemRow("s3://bucket/key", .wrongForm),
        ProblemRow("https://example.com/x.json", .wrongForm),
        ProblemRow("file:///data/x.json", .wrongForm, suggestion: "/data/x.json"),
        ProblemRow("file://host/x", .wrongForm),
        ProblemRow(String(repeating: "a", count: 4_097), .wrongLength, says: "4096"),
    ])
    func `what cannot be a path is refused`(row: ProblemRow) throws {
        try row.check(PathReply.self)
    }

    @Test(arguments: [
        FindingRow("/data/metrics.json", "/data/metrics.json"),
        FindingRow("it's in /data/metrics.json, I think.", "/data/metrics.json"),
        FindingRow("~/metrics.json!", "~/metrics.json"),
        FindingRow("(./out)", "./out"),
        FindingRow("../x/y", "../x/y"),
        FindingRow("metrics.json", "metrics.json"),
        FindingRow("the file custom_metrics.json please", "custom_metrics.json"),
        FindingRow("data/metrics.jsonl", "data/metrics.jsonl"),
        FindingRow("`my metrics.json`", "my metrics.json"),
        FindingRow("use \"/data/my files/x.json\".", "/data/my files/x.json"),
        FindingRow("path=/data/x", "/data/x"),
        FindingRow("a.json and b.json", "a.json", "b.json"),
        FindingRow("/etc/hosts", "/etc/hosts"),
        FindingRow("file:///data/x.json", "!wrongForm «file:///data/x.json» -> /data/x.json"),
        FindingRow("\"/a\u{7}/b\"", "!forbiddenCharacter «/a\u{7}/b»"),
        FindingRow("/help"),
        FindingRow("yes and/or no"),
        FindingRow("1/2"),
        FindingRow("3.5"),
        FindingRow("e.g. this"),
        FindingRow("see example.com"),
        FindingRow("claude-3.5-sonnet"),
        FindingRow("s3://bucket/x.json"),
        FindingRow("https://example.com/x.json"),
        FindingRow("arn:aws:s3:::bucket/x.json"),
        FindingRow("~"),
        FindingRow("/"),
        FindingRow("."),
        FindingRow("..."),
        FindingRow(""),
    ])
    func `paths are found in sentences`(row: FindingRow) {
        #expect(summary(of: PathReply.findAll(in: row.text), in: row.text) == row.found)
    }
}
