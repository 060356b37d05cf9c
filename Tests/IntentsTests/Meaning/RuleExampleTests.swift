import Intents
import Testing

@Suite("Every rule keeps its own examples")
struct RuleExampleTests {
    @Test("The common rules are there")
    func rulesAreThere() {
        #expect(CommonRules.all.count >= 30)
        #expect(Set(CommonRules.all.map(\.name)).count == CommonRules.all.count, "names are unique")
    }

    @Test("A rule matches its matches and rejects its rejects", arguments: CommonRules.all.map(\.name))
    func examplesHold(name: String) throws {
        let rule = try #require(CommonRules.all.first { $0.name == name })
        #expect(rule.examples.matches.count >= 3, "three that show the breadth of it")
        #expect(rule.examples.rejects.count >= 2, "two near misses")
        for broken in rule.brokenExamples { Issue.record("\(broken)") }
    }
}
