import Testing
import Transcripts

@Suite("Patterns leave out what a transcript does not want to fix")
struct MessagePatternTests {
    @Test(
        "A pattern matches what it should, and nothing else",
        arguments: [
            ("same", "same", true), ("same", "other", false), ("a [..] c", "a b c", true), ("a [..] c", "a  c", true),
            ("a [..] c", "a c", false), ("[..]", "", true), ("[..]b[..]", "aabaa", true), ("[..]b[..]", "aaa", false),
            ("[#] records", "12 records", true), ("[#] records", " records", false), ("[#]2", "12", true),
            ("[#][#]", "1", false), ("[#]", "1a", false), ("a[..]", "a\nb", false), ("[...]", "a\nb", true),
            ("a\n  [...]\n  c", "a\nc", true), ("a\n  [...]\n  c", "a\nb\nb\nc", true),
            ("a\n  [...]\n  c", "a\nb", false),
            ("[...]\n  a\n  [...]", "b\na\nc\nd", true), ("\\[..]", "[..]", true), ("\\[..]", "x", false),
            ("(re) [a-c]+\\d", "abc7", true), ("(re) [a-c]+\\d", "xabc7", false), ("(re) É", "é", false),
            ("\\(re) x", "(re) x", true), ("a\\tb\\\\", "a\tb\\", true), ("[a]", "[a]", true), ("", "", true),
            ("", "a", false),
            ("(re) (a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false),
        ]
    )
    func matches(source: String, text: String, isMatch: Bool) throws {
        let transcript = try TranscriptParser.parse("bot~: \(source)\n", file: "t")
        switch try #require(transcript.entries.first).kind {
        case .pattern(let pattern): #expect(pattern.matches(text) == isMatch)
        // Where nothing is left out, it is a message like any other.
        case .bot(let fixed): #expect((fixed == text) == isMatch)
        default: Issue.record("no message")
        }
    }

    @Test("Many elisions in a long text take no time that grows with their combinations")
    func costs() throws {
        let source = String(repeating: "[..]a", count: 200) + "b"
        let transcript = try TranscriptParser.parse("bot~: \(source)\n", file: "t")
        guard case .pattern(let pattern) = try #require(transcript.entries.first).kind else {
            Issue.record("no pattern")
            return
        }
        #expect(!pattern.matches(String(repeating: "a", count: 4_000)))
        #expect(pattern.matches(String(repeating: "a", count: 4_000) + "b"))
    }
}
