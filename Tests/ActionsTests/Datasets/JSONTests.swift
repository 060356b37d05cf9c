import Actions
import Foundation
import Testing

struct JSONTests {
    static let allowed: [(String, JSON)] = [
        ("null", JSON.null), (" true\n", true), ("\t-0.50e+10\r\n", .number("-0.50e+10")), ("0", 0),
        ("1e400", .number("1e400")),
        (#""a\"\\\/\b\f\n\r\té\ud83d\ude00é😀""#, "a\"\\/\u{8}\u{C}\n\r\té😀é😀"),
        ("[]", []), ("[1,[2], {}]", [1, [2], [:]]), (#"{"b":1,"a":null,"b":2}"#, ["b": 1, "a": .null, "b": 2]),
        ("\u{FEFF}{}", [:]), ("\"\u{2028}\u{7F}\"", "\u{2028}\u{7F}"),
    ]

    @Test(arguments: allowed)
    func `reads what RFC 8259 allows`(_ text: String, _ value: JSON) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        ("", 1, 1), ("  ", 1, 3), ("{", 1, 2), ("[1,]", 1, 4), (#"{"a":1,}"#, 1, 8), ("{a:1}", 1, 2), ("'a'", 1, 1),
        ("NaN", 1, 1), ("-Infinity", 1, 2), ("01", 1, 2), ("1.", 1, 3), (".5", 1, 1), ("+1", 1, 1), ("1e", 1, 3),
        ("tru", 1, 1), ("nulll", 1, 5), ("{} {}", 1, 4), ("\"a\nb\"", 1, 3), (#""\x""#, 1, 2), (#""\u12g4""#, 1, 2),
        (#""\ud800""#, 1, 2), (#""\ud800A""#, 1, 2), (#""\udc00""#, 1, 2), ("\"abc", 1, 5), (#""abc\"#, 1, 6),
        ("// no\n1", 1, 1), ("{\n  \"é\": 1\n  \"b\": 2\n}", 3, 3), ("{\"é\" 1}", 1, 6), ("\u{A0}1", 1, 1),
    ])
    func `says where a document is wrong`(_ text: String, _ line: Int, _ column: Int) {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test(arguments: ["", "{", #"{"a"#, #"{"a":"#, "[1,", "tr", #""a\"#, #""\u00"#, #"{"a": [{"b": "c"}"#])
    func `tells what breaks off from what is wrong`(_ text: String) {
        #expect(#expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }?.isCut == true)
        #expect(#expect(throws: JSONError.self) { try JSONParser.parse(Array(("!" + text).utf8)) }?.isCut == false)
    }

    @Test func `bytes that are no UTF-8 are refused inside strings and outside`() {
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xC3, 0x22]) }
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0x5C, 0x6E, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSONParser.parse([0xFF]) }
    }

    @Test func `deep nesting is an error and no crash`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(JSONParser.depthLimit))
        #expect(throws: JSONError.self) { try JSONParser.parse(nested(JSONParser.depthLimit + 1)) }
        #expect(throws: JSONError.self) { try JSONParser.parse(nested(1_000_000)) }
        #expect(throws: JSONError.self) {
            try JSONParser.parse(Array(String(repeating: #"{"a":"#, count: 1_000_000).utf8))
        }
    }

    @Test func `of two equal keys the later one counts and both are kept`() throws {
        let value = try JSONParser.parse(Array(#"{"a": 1, "a": 2}"#.utf8))
        #expect(value["a"] == 2)
        #expect(value.members?.count == 2)
    }

    @Test func `tells where the values of an object stand`() throws {
        let text = #" {"a" : [1, 2] , "b":"é"}"#
        let bytes = Array(text.utf8)
        let found = try #require(try JSONParser.parseMembers(bytes))
        #expect(found.map { String(decoding: bytes[$0.range], as: UTF8.self) } == ["[1, 2]", #""é""#])
        #expect(found.map(\.member.name) == ["a", "b"])
        #expect(try JSONParser.parseMembers(Array("[{}]".utf8)) == nil)
    }

    @Test func `writes several lines with stable bytes`() {
        let value: JSON = ["b": [1, "x"], "a": [:], "c": [], "d": .null, "e": [["f": true]]]
        let text = """
            {
              "b": [
                1,
                "x"
              ],
              "a": {},
              "c": [],
              "d": null,
              "e": [
                {
                  "f": true
                }
              ]
            }
            """
        #expect(value.prettyText() == text)
        #expect(value.compactText == #"{"b": [1, "x"], "a": {}, "c": [], "d": null, "e": [{"f": true}]}"#)
    }

    @Test func `every scalar survives writing and reading, also by Foundation`() throws {
        let scalars = (0...0x10FFFF).lazy.filter { $0 < 0x3000 || $0 % 251 == 0 }.compactMap(UnicodeScalar.init(_:))
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        let written = Array(JSON.string(text).compactText.utf8)
        #expect(try JSONParser.parse(written) == .string(text))
        let other = try JSONSerialization.jsonObject(with: Data(written), options: .fragmentsAllowed) as? String
        #expect(other.map { Array($0.utf8) } == Array(text.utf8))
    }
}
