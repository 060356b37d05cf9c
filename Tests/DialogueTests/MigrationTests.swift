import Dialogue
import Intents
import Testing

@Suite("A session goes on after a change of its flow, with what still fits")
struct MigrationTests {
    /// A session with what each of its events answered, as a store keeps it.
    private struct Kept {
        var customer: Customer
        var steps: [Migration.Step]

        init(_ flow: Flow, _ replies: [String]) {
            var customer = Customer(flow)
            for reply in replies { customer.say(reply) }
            self.customer = customer
            var state = flow.initialState
            steps = []
            for event in customer.events {
                steps.append(Migration.Step(event: event, awaited: flow.awaited(in: state)))
                state = flow.advance(state, on: event).state
            }
        }
    }

    private let whole = ["green", "3", "yes", "two sugars", "yes", "yes"]

    private func changed(_ pairs: KeyValuePairs<String, String>, prompts: String = "") throws -> Flow {
        var flow = TeaShop.flow
        for (old, new) in pairs {
            #expect(flow.contains(old), "the test changes nothing: \(old)")
            flow = flow.replacing(old, with: new)
        }
        return try TeaShop.compile(
            replacing: ["tea/flow.yaml": flow, "tea/prompts/tea.yaml": TeaShop.prompts + "\n" + prompts]
        )
    }

    @Test("Words alone change nothing: the session stands where it stood", arguments: 0...6)
    func words(count: Int) throws {
        let old = try TeaShop.compile()
        let kept = Kept(old, Array(whole.prefix(count)))
        let new = try TeaShop.compile(
            replacing: ["tea/prompts/tea.yaml": TeaShop.prompts.replacing("How many cups?", with: "And how many cups?")]
        )
        #expect(new.digest != old.digest)
        let migration = new.migrate(kept.steps)
        #expect(migration.isWhole)
        #expect(migration.state.situation == kept.customer.state.situation)
        #expect(migration.state.flowDigest == new.digest)
        #expect(new.fold(migration.steps.map(\.event)) == migration.state, "the new session folds to the same state")
        #expect(migration.steps.count == kept.steps.count)
    }

    @Test("The first reply to a question that is no longer asked ends it, and both sides are named")
    func removedQuestion() throws {
        let kept = Kept(try TeaShop.compile(), ["green", "3", "yes", "two sugars", "yes"])
        let new = try changed(["  - id: cups\n    collect: cups\n": ""])
        let migration = new.migrate(kept.steps)
        #expect(!migration.isWhole)
        #expect(new.value(of: "tea", in: migration.state) == "green")
        #expect(new.value(of: "cups", in: migration.state) == nil)
        #expect(new.stepID(of: migration.state) == "wants_note")
        #expect(
            migration.message.text
                == "The questions have changed since we last talked. I have kept what you said about the tea. "
                + "I could not keep what you said about cups, wants note, note text and summary, and ask again."
        )
    }

    @Test("A new question ends it there, before a reply reaches it that was meant for another")
    func newQuestion() throws {
        let kept = Kept(try TeaShop.compile(), ["green", "3", "no", "yes"])
        let new = try changed(
            ["  - id: note\n    call: note": "  - id: sure\n    confirm: [cups]\n  - id: note\n    call: note"],
            prompts: "ask_sure: Really {{cups}}?\n"
        )
        let migration = new.migrate(kept.steps)
        #expect(new.stepID(of: migration.state) == "sure", "the no to the note is no answer to this")
        #expect(new.value(of: "cups", in: migration.state) == 3)
    }

    @Test("An agreement to other words is asked for again")
    func gate() throws {
        let kept = Kept(try TeaShop.compile(), whole)
        let prompts = TeaShop.prompts.replacing("3 euros", with: "30 euros")
        let new = try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": prompts])
        let migration = new.migrate(kept.steps)
        #expect(!migration.isWhole)
        #expect(new.stepID(of: migration.state) == "pay")
        #expect(
            !migration.steps.contains {
                if case .reply("yes") = $0.event.kind { $0.awaited?.hasPrefix("ask pay") == true } else { false }
            }
        )
    }

    @Test("An action with the same input is not run again, and its recorded outcome is used")
    func recordedOutcomes() throws {
        let kept = Kept(try TeaShop.compile(), whole)
        #expect(kept.customer.calls.map(\.name) == ["check_stock", "brew"])
        let new = try changed(["title: the order": "title: another order"])
        let migration = new.migrate(kept.steps)
        #expect(new.value(of: "ticket", in: migration.state) == new.value(of: "ticket", in: kept.customer.state))
        #expect(migration.state.situation.pending == .ended(outcome: "served"))
    }

    @Test("An action that may not be repeated and has other input now is not left to run: the user is asked again")
    func unrepeatable() throws {
        let kept = Kept(try TeaShop.compile(), whole)
        let new = try changed(["in: {tea: tea, cups: cups, note: note}": "in: {tea: tea, cups: cups}"])
        let migration = new.migrate(kept.steps)
        #expect(new.stepID(of: migration.state) == "pay")
        guard case .reply = migration.state.situation.pending else {
            Issue.record("something would run")
            return
        }
    }

    @Test("A repeatable action with other input runs when the session goes on, not before")
    func repeatable() throws {
        let kept = Kept(try TeaShop.compile(), ["green", "3"])
        let new = try changed(["in: {tea: tea}\n": "in: {tea: \"=any\"}\n"])
        let migration = new.migrate(kept.steps)
        guard case .action(let call, _) = migration.state.situation.pending else {
            Issue.record("\(migration.state.situation.pending)")
            return
        }
        #expect(call.name == "check_stock")
        #expect(new.value(of: "tea", in: migration.state) == "green")
    }

    @Test("An outcome that the action no longer declares is no outcome")
    func unknownOutcome() throws {
        let kept = Kept(try TeaShop.compile(), ["green"])
        var steps = kept.steps
        steps[2].event = .actionFinished(id: 1, result: ActionResult(outcome: "exploded"))
        let migration = try TeaShop.compile().migrate(steps)
        #expect(!migration.isWhole)
        guard case .action = migration.state.situation.pending else {
            Issue.record("\(migration.state.situation.pending)")
            return
        }
    }

    @Test("Undo, redo and starting over come along")
    func undo() throws {
        let kept = Kept(
            try TeaShop.compile(),
            ["green", "3", "back", "redo", "back", "5", "start over", "yes", "mint"]
        )
        let new = try changed(["title: the order": "title: another order"])
        let migration = new.migrate(kept.steps)
        #expect(migration.isWhole)
        #expect(migration.state.situation == kept.customer.state.situation)
        let back = new.advance(migration.state, on: .reply("back")).state
        #expect(back.situation == kept.customer.flow.advance(kept.customer.state, on: .reply("back")).state.situation)
    }

    @Test("Where it is not known what was answered, replies are carried over in order and consent is not")
    func unknownQuestions() throws {
        let kept = Kept(try TeaShop.compile(), whole)
        let old = kept.steps.map { Migration.Step(event: $0.event, awaited: nil) }
        let migration = try TeaShop.compile().migrate(old)
        #expect(migration.state.situation.pending != .ended(outcome: "served"))
        #expect(kept.customer.flow.stepID(of: migration.state) == "pay")
    }

    @Test("What is awaited is told apart")
    func awaited() throws {
        let flow = try TeaShop.compile()
        #expect(flow.awaited(in: flow.initialState) == "start")
        #expect(flow.awaited(in: Kept(flow, []).customer.state) == "ask tea")
        #expect(flow.awaited(in: Kept(flow, ["restart"]).customer.state) == "ask tea restart")
        #expect(flow.awaited(in: Kept(flow, ["gren tea"]).customer.state).hasPrefix("ask tea suggestion tea "))
        #expect(flow.awaited(in: Kept(flow, whole).customer.state) == "end served")
        let running = flow.advance(Kept(flow, []).customer.state, on: .reply("green")).state
        #expect(flow.awaited(in: running).hasPrefix("run check_stock "))
        let other = flow.advance(Kept(flow, []).customer.state, on: .reply("mint")).state
        #expect(flow.awaited(in: running) != flow.awaited(in: other))
    }
}
