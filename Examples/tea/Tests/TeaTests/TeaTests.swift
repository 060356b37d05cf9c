import Dialogue
import Intents
import Testing
import TranscriptTesting
import Transcripts

/// Every transcript in `Transcripts/` is a case of this test.
@Test("Conversations go as written", arguments: TranscriptCase.all(in: "Transcripts"))
func conversation(_ transcript: TranscriptCase) async { await bot.check(transcript) }

private let bot = TestedBot(
    flow: "tea",
    prompts: "../../prompts",
    actions: [
        ActionSignature(
            name: "check_stock",
            inputs: [.init("tea", .text)],
            outputs: [.init("left", .number, isRequired: false)],
            outcomes: ["in_stock", "sold_out"]
        )
    ],
    stage: { _ in TranscriptStage(runner: Pantry()) }
)

/// The world of these transcripts: seven cups of green tea, and no mint.
private struct Pantry: ActionRunner {
    func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
        call.input["tea"]?.text == "green"
            ? ActionResult(outcome: "in_stock", values: ["left": 7])
            : ActionResult(outcome: "sold_out")
    }
}
