import Actions
import Dialogue
import Intents
import Testing

struct ComposeCustomMetricTests {
    private func compose(_ changes: [String: Value]) async throws -> ActionResult {
        let input: [String: Value] = [
            "name": " tone ",
            "task": "Judge whether the response is as polite and as brief as a good colleague's answer would be.",
            "scale": "1-5", "variables": ["{{prediction}}", "prompt", "ground_truth"],
        ]
        let world = World(aws: FakeAWS(), files: MemoryFiles()) { _ in RecommendMetricsTests.bundled }
        return try await runAction(
            "compose_custom_metric",
            of: MetricActions.all,
            input.merging(changes) { $1 },
            in: world
        )
    }

    private func definition(_ result: ActionResult, at index: Int = 0) throws -> JSON {
        let json = try #require(result.values["json"]?.text)
        let metrics = try #require(try JSONParser.parse(Array(json.utf8)).array)
        return try #require(metrics[index]["customMetricDefinition"])
    }

    @Test func `role, task, criterion and variables stand in this order`() async throws {
        let result = try await compose(["role": "You are an editor.", "criterion": " Score 5 only without any slip. "])
        #expect(result.outcome == "composed")
        #expect(result.values["warnings"] == [])
        let definition = try definition(result)
        #expect(definition["name"] == "tone")
        #expect(
            definition["instructions"]?.string == """
                You are an editor.

                Judge whether the response is as polite and as brief as a good colleague's answer would be.

                Score 5 only without any slip.

                Prompt: {{prompt}}
                Response: {{prediction}}
                Reference answer: {{ground_truth}}
                """
        )
    }

    @Test(arguments: [
        ("1-5", [("Very poor", "1"), ("Poor", "2"), ("Fair", "3"), ("Good", "4"), ("Very good", "5")]),
        ("1 – 3", [("Very poor", "1"), ("Fair", "2"), ("Very good", "3")]),
        ("0 to 1", [("Not met", "0"), ("Met", "1")]),
        ("yes/no", [("The criterion is met", "yes"), ("The criterion is not met", "no")]),
        ("good, so-so, bad", [("good", "good"), ("so-so", "so-so"), ("bad", "bad")]),
        ("full: no slip; none: many slips, or rude", [("no slip", "full"), ("many slips, or rude", "none")]),
    ])
    func `scales are read as people say them`(_ text: String, _ ratings: [(String, String)]) async throws {
        let scale = try definition(try await compose(["scale": .text(text)]))["ratingScale"]?.array ?? []
        #expect(scale.compactMap { $0["definition"]?.string } == ratings.map(\.0))
        let values = scale.map { rating -> String in
            if case .number(let digits)? = rating["value"]?["floatValue"] {
                digits
            } else {
                rating["value"]?["stringValue"]?.string ?? ""
            }
        }
        #expect(values == ratings.map(\.1))
    }

    @Test(arguments: ["none", "None", ""])
    func `a metric may have no scale`(_ text: String) async throws {
        let result = try await compose(["scale": .text(text)])
        #expect(try definition(result)["ratingScale"] == nil)
        #expect(result.values["warnings"]?.list?.count == 1)
    }

    @Test func `adds to the metrics there are`() async throws {
        let first = try #require(try await compose([:]).values["json"]?.text)
        let result = try await compose(["existing": .text(first), "name": "brevity"])
        #expect(try definition(result, at: 0)["name"] == "tone")
        #expect(try definition(result, at: 1)["name"] == "brevity")
        #expect(try await compose(["existing": "[]"]).outcome == "composed")
    }

    @Test(
        arguments: [
            (["name": "a b"], "“name” may hold only"),
            (["scale": "0-10"], "a scale from 0 to 10 does not have 2 to 10 ratings"),
            (["scale": "5-1"], "a scale from 5 to 1"), (["scale": "often"], "“often” is no scale"),
            (["scale": "1-99999999999999999999"], "no scale"),
            (["variables": []], "need {{prompt}} or {{prediction}}"),
            (["variables": ["answer"]], "“answer” is no variable; known are prompt, prediction and ground_truth"),
            (["existing": "{"], "the metrics so far cannot be read: 1:2"),
            (["task": "Judge {{ prompt }}."], "write {{prompt}}"),
        ] as [([String: Value], String)]
    )
    func `what cannot be built is told`(_ changes: [String: Value], _ problem: String) async throws {
        let result = try await compose(changes)
        #expect(result.outcome == "invalid")
        let problems = (result.values["problems"]?.list ?? []).compactMap(\.text)
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }
}
