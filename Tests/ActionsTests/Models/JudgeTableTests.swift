import Diagnostics
import Foundation
import Testing

@testable import Actions

@Suite("The table of judges")
struct JudgeTableTests {
    /// The bundled table, from the folder of the package.
    private func bundled() throws -> JudgeTable {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "prompts/model-evaluation/judges.yaml"), encoding: .utf8)
        return try JudgeTable(yaml: text, file: "judges.yaml")
    }

    @Test("the bundled table is read, with source and date")
    func readsBundledTable() throws {
        let table = try bundled()
        #expect(table.date == "2026-11-23")
        #expect(table.source.contains("sagemaker-train"))
        #expect(table.judges.count == 7)
        #expect(table.regions == ["ap-northeast-1", "eu-west-1", "us-east-1", "us-west-2"])
    }

    @Test(
        "each region has the judges of the bundled table, in its order",
        arguments: [
            (
                "us-east-1",
                ["Amazon Nova Pro", "Anthropic Claude 3.5 Sonnet v1", "Anthropic Claude 3 Haiku", "Mistral Large"]
            ),
            (
                "us-west-2",
                [
                    "Anthropic Claude 3.5 Sonnet v1", "Anthropic Claude 3.5 Sonnet v2", "Anthropic Claude 3 Haiku",
                    "Anthropic Claude 3.5 Haiku", "Meta Llama 3.1 70B Instruct", "Mistral Large",
                ]
            ),
            ("ap-northeast-1", ["Anthropic Claude 3.5 Sonnet v1", "Anthropic Claude 3 Haiku"]),
            ("eu-west-1", ["Anthropic Claude 3 Haiku", "Mistral Large"]),
            ("eu-central-1", []),
        ]
    )
    func listsByRegion(region: String, names: [String]) throws {
        #expect(try bundled().judges(in: region).map(\.name) == names)
    }

    @Test(
        "what is wrong is told with its place",
        arguments: [
            (
                "judges: []",
                "j.yaml:1:1: error: a table of judges needs 'source'\nj.yaml:1:1: error: a table of judges needs 'date'"
            ),
            ("source: a\ndate: b", "j.yaml:1:1: error: a table of judges needs 'judges'"),
            ("source: a\ndate: b\njudges: 3", "j.yaml:3:9: error: 'judges' of a table of judges is a list"),
            ("source: a\ndate: b\njudges: [x]", "j.yaml:3:10: error: a judge is written as 'key: value' lines"),
            ("source: a\ndate: b\njudges: []\nbest: x", "j.yaml:4:1: error: a table of judges has no field 'best'"),
            ("source: a\ndate: b\njudges:\n  - {id: i, name: n}", "j.yaml:4:5: error: a judge needs 'regions'"),
            (
                "source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: []}",
                "j.yaml:4:31: error: 'regions' of a judge is empty"
            ),
            (
                "source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: [us-east]}",
                "j.yaml:4:32: error: 'us-east' is no region"
            ),
            (
                "source: a\ndate: b\njudges:\n  - {id: 'a b', name: n, regions: [us-east-1]}",
                "j.yaml:4:10: error: 'a b' is no model id"
            ),
            (
                "source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: [us-east-1]}\n  - {id: i, name: m, regions: [us-east-1]}",
                "j.yaml:5:5: error: the judge 'i' stands twice"
            ),
            (
                "source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: [us-east-1]}\n  - {id: k, name: N, regions: [us-east-1]}",
                "j.yaml:5:5: error: two judges are named 'N'"
            ),
            ("source: a\ndate: b\nsource: c", "has a key twice: source"),
        ]
    )
    func tellsWhatIsWrong(yaml: String, message: String) throws {
        let error = try #require(throws: DiagnosticsError.self) { try JudgeTable(yaml: yaml, file: "j.yaml") }
        #expect(error.description.contains(message), "\(error)")
    }
}
