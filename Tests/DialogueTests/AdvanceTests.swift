import Dialogue
import Intents
import Testing

@Suite("A flow of any kind is advanced by events")
struct AdvanceTests {
    private let flow: Flow

    init() throws { flow = try TeaShop.compile() }

    private var ready: Customer {
        var customer = Customer(flow)
        customer.say("green", "2", "no", "yes")
        return customer
    }

    @Test("The whole flow, from the first question to its end")
    func wholeFlow() {
        var customer = Customer(flow)
        #expect(customer.heard == "Which tea would you like?")
        customer.say("the second one")
        #expect(customer.heard == "How many cups?")
        customer.say("3")
        #expect(customer.heard == "Is there a note for the kitchen?")
        customer.say("yes")
        #expect(customer.heard == "What does the note say?")
        customer.say("help the children first")
        #expect(customer.heard == "3 x Black tea, note: help the children first. Right?")
        customer.say("yes")
        #expect(customer.heard == "That is 3 euros a cup. Do you agree to pay?")
        customer.say("I agree")
        #expect(customer.heard == "Your ticket is T2.")
        #expect(customer.last.next == .end(.completed(outcome: "served")))
        #expect(customer.calls.map(\.name) == ["check_stock", "brew"])
        #expect(customer.calls.last?.input == ["tea": "black", "cups": 3, "note": "help the children first"])
    }

    @Test("Folding the events gives the same state, and so does every prefix")
    func foldIsDeterministic() {
        var customer = ready
        customer.say("what are your opening hours?", "back", "change the tea to mint", "yes", "yes")
        #expect(flow.fold(customer.events) == customer.state)
        var state = flow.initialState
        for event in customer.events { state = flow.advance(state, on: event).state }
        #expect(state == customer.state)
    }

    @Test(
        "A global command works at every step and comes back to the question",
        arguments: [
            "help", "status", "why", "repeat", "thank you", "hello", "are you a bot?", "what can you do for me?",
        ]
    )
    func commandsComeBack(command: String) {
        for replies in [
            [], ["green"], ["green", "2"], ["green", "2", "yes"], ["green", "2", "no"], ["green", "2", "no", "yes"],
        ] {
            var customer = Customer(flow)
            for reply in replies { customer.say(reply) }
            let before = customer.state.situation
            customer.say(command)
            #expect(customer.state.situation == before)
            #expect(questions(customer).count == 1, "\(replies) then \(command): \(customer.heard)")
        }
    }

    @Test(
        "Small talk is answered in one line, at a gate too",
        arguments: [
            ("thanks a lot", "You are welcome."), ("hello, how are you?", "Hello!"),
            ("are you human?", "I am a bot: a program that goes by written rules."),
        ]
    )
    func smallTalk(reply: String, answer: String) {
        var customer = ready
        customer.say(reply)
        #expect(customer.heard == "\(answer) | Do you agree to pay?")
    }

    @Test("A yes with thanks is a yes, and so is one in front of them")
    func thankfulYes() {
        for reply in ["thanks, yes", "yes, thank you"] {
            var customer = ready
            customer.say(reply)
            #expect(customer.heard == "Your ticket is T2.", "\(reply)")
        }
    }

    @Test("A correction can be announced at any step, and called off")
    func announcedCorrection() {
        for replies in [["green"], ["green", "2", "no"], ["green", "2", "no", "yes"]] {
            var customer = Customer(flow)
            for reply in replies { customer.say(reply) }
            let before = customer.state.situation
            customer.say("I made a mistake")
            #expect(customer.heard == "What should change?")
            for nothing in ["nothing", "no"] {
                var other = customer
                other.say(nothing)
                #expect(other.state.situation == before, "\(replies) then \(nothing): \(other.heard)")
                #expect(questions(other).count == 1)
            }
            #expect(before.slots == customer.state.situation.slots)
            customer.say("the tea")
            #expect(customer.heard == "Which tea would you like?")
        }
    }

    @Test("Saying goodbye stops for now", arguments: ["goodbye", "see you later", "I have to go now, thanks"])
    func goodbye(reply: String) {
        var customer = ready
        customer.say(reply)
        #expect(customer.last.next == .end(.paused))
    }

    private func questions(_ customer: Customer) -> [Message] {
        customer.last.messages.filter { $0.role == .question }
    }

    @Test("A correction forgets what depends on it and nothing else")
    func correction() {
        var customer = ready
        #expect(flow.stepID(of: customer.state) == "pay")
        customer.say("actually, change the tea to mint")
        #expect(customer.heard == "Changed the tea to Mint tea. | 2 x Mint tea. Right?")
        #expect(flow.value(of: "cups", in: customer.state) == 2)
        #expect(customer.calls.map(\.name) == ["check_stock", "check_stock"], "the stock of the new tea is checked")
        customer.say("yes")
        #expect(flow.stepID(of: customer.state) == "pay", "the gate is closed again")
    }

    @Test("A change of what the agreement covers closes it, even by going back to the same value")
    func gateCloses() {
        var customer = ready
        customer.say("change the number of cups to 3", "yes")
        #expect(flow.stepID(of: customer.state) == "pay")
        customer.say("set the cups to 2", "yes")
        #expect(flow.stepID(of: customer.state) == "pay")
        customer.say("yes")
        #expect(customer.calls.last?.input["cups"] == 2)
    }

    @Test(
        "Only a plain yes opens a gate",
        arguments: [
            "no", "maybe", "yes but later", "what does it cost?", "", "👎", "sure, after I check", "change the gate",
        ]
    )
    func gateStaysClosed(reply: String) {
        var customer = ready
        customer.say(reply)
        #expect(flow.stepID(of: customer.state) == "pay")
        #expect(customer.calls.map(\.name) == ["check_stock"])
        #expect(questions(customer).count == 1)
    }

    @Test("Reopening by name asks that question again and keeps the rest")
    func reopening() {
        var customer = ready
        customer.say("change the tea")
        #expect(customer.heard == "Which tea would you like?")
        customer.say("black")
        #expect(flow.stepID(of: customer.state) == "summary")
        #expect(flow.value(of: "cups", in: customer.state) == 2)
    }

    @Test("Back after any turn restores what was there before")
    func backRestores() {
        let replies = ["green", "4", "yes", "two sugars", "yes"]
        var customer = Customer(flow)
        for reply in replies {
            let before = customer.state.situation
            customer.say(reply)
            var other = customer
            other.say("back")
            #expect(other.state.situation == before, "after \(reply)")
            #expect(other.said.first == "Taken back.")
        }
    }

    @Test("There is nothing to take back at the beginning")
    func nothingToUndo() {
        var customer = Customer(flow)
        customer.say("back")
        #expect(customer.heard == "There is nothing to take back yet. | Which tea would you like?")
    }

    @Test("An action that may not be repeated is not run again after it was undone")
    func undoneActionIsNotRepeated() {
        var customer = ready
        customer.say("yes")
        #expect(customer.heard == "Your ticket is T2.")
        customer.say("back")
        #expect(flow.stepID(of: customer.state) == "pay")
        customer.say("yes")
        #expect(customer.heard == "Your ticket is T2.", "its recorded outcome is used")
        #expect(customer.calls.map(\.name) == ["check_stock", "brew"])
    }

    @Test("An undone action runs again where its input has changed")
    func changedActionRuns() {
        var customer = ready
        customer.say("yes", "back", "change the cups to 5", "yes", "yes")
        #expect(customer.calls.map(\.name) == ["check_stock", "brew", "brew"])
    }

    @Test("Starting over asks first, and forgets everything")
    func restart() {
        var customer = ready
        customer.say("start over")
        #expect(customer.heard == "Start over, and forget all the answers so far?")
        customer.say("no")
        #expect(flow.stepID(of: customer.state) == "pay")
        customer.say("restart", "yes")
        #expect(customer.heard == "Starting over. | Which tea would you like?")
        #expect(flow.value(of: "cups", in: customer.state) == nil)
        customer.say("back")
        #expect(flow.stepID(of: customer.state) == "pay", "even that can be taken back")
    }

    @Test("A topic is answered at any step, then the question comes back")
    func topics() {
        var customer = ready
        customer.say("ok but when do you close?")
        #expect(customer.heard == "We are open from 8 to 20. | Do you agree to pay?")
    }

    @Test("A topic may go through a flow of its own, each time anew")
    func digression() {
        var customer = ready
        for _ in 1...2 {
            customer.say("how can I complain?")
            #expect(customer.heard == "I am sorry. | What does the note say?")
            customer.say("the cup was cold")
            #expect(customer.heard == "Back to where we were. | Do you agree to pay?")
        }
        customer.say("how can I complain?", "never mind")
        #expect(flow.stepID(of: customer.state) == "pay")
    }

    @Test("An action's outcome can send the flow back to a question")
    func outcomeForgets() {
        var customer = Customer(flow)
        customer.stock = "sold_out"
        customer.say("mint")
        #expect(customer.heard == "There is no Mint tea left. | Which tea would you like?")
        customer.stock = "in_stock"
        customer.say("green")
        #expect(flow.stepID(of: customer.state) == "cups")
    }

    @Test("What is not understood is said a little more each time, never twice the same")
    func ladder() {
        var customer = Customer(flow)
        var heard: [String] = []
        for _ in 1...3 {
            customer.say("xyzzy plugh")
            heard.append(customer.said.first ?? "")
        }
        #expect(heard[0] == "I did not get that. Name one of the list.")
        #expect(Set(heard).count == 3)
    }

    @Test("A number outside the range is refused with the range")
    func numberRange() {
        var customer = Customer(flow)
        customer.say("green", "12")
        #expect(customer.heard == "12 is too large; please give one from 1 to 9. | How many cups?")
    }

    @Test("A close misspelling is a suggestion to confirm, never taken silently")
    func suggestion() {
        var customer = Customer(flow)
        customer.say("gren tea")
        #expect(customer.heard == "Do you mean Green tea?")
        #expect(flow.value(of: "tea", in: customer.state) == nil)
        customer.say("yes")
        #expect(flow.value(of: "tea", in: customer.state) == "green")
    }

    @Test("What is not kept leaves no trace but the kind of thing it was")
    func refusals() {
        var customer = Customer(flow)
        for bytes in [
            Array("my key is AKIAIOSFODNN7EXAMPLE".utf8), [0xFF, 0xFE], Array(repeating: 0x61, count: 1_000_000),
        ] {
            let event = flow.admit(bytes, in: customer.state)
            guard case .refused = event.kind else {
                Issue.record("taken: \(bytes.count) bytes")
                continue
            }
            customer.said = []
            customer.send(event)
            #expect(questions(customer).count == 1)
        }
        #expect(!customer.events.contains { if case .reply = $0.kind { true } else { false } })
    }

    @Test(
        "Any reply gets an answer and one question",
        arguments: [
            "", " ", "\n\n", "\u{0}", "\u{1B}[31mred", "‮evil‬", "مرحبا", "🧋🧋🧋", "{{cups}}", "'; DROP TABLE tea;--",
            String(repeating: "a ", count: 2_000), "\u{200B}", "…", "(((((((((", "\\", "%s%n", "１２",
        ]
    )
    func anyReply(reply: String) {
        for replies in [
            [], ["green"], ["green", "2"], ["green", "2", "yes"], ["green", "2", "no"], ["green", "2", "no", "yes"],
        ] {
            var customer = Customer(flow)
            for earlier in replies { customer.say(earlier) }
            customer.say(reply)
            let isOver = if case .end = customer.last.next { true } else { false }
            #expect(isOver || questions(customer).count == 1)
        }
    }

    @Test("Quitting pauses; the session goes on where it was")
    func quit() {
        var customer = ready
        customer.say("stop for now")
        #expect(customer.last.next == .end(.paused))
        let resumed = flow.resume(customer.state)
        #expect(resumed.messages.contains { $0.text == "Do you agree to pay?" })
    }

    @Test("An action's late end changes nothing")
    func lateAction() {
        var customer = ready
        let before = customer.state
        customer.send(.actionFinished(id: 1, result: ActionResult(outcome: "sold_out")))
        #expect(customer.state == before)
    }

    @Test("While an action runs, a reply is answered and the action is not started again")
    func busy() {
        var transition = flow.advance(flow.initialState, on: .started(hints: [:]))
        transition = flow.advance(transition.state, on: .reply("green"))
        guard case .action(let call) = transition.next else {
            Issue.record("no action was asked for")
            return
        }
        let meanwhile = flow.advance(transition.state, on: .reply("hello?"))
        #expect(meanwhile.next == .reply)
        let after = flow.advance(
            meanwhile.state,
            on: .actionFinished(id: call.id, result: ActionResult(outcome: "in_stock", values: ["left": 1]))
        )
        #expect(flow.stepID(of: after.state) == "cups")
    }

    @Test("Hints fill slots only with what the slots can hold")
    func hints() {
        let state = flow.advance(
            flow.initialState,
            on: .started(hints: ["tea": "mint", "cups": "many", "coffee": "x"])
        ).state
        #expect(flow.value(of: "tea", in: state) == "mint")
        #expect(flow.entry(of: "tea", in: state)?.isConfirmed == false)
        #expect(flow.value(of: "cups", in: state) == nil)
    }
}
