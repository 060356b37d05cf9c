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
            ("judges: []", "j.yaml:1:1: 'source' is missing\nj.yaml:1:1: 'date' is missing"),
            ("source: a\ndate: b", "j.yaml:1:1: 'judges' is missing"),
            ("source: a\ndate: b\njudges: 3", "j.yaml:3:9: 'judges' must be a list"),
            ("source: a\ndate: b\njudges: [x]", "j.yaml:3:10: a judge must be a mapping with 'id', 'name', 'regions'"),
            ("source: a\ndate: b\njudges: []\nbest: x", "j.yaml:4:1: a table of judges has no 'best'"),
            ("source: a\ndate: b\njudges:\n  - {id: i, name: n}", "j.yaml:4:5: 'regions' is missing"),
            ("source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: []}", "j.yaml:4:31: 'regions' is empty"),
            (
                "source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: [us-east]}",
                "j.yaml:4:32: 'us-east' is no region"
            ),
            (
                "source: a\ndate: b\njudges:\n  - {id: 'a b', name: n, regions: [us-east-1]}",
                "j.yaml:4:10: 'a b' is no model id"
            ),
            (
                "source: a\ndate: b\njudges:\n  - &j {id: i, name: n, regions: [us-east-1]}\n  - *j",
                "judge 'i' stands twice"
            ),
            (
                "source: a\ndate: b\njudges:\n  - {id: i, name: n, regions: [us-east-1]}\n  - {id: k, name: N, regions: [us-east-1]}",
                "j.yaml:5:5: two judges are named 'N'"
            ),
            ("source: a\ndate: b\nsource: c", "a key stands twice: source"),
        ]
    )
    func tellsWhatIsWrong(yaml: String, message: String) throws {
        let error = try #require(throws: DataFileError.self) { try JudgeTable(yaml: yaml, file: "j.yaml") }
        #expect(error.description.contains(message), "\(error)")
    }
}
