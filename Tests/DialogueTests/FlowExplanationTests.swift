import Dialogue
import Intents
import Testing

@Suite("A reply is explained where a session stands")
struct FlowExplanationTests {
    private let flow: Flow

    init() throws { flow = try TeaShop.compile() }

    private func explain(
        _ text: String,
        at step: String,
        asking: Asking = .plain,
        knowing known: [String: Value] = [:]
    ) throws -> FlowExplanation {
        let state = try flow.state(waitingAt: step, asking: asking, knowing: known)
        return try #require(flow.explain(text, in: state))
    }

    @Test("It is the decision of the turn, at every step and for every kind of reply")
    func agrees() throws {
        let replies = [
            "green", "2", "yes", "no", "maybe", "help", "tea", "change the tea to mint", "grean", "when do you open",
            "what are the opening hours of the shop", "complaint", "99", "", "yes, if it is fresh", "\u{1B}[2J",
        ]
        for step in ["tea", "cups", "wants_note", "note_text", "summary", "pay", "grievance"] {
            let state = try flow.state(waitingAt: step, knowing: ["tea": "green", "cups": 2])
            for reply in replies {
                let explained = try #require(flow.explain(reply, in: state))
                let turn = flow.advance(state, on: .reply(reply))
                #expect(explained.explanation.decision == turn.understanding?.decision, "\(reply) at \(step)")
                #expect(explained.step == step)
            }
        }
    }

    @Test("It is read in the order of slots and topics of the flow, by their names")
    func record() throws {
        let explained = try explain("change the tea to mint", at: "cups")
        #expect(explained.record.record?["decision"] == ["is": "correction", "slot": "tea", "value": "mint"])
        #expect(explained.record.record?["version"] == 1)
        #expect(
            explained.record.record?["question"]
                == ["form": "value", "type": "number", "slot": "cups", "takes_yes": false]
        )
        let finding = try #require(explained.record.record?["findings"]?.list?.first?.record)
        #expect(finding["source"] == "set-by-verb")
        #expect(finding["outcome"] == "decided")
        #expect(
            finding["captures"] == [
                ["name": "slot", "text": "tea", "start": 11, "end": 14],
                ["name": "value", "text": "mint", "start": 18, "end": 22],
            ]
        )
    }

    @Test("A gate names what keeps a yes from opening it")
    func gate() throws {
        let record = try explain("yes, the mint one", at: "pay").record.record
        #expect(record?["decision"] == ["is": "affirm", "plain": false])
        #expect(record?["understood"] == false)
        let signs = record?["signs"]?.record
        #expect(signs?["weight"] == "affirm")
        #expect(signs?["plain"] == false)
        #expect(signs?["residue"]?.list?.compactMap { $0.record?["text"] } == ["mint"])
        let near = record?["nearest"]?.list?.first?.record
        #expect(near?["obstacle"] == "beside")
        #expect(near?["words"] == ["the", "mint", "one"])
        #expect(near?["decision"] == ["is": "affirm", "plain": true])
        let lost = record?["findings"]?.list?.first { $0.record?["outcome"] == "lost" }?.record
        #expect(lost?["principle"] == "doubt_beats_consent")
        #expect(lost?["because"] == "doubt beats consent")
    }

    @Test("A topic of another step says so, and a topic by its name")
    func topics() throws {
        let hours = try explain("when do you open?", at: "tea").record.record
        #expect(hours?["decision"] == ["is": "topic", "topic": "hours"])
    }

    @Test("Each way of asking is a question of its own")
    func askings() throws {
        #expect(try explain("yes", at: "tea", asking: .restart).record.record?["asking"] == "restart")
        #expect(try explain("yes", at: "tea").explanation.decision == .notUnderstood)
        let tea = try #require(flow.slots.firstIndex { $0.name == "tea" })
        let suggested = try explain("yes", at: "tea", asking: .suggestion(slot: tea, value: "mint"))
        #expect(suggested.explanation.decision == .affirm(isPlain: true))
        let change = try explain("the number of cups", at: "summary", asking: .change)
        #expect(change.record.record?["decision"] == ["is": "reopening", "slot": "cups"])
        #expect(change.explanation.findings.first?.source == "slot name")
    }

    @Test("After the end something can still be said, and while an action runs nothing is read")
    func elsewhere() {
        var customer = Customer(flow)
        customer.say("green", "2", "no", "yes", "yes")
        #expect(flow.explain("restart", in: customer.state)?.explanation.decision == .command("restart"))
        #expect(flow.explain("restart", in: customer.state)?.step == nil)
        #expect(flow.explain("yes", in: flow.initialState) == nil)
        let begun = flow.advance(flow.initialState, on: .started(hints: [:])).state
        let running = flow.advance(begun, on: .reply("green")).state
        #expect(flow.explain("yes", in: running) == nil)
    }

    @Test("What a state cannot wait with is said all at once")
    func problems() {
        let thrown = #expect(throws: WaitingProblem.self) {
            try flow.state(waitingAt: "cup", knowing: ["te": "green", "tea": "coffee", "cups": "99", "note": "hot"])
        }
        #expect(thrown?.messages.count == 4)
        for words in ["did you mean 'cups'?", "did you mean 'tea'?", "'coffee' is none", "holds a number"] {
            #expect(thrown?.description.contains(words) == true, "\(words): \(thrown?.description ?? "")")
        }
        let silent = #expect(throws: WaitingProblem.self) { try flow.state(waitingAt: "brew") }
        #expect(silent?.messages == ["the step 'brew' asks nothing, so no reply is read there"])
    }

    @Test("A choice needs its options, which may be given")
    func options() throws {
        let changed = try TeaShop.compile(
            replacing: [
                "tea/flow.yaml": TeaShop.flow.replacing(
                    "options: {green: Green tea, black: Black tea, mint: {name: Mint tea, aliases: [peppermint]}}",
                    with: "options_from: teas"
                ).replacing(
                    "  cups: {type: number",
                    with: "  teas: {type: derived, shape: options}\n  cups: {type: number"
                )
            ]
        )
        let missing = #expect(throws: WaitingProblem.self) { try changed.state(waitingAt: "tea") }
        #expect(missing?.messages == ["the options of 'tea' come from the slot 'teas'; give it a value"])
        let state = try changed.state(
            waitingAt: "tea",
            knowing: ["teas": [["id": "oolong", "name": "Oolong"], ["id": "assam", "name": "Assam"]]]
        )
        #expect(changed.explain("the second", in: state)?.explanation.decision == .value("assam"))
    }
}
