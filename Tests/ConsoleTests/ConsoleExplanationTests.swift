import Console
import Dialogue
import Intents
import Sessions
import Testing

@Suite("/why explains the last replies")
struct ConsoleExplanationTests {
    private static let no = Understanding(
        decision: .deny,
        evidence: [
            Evidence(source: "deny-no", meaning: "deny", range: 0..<2, verdict: .decided),
            Evidence(source: "topic-price", meaning: "price", range: 0..<2, verdict: .lost(.topicNeedsQuestion)),
        ]
    )

    private static let replies: [RecentReply] = [
        RecentReply(.taken(text: "blue\n  and   green", understanding: Understanding(decision: .notUnderstood))),
        RecentReply(.taken(text: String(repeating: "long ", count: 20), understanding: nil)),
        RecentReply(.refused(.secret(kind: "an AWS access key ID"))),
        RecentReply(.refused(.tooLong(bytes: 5_000, limit: 4_096))), RecentReply(.refused(.notText)),
        RecentReply(
            .taken(text: "no", understanding: no),
            ended: [
                RecentReply.Ended(step: "validate", outcome: "valid"),
                RecentReply.Ended(step: "recommend", outcome: "recommended"),
            ]
        ),
        RecentReply(.taken(text: "/why", understanding: nil)), RecentReply(.taken(text: " /WHY ", understanding: nil)),
    ]

    @Test(
        "By its distance, those that ask for an explanation not counted",
        arguments: [
            (
                "/why",
                [
                    "Your last reply, “no”:", "  deny-no (deny): decided",
                    "  topic-price (price): did not count: a topic counts only where the reply asks",
                    "  then validate ended: valid", "  then recommend ended: recommended",
                ]
            ),
            ("/why 2", ["Your reply 2 replies ago was refused, and nothing of it was kept: it was not text."]),
            (
                "/why 3",
                [
                    "Your reply 3 replies ago was refused, and nothing of it was kept: it had 5000 bytes, and 4096 can be taken."
                ]
            ),
            (
                " /why  4 ",
                [
                    "Your reply 4 replies ago was refused, and nothing of it was kept: it looked like an AWS access key ID."
                ]
            ),
            (
                "/why 5",
                [
                    "Your reply 5 replies ago, “long long long long long long long long long long long long…”:",
                    "  it was not looked at, since nothing was asked",
                ]
            ),
            ("/why 6", ["Your reply 6 replies ago, “blue and green”:", "  no rule matched, and no value was found"]),
            ("/why 7", ["I can look back from /why 1 to /why 6."]),
            ("/why 0", ["I can look back from /why 1 to /why 6."]),
            ("/why -1", ["I can look back from /why 1 to /why 6."]),
        ]
    )
    func explains(request: String, lines: [String]) throws {
        #expect(try #require(ConsoleExplanation(request)).lines(for: Self.replies) == lines)
    }

    @Test("Where there is nothing, or little, to look back at, that is said")
    func nothingYet() throws {
        let request = try #require(ConsoleExplanation("/why"))
        #expect(request.lines(for: []) == ["There is no reply yet that could be explained."])
        #expect(request.lines(for: [RecentReply(.taken(text: "/why", understanding: nil))]).count == 1)
        let second = try #require(ConsoleExplanation("/why 2"))
        #expect(second.lines(for: [RecentReply(.refused(.notText))]) == ["I can look back from /why 1."])
    }

    @Test(
        "Anything else is a reply",
        arguments: ["why", "/why not", "/why 2 3", "/whyever", "2", "", "why 2", "/why two"]
    )
    func othersAreReplies(text: String) {
        #expect(ConsoleExplanation(text) == nil)
    }

    @Test("Without a number the conversation answers too", arguments: [("/why", true), ("/why 1", false)])
    func isReply(text: String, isReply: Bool) throws {
        #expect(try #require(ConsoleExplanation(text)).isReply == isReply)
    }
}
