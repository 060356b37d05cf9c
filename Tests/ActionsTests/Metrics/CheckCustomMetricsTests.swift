import Actions
import Dialogue
import Intents
import Testing

struct CheckCustomMetricsTests {
    static let instructions =
        "You are a careful reader. Judge whether the response keeps to the tone that a customer would expect from us. Prompt: {{prompt}} Response: {{prediction}} Reference: {{ground_truth}}"

    static func metric(
        _ name: String = "tone",
        _ instructions: String = instructions,
        scale: String? =
            #"[{"definition":"Good","value":{"floatValue":1}},{"definition":"Bad","value":{"floatValue":0.5}}]"#
    ) -> String {
        let scale = scale.map { #","ratingScale":\#($0)"# } ?? ""
        return
            #"{"customMetricDefinition":{"name":"\#(name)","instructions":\#(JSON.string(instructions).compactText)\#(scale)}}"#
    }

    private func check(_ json: String, files: MemoryFiles = MemoryFiles()) async throws -> ActionResult {
        try await run(["json": .text(json)], files)
    }

    private func run(_ input: [String: Value], _ files: MemoryFiles) async throws -> ActionResult {
        let world = World(aws: FakeAWS(), files: files) { _ in RecommendMetricsTests.bundled }
        return try await runAction("check_custom_metrics", of: MetricActions.all, input, in: world)
    }

    private func texts(_ result: ActionResult, _ name: String) -> [String] {
        (result.values[name]?.list ?? []).compactMap(\.text)
    }

    @Test func `good metrics are valid and get their stored form`() async throws {
        let result = try await check("[\(Self.metric()), \(Self.metric("b.2_c-D"))]")
        #expect(result.outcome == "valid", "\(result.values)")
        #expect(result.values["count"] == 2)
        #expect(result.values["names"] == ["tone", "b.2_c-D"])
        #expect(result.values["problems"] == [])
        #expect(result.values["warnings"] == [])
        let json = try #require(result.values["json"]?.text)
        #expect(json.hasPrefix("[\n  {\n    \"customMetricDefinition\": {\n      \"name\": \"tone\",\n"))
        #expect(json.hasSuffix("]\n"))
        #expect(try await check(json).values["json"] == .text(json))
    }

    @Test func `reads a file that the user names, anywhere`() async throws {
        let json = "[\(Self.metric())]"
        let files = MemoryFiles(files: ["m.json": "\u{FEFF}" + json], userFiles: ["/home/me/m.json": json])
        for path in ["m.json", "/home/me/m.json"] {
            #expect(try await run(["path": .text(path)], files).outcome == "valid")
        }
    }

    @Test(arguments: FileFailure.Kind.allCases)
    func `a file that cannot be read has its outcome`(_ kind: FileFailure.Kind) async throws {
        let files = MemoryFiles()
        files.fail("m.json", with: kind)
        #expect(try await run(["path": "m.json"], files).outcome == kind.rawValue)
    }

    @Test func `a code fence is taken off and lines keep their numbers`() async throws {
        #expect(try await check("```json\n[\(Self.metric())]\n```\n").outcome == "valid")
        let broken = try await check("\n```json\n[\n  oops]\n```")
        #expect(broken.outcome == "not_json")
        #expect(broken.values["detail"] == "4:3: expected a value")
    }

    @Test(arguments: [
        ("", "empty", "nothing"), (" \n", "empty", "nothing"), ("[]", "empty", "no metrics"),
        ("```json\n```", "empty", "nothing"),
        ("[", "not_json", "1:2: it ends where a value should stand"),
        ("[{'a': 1}]", "not_json", "1:3: expected a key in double quotes"),
        ("[{“a”: 1}]", "not_json", "typographic quotes"),
        ("measure the tone please", "not_json", "1:1: expected a value"),
        ("{}", "not_array", "an object where a list is needed"), ("3", "not_array", "a number"),
        (metric(), "not_array", "put [ and ] around it"),
    ])
    func `what is no list of metrics has its outcome`(_ json: String, _ outcome: String, _ detail: String) async throws
    {
        let result = try await check(json)
        #expect(result.outcome == outcome)
        #expect(result.values["detail"]?.text?.contains(detail) == true, "\(result.values)")
    }

    @Test func `too many metrics are counted, and their problems told too`() async throws {
        let metrics = (1...11).map { Self.metric("m\($0)") }
        let result = try await check("[\(metrics.joined(separator: ",")), 1]")
        #expect(result.outcome == "too_many")
        #expect(result.values["count"] == 12)
        #expect(
            texts(result, "problems") == [
                "metric 12 is a number where an object is needed", "12 metrics; a job takes at most 10",
            ]
        )
        #expect(try await check("[\(metrics.dropLast().joined(separator: ","))]").outcome == "valid")
    }

    @Test func `all problems are told at once, each with number and name`() async throws {
        let result = try await check(
            #"[1, {"name":"a"}, {"customMetricDefinition":[]}, {"customMetricDefinition":{}}, \#(Self.metric("bad name!", "short", scale: "[]"))]"#
        )
        #expect(result.outcome == "invalid")
        #expect(
            texts(result, "problems") == [
                "metric 1 is a number where an object is needed",
                "metric 2 has no “customMetricDefinition”; put its fields inside that",
                "metric 3: “customMetricDefinition” is an array where an object is needed",
                "metric 4: “name” is missing", "metric 4: “instructions” is missing",
                "metric 5 (“bad name!”): “name” may hold only letters a–z and A–Z, digits, “-”, “_” and “.”",
                "metric 5 (“bad name!”): “instructions” need {{prompt}} or {{prediction}}, written exactly so",
                "metric 5 (“bad name!”): “ratingScale” is empty; leave it out or give 1 to 10 ratings",
            ]
        )
        #expect(result.values["json"] == nil)
    }

    @Test(
        arguments: [
            (String(repeating: "n", count: 63), nil),
            (String(repeating: "n", count: 64), "“name” has 64 characters; at most 63 are allowed"),
            ("", "“name” is empty"), ("é", "“name” may hold only"), ("a b", "“name” may hold only"),
        ] as [(String, String?)]
    )
    func `names keep to their limits`(_ name: String, _ problem: String?) async throws {
        let result = try await check("[\(Self.metric(name))]")
        #expect((result.outcome == "invalid") == (problem != nil))
        if let problem { #expect(texts(result, "problems").first?.contains(problem) == true) }
    }

    @Test(arguments: [
        ("{{ prompt }}", "“{{ prompt }}” is no variable; write {{prompt}}"),
        ("{prediction}", "“{prediction}” is no variable; write {{prediction}}"),
        ("{{Prompt}}", "write {{prompt}}"), ("{{response}}", "write {{prediction}}"),
        ("{{question}}", "write {{prompt}}"),
        ("{{{prompt}}}", "“{{{prompt}}}” is no variable; write {{prompt}}"), ("{{prompt}", "write {{prompt}}"),
        ("{{ground_truth}}", "need {{prompt}} or {{prediction}}"),
        ("{{model response}}", "write {{prediction}}"),
    ])
    func `near misses of variables are named with what is meant`(_ text: String, _ problem: String) async throws {
        let result = try await check("[\(Self.metric("tone", "Judge the tone. \(text)"))]")
        #expect(result.outcome == "invalid")
        #expect(texts(result, "problems").contains { $0.contains(problem) }, "\(texts(result, "problems"))")
    }

    @Test(arguments: [
        ("{{ground truth}}", "invalid"), ("{{reference}}", "invalid"), ("{prompt}", "valid_with_warnings"),
        ("{{other}}", "valid_with_warnings"),
        (#"{"score": 1}"#, "valid"), ("{", "valid"), ("}}", "valid"), ("{}", "valid"), ("{{}}", "valid"),
    ])
    func `beside right variables only a clear slip is a problem`(_ text: String, _ outcome: String) async throws {
        let result = try await check("[\(Self.metric("tone", text + " " + Self.instructions))]")
        #expect(result.outcome == outcome, "\(result.values)")
    }

    @Test(arguments: [
        (metric("tone", "Judge. {{prompt}} {{prediction}} {{ground_truth}}"), "1 word; the judge needs at least 15"),
        (
            metric("tone", "{{prompt}} {{prediction}} {{ground_truth}} " + String(repeating: "word ", count: 25)),
            "the variables should come last"
        ),
        (metric(scale: nil), "without a rating scale"), (metric("Correctness"), "the name of a built-in metric"),
        (metric("builtin.Mine"), "the name of a built-in metric"),
        (metric("tone", instructions.replacing("{{ground_truth}}", with: "")), "without {{ground_truth}}"),
        (metric("tone", instructions.replacing("{{prediction}}", with: "")), "without {{prediction}}"),
        (metric().replacing(#""name""#, with: #""extra":1,"name""#), "the key “extra” is unknown"),
        (
            metric(
                scale: #"[{"definition":"a","value":{"floatValue":1}},{"definition":"b","value":{"floatValue":1}}]"#
            ), "the same value twice"
        ),
        (metric("a") + "," + metric("A"), "differs from another only in case"),
    ])
    func `what weakens results is a warning`(_ metric: String, _ warning: String) async throws {
        let result = try await check("[\(metric)]")
        #expect(result.outcome == "valid_with_warnings", "\(result.values)")
        #expect(texts(result, "warnings").contains { $0.contains(warning) }, "\(texts(result, "warnings"))")
        #expect(texts(result, "warnings").count == 1)
        #expect(result.values["json"] != nil)
    }

    @Test func `a name given twice is a problem`() async throws {
        let result = try await check("[\(Self.metric()),\(Self.metric())]")
        #expect(texts(result, "problems") == ["the name “tone” is given twice"])
    }

    @Test(arguments: [
        ("{}", "“ratingScale” is an object where a list is needed"), ("[1]", "rating 1 is a number"),
        ("[{}]", "“rating 1: definition” is missing"),
        ("[{\"definition\":\"a\"}]", "rating 1 needs a “value”"),
        ("[{\"definition\":\"a\",\"value\":{}}]", "needs “floatValue” or “stringValue”"),
        (#"[{"definition":"a","value":{"floatValue":"1"}}]"#, "“floatValue” is a string where a number is needed"),
        (#"[{"definition":"a","value":{"floatValue":1,"stringValue":"b"}}]"#, "has both"),
        (
            #"[{"definition":"a","value":{"floatValue":1}},{"definition":"b","value":{"stringValue":"b"}}]"#,
            "mixes numbers and texts"
        ),
        (#"[{"definition":"a","value":{"stringValue":""}}]"#, "“rating 1: stringValue” is empty"),
        (#"[{"definition":" ","value":{"stringValue":"b"}}]"#, "“rating 1: definition” is empty"),
        (
            #"[{"definition":"\#(String(repeating: "d", count: 101))","value":{"stringValue":"b"}}]"#,
            "has 101 characters; at most 100"
        ),
        (
            "[" + Array(repeating: #"{"definition":"a","value":{"floatValue":1}}"#, count: 11).joined(separator: ",")
                + "]", "has 11 ratings; at most 10"
        ),
    ])
    func `rating scales keep to their limits`(_ scale: String, _ problem: String) async throws {
        let result = try await check("[\(Self.metric(scale: scale))]")
        #expect(result.outcome == "invalid")
        #expect(texts(result, "problems").contains { $0.contains(problem) }, "\(texts(result, "problems"))")
    }

    @Test(arguments: [
        ("   ", "is empty"), ("{{prompt}} {{prediction}}!", "say nothing but variables"),
        (String(repeating: "é", count: 4990) + " {{prompt}}", "has 5001 characters; at most 5000"),
    ])
    func `instructions keep to their limits`(_ text: String, _ problem: String) async throws {
        let result = try await check("[\(Self.metric("tone", text))]")
        #expect(result.outcome == "invalid")
        #expect(texts(result, "problems").contains { $0.contains(problem) }, "\(texts(result, "problems"))")
    }

    @Test func `a key given twice is stored once, the later one`() async throws {
        let json = Self.metric().replacing(#""name":"tone""#, with: #""name":"x","name":"tone""#)
        let result = try await check("[\(json)]")
        #expect(result.values["names"] == ["tone"])
        #expect(result.values["json"]?.text?.contains("\"x\"") == false)
    }
}
