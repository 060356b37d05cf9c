import Sessions
import Testing

@Suite("A session that went through a change of its flow has versions")
struct SessionVersionTests {
    @Test(
        "Names are read and made",
        arguments: [
            ("support", "support", 1), ("support@2", "support", 2), ("a@b@12", "a@b", 12), ("a@b", "a@b", 1),
            ("a@1", "a@1", 1), ("@3", "", 3), ("a@", "a@", 1), ("a@-2", "a@-2", 1),
        ]
    )
    func names(name: String, base: String, number: Int) {
        #expect(SessionVersion(name).base == base)
        #expect(SessionVersion(name).number == number)
    }

    @Test("The latest counts, unless a version is named")
    func latest() {
        let names = ["support@10", "support", "support@9", "supporter@11", "other"]
        #expect(SessionVersion.latest(of: "support", among: names) == "support@10")
        #expect(SessionVersion.latest(of: "support@9", among: names) == "support@9")
        #expect(SessionVersion.latest(of: "other", among: names) == "other")
        #expect(SessionVersion.latest(of: "none", among: names) == "none")
    }

    @Test("The next comes after all that there are")
    func next() {
        #expect(SessionVersion.next(after: "support", among: ["support"]) == "support@2")
        #expect(SessionVersion.next(after: "support@2", among: ["support", "support@2", "support@7"]) == "support@8")
    }
}
