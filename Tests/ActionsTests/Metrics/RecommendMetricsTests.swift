import Actions
import Dialogue
import Foundation
import Intents
import Testing

struct RecommendMetricsTests {
    /// The table that comes with the flow.
    static let bundled: String? = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../prompts/model-evaluation/metrics.yaml").standardizedFileURL
        return try? String(contentsOf: url, encoding: .utf8)
    }()

    private func recommend(_ input: [String: Value], table: String? = bundled) async throws -> ActionResult {
        let world = World(aws: FakeAWS(), files: MemoryFiles()) { $0 == "metrics.yaml" ? table : nil }
        return try await runAction("recommend_metrics", of: MetricActions.all, input, in: world)
    }

    @Test(arguments: [
        (
            "Answer questions about our products", "question answering",
            ["Correctness", "Completeness", "Faithfulness", "Relevance"]
        ),
        ("MATH word problems", "question answering", ["Correctness", "Completeness", "Faithfulness", "Relevance"]),
        ("summarise support tickets", "summarization", ["Completeness", "Coherence", "Relevance"]),
        (
            "a helpful assistant for customers", "general assistance",
            ["Helpfulness", "Relevance", "FollowingInstructions"]
        ),
        ("refuse unsafe requests, moderation", "safety", ["Harmfulness", "Stereotyping", "Refusal"]),
        ("RAG over retrieved passages", "answers from given documents", ["Faithfulness", "Correctness", "Relevance"]),
        ("extract entities as JSON", "structured output", ["FollowingInstructions", "Correctness", "Completeness"]),
        ("draft emails to partners", "writing", ["ProfessionalStyleAndTone", "Coherence", "FollowingInstructions"]),
        ("mumble", "general assistance", ["Helpfulness", "Relevance", "FollowingInstructions"]),
        ("", "general assistance", ["Helpfulness", "Relevance", "FollowingInstructions"]),
        ("質問に答える", "general assistance", ["Helpfulness", "Relevance", "FollowingInstructions"]),
    ])
    func `the task's words decide`(_ task: String, _ kind: String, _ metrics: [String]) async throws {
        let result = try await recommend(["task": .text(task)])
        #expect(result.outcome == "recommended")
        #expect(result.values["kind"] == .text(kind))
        #expect(result.values["metrics"] == .list(metrics.map { .text($0) }))
        let reasons = result.values["reasons"]?.list ?? []
        #expect(reasons.map { $0.record?["name"]?.text } == metrics)
        #expect(reasons.allSatisfy { $0.record?["reason"]?.text?.isEmpty == false })
    }

    @Test func `the description of the data counts, but less than the task`() async throws {
        let data: Value = "SageMaker evaluation records with the fields question and answer"
        #expect(
            try await recommend(["task": "our model", "data_description": data]).values["kind"] == "question answering"
        )
        let summaries = try await recommend(["task": "Summaries", "data_description": "question*"])
        #expect(summaries.values["kind"] == "summarization")
    }

    @Test(arguments: [
        "SageMaker evaluation records with the fields query, response and category", "A JSON array of Verl records",
        "OpenAI messages records with the field messages", "Text that is not JSON Lines",
    ])
    func `what datasets are called says nothing about the task`(_ data: String) async throws {
        let result = try await recommend(["task": "our model", "data_description": .text(data)])
        #expect(result.values["kind"] == "general assistance")
    }

    @Test func `without reference answers the reason says how correctness is judged`() async throws {
        func reason(_ input: [String: Value]) async throws -> String? {
            try await recommend(input.merging(["task": "quiz"]) { $1 }).values["reasons"]?.list?.first?.record?[
                "reason"
            ]?.text
        }
        #expect(try await reason([:]) == "compares each answer with your reference answer")
        #expect(try await reason(["has_reference": true]) == "compares each answer with your reference answer")
        #expect(
            try await reason(["has_reference": false])
                == "judges each answer by the judge's own knowledge, for want of reference answers"
        )
    }

    @Test func `all eleven metrics can be chosen`() async throws {
        let all = try await recommend(["task": "a"]).values["all"]?.list ?? []
        #expect(
            all.compactMap { $0.record?["id"]?.text } == [
                "Correctness", "Completeness", "Faithfulness", "Helpfulness", "Coherence", "Relevance",
                "FollowingInstructions", "ProfessionalStyleAndTone", "Harmfulness", "Stereotyping", "Refusal",
            ]
        )
    }

    @Test(
        arguments: [
            (nil, "there is no metrics.yaml"), ("", "metrics.yaml: "), ("[", "metrics.yaml: "),
            ("version: 1", "metrics.yaml: "),
            ("{version: 2, metrics: [], default: a, kinds: []}", "version 2 is not known"),
            ("{version: 1, metrics: [], default: a, kinds: []}", "metrics are missing"),
            (
                "{version: 1, metrics: [{name: A, class: q, measures: m}], default: a, kinds: []}",
                "there is no kind “a”"
            ),
            (
                "{version: 1, metrics: [{name: A, class: q, measures: m}], default: a, kinds: [{name: a, title: t, keywords: [], metrics: []}]}",
                "the kind “a” has no metrics"
            ),
            (
                "{version: 1, metrics: [{name: A, class: q, measures: m}], default: a, kinds: [{name: a, title: t, keywords: [], metrics: [{name: B, reason: r}]}]}",
                "unknown metric “B”"
            ),
        ] as [(String?, String)]
    )
    func `a broken table is told, with the reason`(_ table: String?, _ detail: String) async throws {
        let result = try await recommend(["task": "a"], table: table)
        #expect(result.outcome == "table_broken")
        #expect(result.values["detail"]?.text?.contains(detail) == true, "\(result.values)")
    }
}
