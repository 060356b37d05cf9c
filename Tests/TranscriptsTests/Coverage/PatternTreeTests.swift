import Patterns
import Testing

@testable import Transcripts

/// The structure of patterns.
@Suite("A pattern is taken apart into its alternatives")
struct PatternTreeTests {
    private static func alternatives(_ pattern: String) throws -> [String] {
        let text = PatternText(.rule("r"), text: pattern, at: nil, file: nil)
        var found: [Range<Int>] = []
        try text.tree.get().forEachAlternation { branches, _ in
            if branches.count > 1 { found += branches.map(\.range) }
        }
        return found.sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }.map(text.slice)
    }

    @Test(
        "Every '|' at every depth counts, and those that stand for something else do not",
        arguments: [
            ("abc", []),
            ("a|b", ["a", "b"]),
            ("a|", ["a", ""]),
            ("(?:a|b(c|d))", ["a", "b(c|d)", "c", "d"]),
            ("[a|b]|c", ["[a|b]", "c"]),
            (#"a\|b|c"#, [#"a\|b"#, "c"]),
            (#"\Qa|b\E|c"#, [#"\Qa|b\E"#, "c"]),
            ("(?#a|b)c|d", ["(?#a|b)c", "d"]),
            ("[]|]|[^]|]|x", ["[]|]", "[^]|]", "x"]),
            ("[[:alpha:]|]|x", ["[[:alpha:]|]", "x"]),
            ("(?=a|b)c", ["a", "b"]),
            ("(?!a|b)c", ["a", "b"]),
            ("(?<!a|b)(?<n>c|d)", ["a", "b", "c", "d"]),
            ("(?&x)|(?P>y)", ["(?&x)", "(?P>y)"]),
            ("(?i)a|(?-i:b|c)", ["(?i)a", "(?-i:b|c)", "b", "c"]),
            ("(?x) a # x|y\n | b", ["(?x) a # x|y\n ", " b"]),
            (#"\x{7c}|\p{L}+|a{2,3}|b{,x|y"#, [#"\x{7c}"#, #"\p{L}+"#, "a{2,3}", "b{,x", "y"]),
            ("(?>a|b)++|c*?", ["(?>a|b)++", "a", "b", "c*?"]),
        ] as [(String, [String])]
    )
    func splits(_ pattern: String, _ expected: [String]) throws {
        #expect(try Self.alternatives(pattern) == expected)
    }

    @Test(
        "What a copy with more groups would change is refused",
        arguments: [
            #"(a)\1"#, #"(a)\g{-1}"#, #"(?<n>a)\k<n>"#, "(?|a|b)", "(?(1)a|b)", "(*ACCEPT)a", "(?1)(a)", "(?R)",
        ]
    )
    func refuses(_ pattern: String) {
        #expect(throws: PatternTree.Problem.self) { try PatternTreeParser.parse(pattern) }
    }
}
