import BundledPrompts
import Dialogue
import Intents
import StarterFlow
import Testing
import TranscriptTesting

/// The files as they stand in the module, before they are named.
private let bot = TestedBot(flow: "starter", prompts: "../../Sources/StarterFlow/prompts")

@Suite("The flow that authors begin with")
struct StarterFlowTests {
    @Test(
        "Its conversations go as written",
        arguments: TranscriptCase.all(in: "../../Sources/StarterFlow/prompts/starter")
    )
    func conversation(_ transcript: TranscriptCase) async { await bot.check(transcript) }

    @Test(
        "Under another name it is sound, has a rule of its own, and every example is right",
        arguments: ["a", "my-bot2"]
    )
    func naming(name: String) throws {
        let starter = try #require(StarterFlow(name: name))
        let common = BundledPrompts.files.filter { $0.path.hasPrefix("common/") }
        let files =
            starter.flow.map { FlowSource.File(path: "\(name)/\($0.path)", text: $0.text) }
            + common.map { FlowSource.File(path: $0.path, text: $0.text) }
        let flow = try FlowCompiler().compile(FlowSource(name, files: files))
        #expect(flow.name == name && flow.flows.map(\.name) == [name])
        #expect(flow.warnings.isEmpty)
        let own = flow.rules.filter { rule in !common.contains { $0.text.contains("name: \(rule.name)\n") } }
        #expect(!own.isEmpty)
        #expect(own.allSatisfy { !$0.examples.matches.isEmpty && !$0.examples.rejects.isEmpty })
        #expect(flow.rules.allSatisfy { $0.brokenExamples.isEmpty })
        #expect(starter.transcripts.map(\.path) == ["first.transcript"])
        #expect(starter.transcripts.allSatisfy { $0.text.contains("\nflow: \(name)\n") })
        #expect(!(starter.flow + starter.transcripts).contains { $0.text.contains("starter") })
    }

    @Test(
        "What could not be a folder and a word of a command is no name",
        arguments: [
            "", "A", "a b", "a_b", "-a", "a-", "1a", "../a", "a/b", ".a", "ä", "a\n", String(repeating: "a", count: 65),
        ]
    )
    func badNames(name: String) {
        #expect(!StarterFlow.isName(name))
        #expect(StarterFlow(name: name) == nil)
    }

    @Test("What can be one is", arguments: ["a", "a1", "lunch", "my-lunch-2", String(repeating: "a", count: 64)])
    func goodNames(name: String) { #expect(StarterFlow.isName(name)) }
}
