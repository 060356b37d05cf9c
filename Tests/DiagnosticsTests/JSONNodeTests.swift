import Diagnostics
import Foundation
import Testing

@Suite("JSON is read with its places")
struct JSONNodeTests {
    private func read(_ text: String, line: Int = 1) -> (node: JSONNode?, problems: [String]) {
        var diagnostics = DiagnosticList()
        let node = JSONNode(text, file: "f", line: line, diagnostics: &diagnostics)
        return (node, diagnostics.diagnostics.map(\.description))
    }

    @Test("Every kind of value, with its place")
    func values() throws {
        let text =
            "\u{FEFF}[\n  {\"a\": \"\\u00e9\\ud83d\\ude00\\n\\/\", \"b\" : -1.5e+3 },\r\n true,false , null, [], {}, 0]"
        let elements = try #require(read(text).node?.elements)
        #expect(elements.count == 7)
        #expect(elements[0]["a"]?.text == "é😀\n/")
        #expect(elements[0]["b"]?.location == Location(file: "f", line: 2, column: 41))
        guard case .number("-1.5e+3")? = elements[0]["b"]?.content else {
            Issue.record("no number")
            return
        }
        #expect(elements[1].location == Location(file: "f", line: 3, column: 2))
        #expect(elements.map(\.kind).joined(separator: " ").hasPrefix("an object true or false true or false null"))
        #expect(elements.map(\.isEmpty) == [false, false, false, true, true, true, false])
        #expect(elements[0]["c"] == nil && elements[1]["a"] == nil)
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            ("", "f:1:1", "the text ends"), ("[1,]", "f:1:4", "expected a value, found ']'"),
            ("[1 2]", "f:1:4", "expected ',' or ']', found '2'"),
            ("{\"a\":1\n\"b\":2}", "f:2:1", "expected ',' or '}'"),
            ("{a:1}", "f:1:2", "a key in double quotes"), ("{\"a\" 1}", "f:1:6", "expected ':'"),
            ("{\"a\":1,\n \"a\":2}", "f:2:2", "twice"), ("\"abc", "f:1:1", "no closing"),
            ("\"a\nb\"", "f:1:3", "U+000A"), ("\"\\x\"", "f:1:2", "no such escape"),
            ("\"\\u12g4\"", "f:1:6", "hexadecimal"),
            ("\"\\ud83d\"", "f:1:2", "half of a surrogate"), ("\"\\ude00\"", "f:1:2", "half of a surrogate"),
            ("\"\\ud83d\\u0041\"", "f:1:2", "half of a surrogate"), ("01", "f:1:2", "nothing more"),
            ("-", "f:1:2", "a digit"),
            ("1.", "f:1:3", "a digit"), ("tru", "f:1:1", "'true'"), ("nul]", "f:1:1", "'null'"),
            ("\u{7}", "f:1:1", "U+0007"),
            ("[1] // no", "f:1:5", "nothing more"), ("NaN", "f:1:1", "a value"),
        ]
    )
    func problems(text: String, place: String, words: String) {
        let (node, problems) = read(text)
        #expect(node == nil)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(place + ": error: not valid JSON: ") == true, "\(problems)")
        #expect(problems.first?.contains(words) == true, "\(problems)")
    }

    @Test("A key that comes again is found however many keys stand before it", arguments: 1...20)
    func keys(count: Int) {
        let keys = (0..<count).map { "\"k\($0)\":1" }
        #expect(read("{\(keys.joined(separator: ","))}").node != nil)
        for key in keys {
            let problems = read("{\((keys + [key]).joined(separator: ","))}").problems
            #expect(problems.first?.contains("is here twice") == true, "\(key)")
        }
    }

    @Test("Deep nesting is refused, not followed")
    func depth() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(read(deep).problems.first?.contains("nested deeper") == true)
        #expect(read(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)).node != nil)
    }

    @Test(
        "A text reads as Foundation reads it",
        arguments: ["\"\\u0000\"", "\"\u{7F}\u{2028}\"", "[1e5, \"\\\"\"]", " {} "]
    )
    func agreement(text: String) throws {
        #expect(read(text).node != nil)
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }
}
