import Dialogue
import Intents
import Testing

@Suite("A conversation is mended at every step, and ends in its pending question")
struct RepairTests {
    private let flow: Flow

    init() throws { flow = try TeaShop.compile() }

    private func customer(_ replies: [String]) -> Customer {
        var customer = Customer(flow)
        for reply in replies { customer.say(reply) }
        return customer
    }

    /// Replies that lead to each question of the flow.
    private static let ways: [[String]] = [
        [], ["green"], ["green", "2"], ["green", "2", "yes"], ["green", "2", "no"], ["green", "2", "no", "yes"],
    ]

    private func questions(_ customer: Customer) -> [Message] {
        customer.last.messages.filter { $0.role == .question }
    }

    // MARK: Several answers

    @Test("All answers of a reply are taken, and nothing is asked whose answer is known")
    func several() {
        var customer = customer([])
        customer.say("mint; the number of cups is 3 and no note, please")
        #expect(customer.said.first == "I have noted:\n- the tea: Mint tea\n- the number of cups: 3\n- a note: no")
        #expect(customer.said.last == "3 x Mint tea. Right?")
        #expect(customer.calls.map(\.name) == ["check_stock"])
        #expect(customer.calls.first?.input == ["tea": "mint"])
    }

    @Test("The order in which slots are filled does not matter")
    func order() {
        let clauses = ["the tea is black", "the number of cups is 4", "the note is no"]
        var ends: Set<[SlotEntry?]> = []
        for first in clauses {
            for second in clauses where second != first {
                for third in clauses where third != first && third != second {
                    for replies in [
                        [first, second, third], ["\(first); \(second). \(third)"], ["\(third), \(first)", second],
                    ] {
                        let customer = customer(replies)
                        #expect(flow.stepID(of: customer.state) == "summary", "\(replies): \(customer.heard)")
                        ends.insert(customer.state.situation.slots)
                    }
                }
            }
        }
        #expect(ends.count == 1)
    }

    @Test("An answer that is no change of an earlier one is noted, one that is is called a change")
    func notedOrChanged() {
        var customer = customer(["green"])
        customer.say("the note is no")
        #expect(customer.heard == "I have noted:\n- a note: no | How many cups?")
        customer.say("the tea is black")
        #expect(customer.heard == "Changed the tea to Black tea. | How many cups?")
    }

    @Test("Answers beside a yes never open the gate")
    func gate() {
        var customer = customer(["green", "2", "no", "yes"])
        customer.say("yes, I agree, and the tea is mint")
        #expect(flow.stepID(of: customer.state) == "summary")
        #expect(customer.calls.map(\.name) == ["check_stock", "check_stock"])
    }

    // MARK: Earlier answers by name

    @Test("A correction by name works at every step and keeps what does not depend on it", arguments: ways.dropFirst())
    func correctionAnywhere(way: [String]) {
        var customer = customer(way)
        let before = customer.state.situation
        customer.say("actually, the tea should be mint")
        #expect(flow.value(of: "tea", in: customer.state) == "mint")
        for slot in ["cups", "wants_note", "note"] {
            #expect(
                flow.value(of: slot, in: customer.state)
                    == before.slots[flow.slots.firstIndex { $0.name == slot } ?? 0]?.value
            )
        }
        #expect(customer.said.first == "Changed the tea to Mint tea.")
        #expect(questions(customer).count == 1)
        customer.say("back")
        #expect(customer.state.situation == before)
    }

    @Test("What was said is told when asked for by its name", arguments: ways.dropFirst())
    func recall(way: [String]) {
        var customer = customer(way)
        let before = customer.state.situation
        customer.say("which tea did I choose?")
        #expect(customer.said.first == "So far I have this for the tea: Green tea")
        #expect(questions(customer).count == 1)
        #expect(customer.state.situation == before)
    }

    @Test("What was not said yet is not made up")
    func recallNothing() {
        var customer = customer([])
        customer.say("what did I say for the number of cups?")
        #expect(customer.heard == "Nothing is settled for the number of cups yet. | Which tea would you like?")
    }

    // MARK: The ladder

    @Test("The ladder says what is expected, then the help, then the ways out", arguments: ways)
    func ladder(way: [String]) {
        var customer = customer(way)
        let step = flow.stepID(of: customer.state)
        let isText = step == "note_text"
        var heard: [[String]] = []
        for reply in ["blorp", "zzz", "qux", "mimsy", "tove", "wabe"] {
            customer.say(isText ? "no idea" : reply)
            #expect(flow.stepID(of: customer.state) == step)
            #expect(questions(customer).count == 1)
            heard.append(customer.said.dropLast())
        }
        for (one, next) in zip(heard, heard.dropFirst()) {
            #expect(Set(one).isDisjoint(with: next), "\(step ?? ""): \(one) then \(next)")
        }
        #expect(heard[2].first?.contains("\"stop\" to save") == true)
        #expect(heard[2].first?.contains("\"back\"") == !way.isEmpty, "only where there is something to go back to")
        #expect(heard[2].first?.contains("\"skip\"") == (step == "wants_note"), "only where it can be skipped")
    }

    @Test("The same mistake brings more each time, another one begins anew")
    func problems() {
        var customer = customer(["green", "12"])
        let problem = "12 is too large; please give one from 1 to 9."
        #expect(customer.heard == "\(problem) | How many cups?")
        customer.say("12")
        #expect(customer.heard == "\(problem)\nA number from 1 to 9. | How many cups?")
        customer.say("12")
        #expect(customer.said.count == 3 && customer.heard.contains("stuck"))
        customer.say("15")
        #expect(customer.heard == "15 is too large; please give one from 1 to 9. | How many cups?")
    }

    @Test("A suggestion that is met with the same words is not simply made again")
    func sameSuggestion() {
        var customer = customer(["gren tea"])
        customer.say("gren tea")
        #expect(customer.heard == "I did not get that. Name one of the list. | Do you mean Green tea?")
    }

    @Test("Where a step has no hint, what is expected is said for its kind")
    func withoutHint() throws {
        let prompts = TeaShop.prompts.split(separator: "\n").filter { !$0.contains("hint_") }.joined(separator: "\n")
        var customer = Customer(try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": prompts]))
        customer.say("blorp")
        #expect(
            customer.said.first
                == "I did not get that. Please name one of these, or give its number: Green tea, Black tea and Mint tea."
        )
        customer.say("green", "blorp")
        #expect(customer.said.first == "I did not get that. I need a number from 1 to 9.")
    }

    // MARK: Questions

    @Test("Free text takes a question only after a yes")
    func questionAsText() {
        var customer = customer(["green", "2", "yes", "which kitchen reads it?"])
        #expect(customer.said.first == "I have no answer to that. A short text.")
        #expect(customer.said.last == "Shall I take \"which kitchen reads it?\" as the note's text?")
        #expect(flow.value(of: "note", in: customer.state) == nil)
        var other = customer
        customer.say("no")
        #expect(customer.heard == "Then I leave that aside. | What does the note say?")
        other.say("yes")
        #expect(flow.value(of: "note", in: other.state) == "which kitchen reads it?")
        var third = self.customer(["green", "2", "yes", "which kitchen reads it?"])
        third.say("two sugars in each")
        #expect(flow.value(of: "note", in: third.state) == "two sugars in each")
    }

    @Test(
        "Free text never takes a command, a doubt or nothing",
        arguments: ["help", "no idea", "back", "redo", "?", "why", "skip"]
    )
    func freeTextTakesNone(reply: String) {
        var customer = customer(["green", "2", "yes"])
        customer.say(reply)
        #expect(flow.value(of: "note", in: customer.state) == nil)
    }

    @Test("A flow says it in its own words, with no other line")
    func overriding() throws {
        let prompts = TeaShop.prompts + "\nsystem_noted: Got it.\nsystem_expected_choice: It is one of {{names}}.\n"
        var customer = Customer(try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": prompts]))
        customer.say("the number of cups is 3")
        #expect(customer.heard == "Got it. | Which tea would you like?")
    }

    @Test("A rule of the flow takes the place of a common one of its name")
    func overridingRules() throws {
        let rules = """
            kind: command
            intents:
              redo:
                - {name: redo-word, pattern: "once more unto the breach", matches: [once more unto the breach], rejects: [redo]}
            """
        var customer = Customer(try TeaShop.compile(replacing: ["tea/rules/own.yaml": rules]))
        customer.say("green", "back", "once more unto the breach")
        #expect(customer.said.first == "Done again.")
        customer.say("back", "redo")
        #expect(customer.said.first == "I did not get that. Name one of the list.")
    }

    // MARK: Chains

    @Test("A correction during a topic's flow, during a confirmation")
    func chain() {
        var customer = customer(["green", "2", "no"])
        customer.say("how can I complain?")
        #expect(flow.stepID(of: customer.state) == "grievance")
        customer.say("change the tea to mint")
        #expect(flow.stepID(of: customer.state) == "grievance", "the topic's flow goes on")
        #expect(customer.said.first == "Changed the tea to Mint tea.")
        customer.say("when do you close?", "the kettle is loud")
        #expect(customer.said.last == "2 x Mint tea. Right?")
        customer.say("back", "back", "back")
        #expect(customer.said.last == "2 x Green tea. Right?")
        customer.say("redo", "redo", "redo")
        #expect(customer.said.last == "2 x Mint tea. Right?")
    }

    @Test("An end of the conversation's thread is asked for again when it is taken up")
    func resumed() {
        let customer = customer(["green", "2"])
        #expect(
            flow.resume(customer.state).messages.map(\.text) == [
                "We are at: wants note.", "Is there a note for the kitchen?",
            ]
        )
    }
}
