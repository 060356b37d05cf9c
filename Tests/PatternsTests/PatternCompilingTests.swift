import Patterns
import Testing

struct PatternCompilingTests {
    struct BadPattern: Sendable, CustomTestStringConvertible {
        var source: String
        var message: String
        var offset: Int
        var testDescription: String { source }
    }

    static let badPatterns: [BadPattern] = [
        BadPattern(source: "(ab", message: "missing closing parenthesis", offset: 3),
        BadPattern(source: "ab)", message: "unmatched closing parenthesis", offset: 2),
        BadPattern(source: "[a-", message: "missing terminating ] for character class", offset: 3),
        BadPattern(source: "*a", message: "quantifier does not follow a repeatable item", offset: 0),
        BadPattern(source: "é(", message: "missing closing parenthesis", offset: 3),
        BadPattern(source: "(?<a>x)(?<a>y)", message: "two named subpatterns have the same name", offset: 12),
        BadPattern(source: "a\\C", message: "using \\C is disabled by the application", offset: 3),
        BadPattern(source: "[z-a]", message: "range out of order in character class", offset: 3),
        BadPattern(source: "\\p{Nope}", message: "unknown property after \\P or \\p", offset: 8),
        BadPattern(source: "a{3,1}", message: "numbers out of order in {} quantifier", offset: 5),
        BadPattern(source: "(?=a\\K)", message: "\\K is not allowed in lookarounds", offset: 7),
        BadPattern(source: "\\", message: "\\ at end of pattern", offset: 1),
    ]

    @Test(arguments: badPatterns)
    func `a pattern that does not compile says why and at which byte`(bad: BadPattern) throws {
        let error = try #require(throws: PatternError.self) { try Pattern(bad.source) }
        #expect(error.code == .syntax)
        #expect(error.message.hasPrefix(bad.message), "\(error.message)")
        #expect(error.offset == bad.offset)
        #expect(error.engineCode > 0)
    }

    @Test func `an error reads as one line`() throws {
        let error = try #require(throws: PatternError.self) { try Pattern("(ab") }
        #expect(error.description == "syntax at byte 3: missing closing parenthesis")
        let plain = PatternError(code: .heapLimitExceeded, message: "heap limit exceeded")
        #expect(plain.description == "heapLimitExceeded: heap limit exceeded")
    }

    @Test(arguments: [
        ("abc", [String]()),
        ("(a)(?:b)(c)", ["", ""]),
        ("(?<year>\\d+)-(\\d+)-(?<day>\\d+)", ["year", "", "day"]),
        ("(?<größe>x)", ["größe"]),
        ("(?<a>(?<b>x)(?<c_1>y))", ["a", "b", "c_1"]),
    ])
    func `groups keep their numbers and names`(source: String, names: [String]) throws {
        #expect(try Pattern(source).groupNames == names)
    }

    @Test func `the library in use is named`() {
        #expect(Pattern.engineVersion.hasPrefix("10."))
        #expect(!Pattern.engineVersion.contains("\0"))
    }

    @Test func `a pattern may be empty and then matches everywhere`() throws {
        let pattern = try Pattern("")
        #expect(try pattern.matches(""))
        #expect(try pattern.allMatches(in: "ab").map(\.range) == [0..<0, 1..<1, 2..<2])
    }
}
