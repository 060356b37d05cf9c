import Intents
import Testing

struct JSONBlockTests {
    @Test(arguments: [
        FindingRow("[]", "[]"),
        FindingRow("{}", "{}"),
        FindingRow("here: [{\"a\": 1}] ok", "[{\"a\": 1}]"),
        FindingRow("```json\n[{\"a\": 1}]\n```", "[{\"a\": 1}]"),
        FindingRow("```\n{\"a\": [1, 2]}\n```\nthanks", "{\"a\": [1, 2]}"),
        FindingRow("{\"a\": \"]}\"}", "{\"a\": \"]}\"}"),
        FindingRow("{\"a\": \"\\\"}\"}", "{\"a\": \"\\\"}\"}"),
        FindingRow("{\"a\": \"\\\\\"} x", "{\"a\": \"\\\\\"}"),
        FindingRow("{\"é\": \"👍\"}", "{\"é\": \"👍\"}"),
        FindingRow("{\"a\": \"it's\"}", "{\"a\": \"it's\"}"),
        FindingRow("[1, 2] and [3]", "[1, 2]", "[3]"),
        FindingRow("[true]", "[true]"),
        FindingRow("[ -1.5e3 ]", "[ -1.5e3 ]"),
        FindingRow("{\"prompt\": \"{{prompt}} {\"}", "{\"prompt\": \"{{prompt}} {\"}"),
        FindingRow("see [below] and {this}"),
        FindingRow("{{prompt}}"),
        FindingRow("f(x) = [x, y)"),
        FindingRow("no json"),
        FindingRow(""),
        FindingRow("["),
        FindingRow("[[1, 2]", "!unbalanced «[[1, 2]»"),
        FindingRow("x [1, 2} y", "!unbalanced «[1, 2} y»"),
        FindingRow("[\"abc", "!unbalanced «[\"abc»"),
        FindingRow("{\"a\": \"b\n\"}", "!unbalanced «{\"a\": \"b\n\"}»"),
        FindingRow("{'a': 1}", "!notJSON «{'a': 1}» -> {\"a\": 1}"),
        FindingRow("{\"a\": [1, 2}", "!unbalanced «{\"a\": [1, 2}»"),
        FindingRow("[1] then {\"a\": ", "[1]", "!unbalanced «{\"a\":»"),
        FindingRow("{\"a\\", "!unbalanced «{\"a\\»"),
    ])
    func `arrays and objects are found whole, and prose in brackets is not`(row: FindingRow) {
        #expect(summary(of: JSONBlock.findAll(in: row.text), in: row.text) == row.found)
    }

    @Test(arguments: [
        ProblemRow("", .malformed),
        ProblemRow("1", .malformed, says: "begins with"),
        ProblemRow("[1] x", .malformed, says: "line 1"),
        ProblemRow("[\n  {\"a\": 1}", .unbalanced, says: "'[' in line 1, column 1 is never closed"),
        ProblemRow("[\n  {\"a\": 1,", .unbalanced, says: "'{' in line 2, column 3 is never closed"),
        ProblemRow("[\n1}", .unbalanced, says: "'}' in line 2, column 2 closes no bracket"),
        ProblemRow("[\"é\", \"ab", .unbalanced, says: "in line 1, column 7 has no closing quote"),
        ProblemRow("[\"ab\n\"]", .unbalanced, says: "line break"),
        ProblemRow("['a']", .notJSON, says: "double quotes", suggestion: "[\"a\"]"),
        ProblemRow(String(repeating: "[", count: 600), .unbalanced, says: "512"),
    ])
    func `broken JSON says where it breaks`(row: ProblemRow) throws {
        try row.check(JSONBlock.self)
    }

    @Test func `white space around a block is no part of it`() throws {
        let block = try JSONBlock(parsing: " \n[1]\n")
        #expect(block.text == "[1]")
        #expect(block.isArray)
        #expect(try !JSONBlock(parsing: "{}").isArray)
    }
}
