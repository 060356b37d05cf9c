import Patterns
import Testing

struct PatternMatchingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var source: String
        var text: String
        var matches: Bool
        var options: Pattern.Options = [.caseless]
        var testDescription: String { "/\(source)/ on '\(text)'" }
    }

    static let rows: [Row] = [
        Row(source: "yes", text: "oh YES please", matches: true),
        Row(source: "yes", text: "oh YES please", matches: false, options: []),
        Row(source: "yes", text: "", matches: false),
        Row(source: "^$", text: "", matches: true),
        Row(source: "^\\w+$", text: "é", matches: true),
        Row(source: "^\\w$", text: "ž", matches: true),
        Row(source: "ž", text: "Ž", matches: true),
        Row(source: "Ž", text: "ž", matches: true),
        Row(source: "straße", text: "STRASSE", matches: false),
        Row(source: "^.$", text: "👍", matches: true),
        Row(source: "^\\d$", text: "٣", matches: true),
        Row(source: "\\bcafé\\b", text: "le Café, non", matches: true),
        Row(source: "\\bcaf\\b", text: "café", matches: false),
        Row(source: "a.b", text: "a\nb", matches: false),
        Row(source: "a.b", text: "a\nb", matches: true, options: [.dotAll]),
        Row(source: "^b$", text: "a\nb", matches: false),
        Row(source: "^b$", text: "a\nb\nc", matches: true, options: [.multiline]),
        Row(source: "a b # the two", text: "ab", matches: true, options: [.extended]),
        Row(source: "yes", text: "yes.", matches: false, options: [.anchoredWhole]),
        Row(source: "yes", text: "yes", matches: true, options: [.anchoredWhole]),
        Row(source: "yes|yes sir", text: "yes sir", matches: true, options: [.anchoredWhole]),
        Row(source: "yes", text: "yes\n", matches: false, options: [.anchoredWhole]),
        Row(source: "a\0b", text: "xa\0b", matches: true),
    ]

    @Test(arguments: rows)
    func `a pattern matches as its options say, in a string and in bytes`(row: Row) throws {
        let pattern = try Pattern(row.source, options: row.options)
        let scratch = MatchScratch()
        #expect(try pattern.matches(row.text, in: scratch) == row.matches)
        #expect(try pattern.matches(row.text) == row.matches)
        let bytes = Array(row.text.utf8)
        #expect(try pattern.matches(bytes.span, in: scratch) == row.matches)
    }

    @Test func `a pattern that is interpreted gives the same answers`() throws {
        let text = "use my-data, or my-data-2 please"
        let compiled = try Pattern(#"\bmy-(?<rest>[a-z0-9-]+)"#)
        let interpreted = try Pattern(#"\bmy-(?<rest>[a-z0-9-]+)"#, options: [.caseless, .interpreted])
        #expect(!interpreted.usesJIT)
        let found = try interpreted.allMatches(in: text)
        #expect(found.map(\.range) == (try compiled.allMatches(in: text)).map(\.range))
        #expect(found.map { $0.range(named: "rest") } == [7..<11, 19..<25])
    }

    @Test func `a group that took no part has no range`() throws {
        let match = try #require(try Pattern("(a|(z))(bc)(d)?").firstMatch(in: "xabc"))
        #expect(match.range == 1..<4)
        #expect(match.groups == [1..<2, nil, 2..<4, nil])
    }

    @Test func `an empty group has an empty range`() throws {
        let match = try #require(try Pattern("a(x*)b").firstMatch(in: "ab"))
        #expect(match.groups == [1..<1])
    }

    @Test func `groups are found by name`() throws {
        let pattern = try Pattern("(?<key>\\w+)=(?<value>\\w+)?(;)?")
        let match = try #require(try pattern.firstMatch(in: "é=5"))
        #expect(match.range(named: "key") == 0..<2)
        #expect(match.range(named: "value") == 3..<4)
        #expect(match.range(named: "Key") == nil)
        #expect(match.range(named: "") == nil)
        let half = try #require(try pattern.firstMatch(in: "a="))
        #expect(half.range(named: "value") == nil)
    }

    @Test func `of groups that share a name the one that took part counts`() throws {
        let pattern = try Pattern("(?J)(?<n>a)|(?<n>b)")
        #expect(try pattern.firstMatch(in: "b")?.range(named: "n") == 0..<1)
    }

    @Test func `a mark on the way to the match is reported`() throws {
        let pattern = try Pattern("(*MARK:first)a|(*MARK:zweite-é)b")
        #expect(try pattern.firstMatch(in: "b")?.mark == "zweite-é")
        #expect(try pattern.firstMatch(in: "a")?.mark == "first")
        #expect(try Pattern("a").firstMatch(in: "a")?.mark == nil)
    }

    @Test func `one scratch serves many patterns and keeps nothing of the last match`() throws {
        let scratch = MatchScratch()
        let three = try Pattern("(a)(b)(c)")
        let optional = try Pattern("x(y)?(z)?")
        #expect(try three.firstMatch(in: "abc", scratch: scratch)?.groups == [0..<1, 1..<2, 2..<3])
        #expect(try optional.firstMatch(in: "ax", scratch: scratch)?.groups == [nil, nil])
        #expect(try three.firstMatch(in: "abd", scratch: scratch) == nil)
        #expect(try optional.firstMatch(in: "axy", scratch: scratch)?.groups == [2..<3, nil])
    }

    @Test(arguments: [0, 1, 2, 100_000])
    func `a scratch of any size gives all groups`(capacity: Int) throws {
        let scratch = MatchScratch(groupCapacity: capacity)
        let match = try Pattern("(a)(b)(c)").firstMatch(in: "abc", scratch: scratch)
        #expect(match?.groups == [0..<1, 1..<2, 2..<3])
    }

    @Test(arguments: [
        ("x*", "axb", [0..<0, 1..<2, 2..<2, 3..<3]),
        ("x*", "", [0..<0]),
        ("", "é👍", [0..<0, 2..<2, 6..<6]),
        ("\\b", "ab cd", [0..<0, 2..<2, 3..<3, 5..<5]),
        ("a*?", "aa", [0..<0, 0..<1, 1..<1, 1..<2, 2..<2]),
        ("\\d+", "1, 22 and 333", [0..<1, 3..<5, 10..<13]),
        ("aa", "aaaaa", [0..<2, 2..<4]),
        ("a\\K", "aba", [1..<1, 3..<3]),
        ("(?<=é)", "éé", [2..<2, 4..<4]),
        ("$", "a\n", [1..<1, 2..<2]),
        ("\\w", "né", [0..<1, 1..<3]),
        ("z", "abc", []),
    ])
    func `all matches come in order, end, and split no character`(
        source: String,
        text: String,
        ranges: [Range<Int>]
    ) throws {
        let pattern = try Pattern(source)
        #expect(try pattern.allMatches(in: text).map(\.range) == ranges)
        let bytes = Array(text.utf8)
        #expect(try pattern.allMatches(in: bytes.span, scratch: MatchScratch()).map(\.range) == ranges)
    }

    @Test(arguments: [
        ("a+", "aa b aé", [0..<2, 5..<6]), ("x*", "axxb", [1..<3]), ("é|", "aéé", [1..<3, 3..<5]),
        ("\\b", "a b", []), ("", "abc", []), ("a", "", []), ("a\\K", "aa", []),
        ("(?:a|b\\K)c?", "bcac", [1..<2, 2..<4]),
    ])
    func `ranges without captures are those of all matches that are not empty`(
        source: String,
        text: String,
        expected: [Range<Int>]
    ) throws {
        let pattern = try Pattern(source)
        var ranges: [Range<Int>] = []
        // A scratch with no room for captures will do.
        try pattern.forEachRange(in: text, scratch: MatchScratch(groupCapacity: 0)) { ranges.append($0) }
        #expect(ranges == expected)
        #expect(ranges == (try pattern.allMatches(in: text).map(\.range).filter { !$0.isEmpty }))
    }

    @Test
    func `the first range is that of the first match`() throws {
        let pattern = try Pattern("(b)(c)?")
        #expect(try pattern.firstRange(in: "abcb", scratch: MatchScratch(groupCapacity: 0)) == 1..<3)
        #expect(try pattern.firstRange(in: "aaa", scratch: MatchScratch(groupCapacity: 0)) == nil)
    }

    @Test
    func `a limit is an error for ranges too, not a miss`() throws {
        let pattern = try Pattern("(a+)+$", limits: Pattern.Limits(matchLimit: 100))
        let text = String(repeating: "a", count: 40) + "b"
        #expect(throws: PatternError.self) { try pattern.firstRange(in: text, scratch: MatchScratch()) }
        #expect(throws: PatternError.self) { try pattern.forEachRange(in: text, scratch: MatchScratch()) { _ in } }
    }

    @Test func `a pattern anchored to the whole text matches once`() throws {
        let pattern = try Pattern("a*", options: [.anchoredWhole])
        #expect(try pattern.allMatches(in: "aaa").map(\.range) == [0..<3])
        #expect(try pattern.allMatches(in: "aab").isEmpty)
    }

    @Test func `a search that starts late still sees what stands before`() throws {
        #expect(try Pattern("(?<=a)b").firstMatch(in: "ab", from: 1)?.range == 1..<2)
        #expect(try Pattern("\\bb").firstMatch(in: "ab", from: 1) == nil)
        #expect(try Pattern("^b").firstMatch(in: "ab", from: 1) == nil)
        #expect(try Pattern("$").firstMatch(in: "ab", from: 2)?.range == 2..<2)
    }
}
