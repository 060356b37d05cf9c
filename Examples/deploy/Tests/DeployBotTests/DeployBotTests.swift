import DeployBot
import Dialogue
import Intents
import Synchronization
import Testing
import TranscriptTesting
import Transcripts

/// Every transcript in `Transcripts/` is a case of this test.
///
/// Each has a fleet of its own, and nobody waits.
@Test("Conversations go as written", arguments: TranscriptCase.all(in: "Transcripts"))
func conversation(_ transcript: TranscriptCase) async { await bot.check(transcript) }

private let bot = TestedBot(
    flow: "deploy",
    prompts: "../../prompts",
    actions: DeployActions.signatures,
    stage: { _ in TranscriptStage(runner: DeployActions(fleet: .example()) {}) }
)

@Test("A roll-out that was cut off goes on with the machines that are left")
func cutOff() async throws {
    let call = ActionCall(id: 1, name: "roll_out", input: ["service": "shop", "version": "2.1"])
    let fleet = Fleet.example()
    let told = Mutex<[String]>([])
    let waits = Mutex(0)
    let interrupted = DeployActions(fleet: fleet) {
        let count = waits.withLock { waits in
            waits += 1
            return waits
        }
        if count == 2 { throw CancellationError() }
    }
    await #expect(throws: CancellationError.self) {
        try await interrupted.run(call) { text in told.withLock { $0.append(text) } }
    }
    #expect(told.withLock { $0 } == ["shop-1 …", "shop-2 …"])
    let result = try await DeployActions(fleet: fleet) {}.run(call) { text in told.withLock { $0.append(text) } }
    #expect(told.withLock { $0 } == ["shop-1 …", "shop-2 …", "shop-3 …"])
    #expect(result == ActionResult(outcome: "rolled_out", values: ["machines": 3]))
}
