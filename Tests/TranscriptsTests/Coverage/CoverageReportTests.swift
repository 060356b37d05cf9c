import Dialogue
import Foundation
import Testing

@testable import Transcripts

/// How coverage is reported.
@Suite("Coverage reports")
struct CoverageReportTests {
    private static func report(_ replies: [String]) async throws -> CoverageReport {
        let flow = try PetShop.compiled()
        var collector = CoverageCollector(flow, PetShop.source)
        collector.add(try await PetShop.replay(replies, of: flow), of: flow)
        return CoverageReport([collector])
    }

    @Test("The text has a figure an axis, and what is missing with its place")
    func text() async throws {
        let text = try await Self.report(["dog", "Rex", "yes", "yes my cat"]).text(root: "my", limit: .max)
        let lines = Set(text.split(separator: "\n").map(String.init))
        let expected: Set = [
            "steps               7       6 (85.7%)",
            "transitions        15       6 (40.0%)",
            "  my/pets/flow.yaml:15:5: animal -> skip",
            "  my/pets/flow.yaml:38:5: finished",
            "  my/pets/rules/r.yaml:7:26: filler-animals: our, as in 'our cat'",
            "  my/pets/rules/r.yaml:3:19: fragment what: dogs?, as in 'my dog'",
        ]
        #expect(expected.subtracting(lines) == [])
        // The rule's own example covers the first alternative.
        #expect(!text.contains("filler-animals: my\n"))
    }

    @Test("A percentage is rounded down: 100% means all", arguments: [(99.99, "99.9%"), (100, "100.0%"), (0, "0.0%")])
    func percent(_ value: Double, _ shown: String) {
        #expect(CoverageReport.shown(value) == shown)
    }

    @Test("The JSON can be read back, item by item")
    func json() async throws {
        let text = try await Self.report(["cat"]).json(root: "r/")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["version"] as? Int == 1)
        let axes = try #require(document["axes"] as? [String: [String: Int]])
        #expect(axes["steps"] == ["total": 7, "transcripts": 2, "covered": 2])
        let flows = try #require(document["flows"] as? [[String: Any]])
        let items = try #require(flows[0]["items"] as? [[String: Any]])
        let found = try #require(items.first { $0["id"] as? String == "animal -> value" })
        #expect(found["axis"] as? String == "transitions")
        #expect(found["file"] as? String == "r/pets/flow.yaml")
        #expect(found["line"] as? Int == 12)
        #expect(found["transcripts"] as? Int == 1)
    }

    @Test("An lcov record counts what it lists")
    func lcov() async throws {
        let text = try await Self.report(["cat", "yes", "yes"]).lcov()
        for record in text.components(separatedBy: "end_of_record\n").dropLast() {
            let lines = record.split(separator: "\n")
            func count(_ prefix: String, _ isMeant: (Substring) -> Bool = { _ in true }) -> Int {
                lines.count { $0.hasPrefix(prefix) && isMeant($0) }
            }
            func stated(_ prefix: String) -> Int? {
                lines.first { $0.hasPrefix(prefix) }.flatMap { Int($0.dropFirst(prefix.count)) }
            }
            #expect(stated("FNF:") == count("FN:"))
            #expect(stated("FNH:") == count("FNDA:") { !$0.hasPrefix("FNDA:0,") })
            #expect(stated("BRF:") == count("BRDA:"))
            #expect(stated("BRH:") == count("BRDA:") { !$0.hasSuffix(",-") })
            #expect(stated("LF:") == count("DA:"))
            #expect(stated("LH:") == count("DA:") { !$0.hasSuffix(",0") })
            let branches = lines.filter { $0.hasPrefix("BRDA:") }.map { $0.split(separator: ",").prefix(3) }
            #expect(Set(branches.map { $0.joined(separator: ",") }).count == branches.count)
        }
        let lines = Set(text.split(separator: "\n").map(String.init))
        #expect(
            lines.isSuperset(of: ["SF:pets/flow.yaml", "FN:11,step animal", "FNDA:1,step animal", "FNDA:0,step name"])
        )
    }

    @Test("The page keeps text from becoming markup, and asks nothing of the network")
    func html() async throws {
        let page = try await Self.report(["cat"]).html()
        let fetching = ["src=", "href=\"http", "href=\"/", "url(h", "@import", "<link", "<iframe", "<object"]
        #expect(fetching.filter(page.contains) == [])
        #expect(!page.contains("<script"))
        #expect(page.contains("Content-Security-Policy"))
        #expect(
            HTMLText.encode("<a b=\"c\" d='e'>&\u{202E}\0")
                == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\u{FFFD}\u{FFFD}"
        )
        #expect(HTMLText.anchor("line", "a b", "c-d") == "line-a_20b-c_2dd")
    }

    @Test(
        "Thresholds say what falls short",
        arguments: [
            ("steps=20", []),
            ("steps=100", ["steps: 2 of 7 covered (28.5%), and 100.0% are wanted"]),
            ("rules=100, steps=28.6", ["steps: 2 of 7 covered (28.5%), and 28.6% are wanted"]),
        ] as [(String, [String])]
    )
    func thresholds(_ text: String, _ expected: [String]) async throws {
        #expect(try CoverageThresholds(text).shortfalls(of: try await Self.report(["cat"])) == expected)
    }

    @Test(
        "What is no threshold is refused",
        arguments: [
            "", "steps", "stepz=1", "steps=", "steps=101", "steps=-1", "steps=nan", "steps=1,steps=2", "steps=1,",
        ]
    )
    func badThresholds(_ text: String) {
        #expect(throws: CoverageThresholds.Failure.self) { try CoverageThresholds(text) }
    }
}
