import Dialogue
import Intents
import Testing

@Suite("A conversation keeps its thread: nothing is said twice running, and nothing that was asked is lost")
struct ThreadTests {
    private let flow: Flow
    private static let toTheGate = ["green", "2", "no", "yes"]

    init() throws { flow = try TeaShop.compile() }

    private func customer(_ replies: [String]) -> Customer {
        var customer = Customer(flow)
        for reply in replies { customer.say(reply) }
        return customer
    }

    @Test("A no that comes again at a gate is answered with the help, then with the ways out")
    func secondNo() {
        var customer = customer(Self.toTheGate)
        customer.say("no")
        #expect(customer.heard == "Then nothing is brewed. | Do you agree to pay?")
        customer.say("nah")
        #expect(customer.heard == "That stays a no, then. A clear \"yes\" to go on, or \"no\". | Do you agree to pay?")
        customer.say("nope")
        #expect(customer.said.first?.hasPrefix("We seem to be stuck.") == true)
        customer.say("no!")
        #expect(customer.said.first?.hasPrefix("That stays a no, then.") == true)
        customer.say("when do you open?", "no")
        #expect(customer.heard == "Then nothing is brewed. | Do you agree to pay?")
    }

    @Test(
        "No sentence beside the question is said twice running, whatever is said again and again",
        arguments: [
            "no", "nah", "not sure", "asdf", "yes, maybe", "who drinks all of this", "", "100", "s3://b", "yes but",
        ]
    )
    func neverTwice(reply: String) {
        for way in [[], ["green"], ["green", "2"], ["green", "2", "no"], Self.toTheGate, ["green", "2", "yes"]] {
            var customer = customer(way)
            var before: String?
            for _ in 0..<8 {
                let state = customer.state.situation
                customer.say(reply)
                guard customer.state.situation.slots == state.slots, customer.said.count > 1 else { break }
                #expect(customer.said.first != before, "\(way)")
                before = customer.said.first
            }
        }
    }

    @Test("What is understood begins the ladder anew")
    func ladderBeginsAnew() {
        var customer = customer(["green"])
        customer.say("asdf")
        let first = customer.said.first
        customer.say("qwer")
        #expect(customer.said.first?.hasPrefix("Still not") == true)
        for aside in ["when do you open?", "help", "why", "status", "which tea did I choose?"] {
            customer.say("asdf", "qwer", aside, "asdf")
            #expect(customer.said.first == first, "\(aside)")
        }
    }

    @Test("Another question has a ladder of its own")
    func ladderOfItsOwn() throws {
        var customer = customer(["green", "asdf", "asdf", "asdf"])
        customer.say("restart", "yes")
        #expect(customer.heard == "Starting over. | Which tea would you like?")
        customer.say("asdf")
        #expect(customer.said.first?.hasPrefix("I did not get that.") == true)
    }

    @Test("Several questions in one reply are all answered, in their order")
    func severalTopics() throws {
        let flow = try TeaShop.compile(replacing: [
            "tea/topics.yaml": TeaShop.topics + """

                  - name: origin
                    title: the origin
                    answer: topic_origin
                    rules:
                      - {name: topic-origin, pattern: "where is it from|origin", matches: [where is it from], rejects: [tea]}
                """,
            "tea/prompts/more.yaml": "topic_origin: All of it comes from Assam.",
        ])
        let hours = "We are open from 8 to 20."
        let origin = "All of it comes from Assam."
        for (reply, answers) in [
            ("when do you open, and where is it from?", [hours, origin]),
            ("where is it from? when do you close?", [origin, hours]),
            ("where is it from and when do you open and where is it from?", [origin, hours]),
            ("what are your opening hours and the origin?", [hours, origin]),
        ] {
            var customer = Customer(flow)
            customer.say(reply)
            #expect(customer.said == answers + ["Which tea would you like?"], "\(reply)")
        }
        var customer = Customer(flow)
        customer.say("how can I complain, and where is it from?")
        #expect(customer.said == [origin, "I am sorry.", "What does the note say?"])
    }

    @Test(
        "A question that nothing answers is told apart from an answer that was not understood",
        arguments: [
            ("who drinks all of this", "I have no answer to that. A number from 1 to 9."),
            ("who drinks all of these cups, then?", "I have no answer to that. A number from 1 to 9."),
            ("asdf", "I did not get that. A number from 1 to 9."),
            ("asdf?", "I did not get that. A number from 1 to 9."),
        ]
    )
    func unanswered(reply: String, answer: String) {
        var customer = customer(["green"])
        customer.say(reply)
        #expect(customer.heard == "\(answer) | How many cups?")
    }

    @Test("After going back a question is asked in full only where what it shows has changed")
    func askedInFull() {
        var customer = customer(Self.toTheGate)
        customer.say("back")
        #expect(customer.heard == "Taken back. | 2 x Green tea. Right?")
        customer.say("redo")
        #expect(customer.heard == "Done again. | Do you agree to pay?")
        customer.say("the tea is mint")
        customer.say("back")
        #expect(customer.heard == "Taken back. | That is 3 euros a cup. Do you agree to pay?")
    }

    @Test("Evidence names the kind of a value as flows do")
    func evidence() {
        var customer = customer(["green"])
        customer.say("3")
        #expect(customer.last.understanding?.evidence.map(\.source) == ["number"])
    }

    @Test("A yes or no where neither answers is told so")
    func yesOrNo() {
        var customer = customer([])
        customer.say("yes")
        #expect(customer.heard == "Yes or no is no answer here. Name one of the list. | Which tea would you like?")
        customer = self.customer(["green"])
        customer.say("no")
        #expect(customer.heard == "Yes or no is no answer here. A number from 1 to 9. | How many cups?")
    }

    @Test("Options that come near are named in other words the second time")
    func sameSuggestions() {
        var customer = customer([])
        customer.say("tea")
        #expect(customer.said.first == "Several fit: Green tea, Black tea and Mint tea. Please name one.")
        customer.say("tea")
        #expect(
            customer.said.first
                == "It is still one of several: Green tea, Black tea and Mint tea. Name one of the list."
        )
        customer.say("tea")
        #expect(customer.said.first?.hasPrefix("We seem to be stuck.") == true)
    }

    @Test("Who asks for time gets it")
    func time() {
        var customer = customer(["green"])
        customer.say("hang on, I'll look it up")
        #expect(customer.heard == "Take your time. | How many cups?")
        customer = self.customer(["green", "2", "no"])
        customer.say("ok wait")
        #expect(customer.heard == "Take your time. | 2 x Green tea. Right?")
        customer = self.customer(Self.toTheGate)
        customer.say("not yet")
        #expect(customer.heard == "I can go on only with a clear yes. | Do you agree to pay?")
    }

    @Test("Going back to what has not been asked yet says so and keeps the question")
    func reopenNothing() {
        var customer = customer([])
        customer.say("go back to the number of cups")
        #expect(customer.heard == "Nothing is settled for the number of cups yet. | Which tea would you like?")
    }

    @Test("After a correction the question in hand comes in short")
    func shortAfterCorrection() {
        var customer = customer(Self.toTheGate)
        customer.say("when do you open?")
        #expect(customer.said.last == "Do you agree to pay?")
        customer.say("the tea is mint")
        #expect(customer.heard == "Changed the tea to Mint tea. | 2 x Mint tea. Right?")
    }
}
