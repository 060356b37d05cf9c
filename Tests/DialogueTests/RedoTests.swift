import Dialogue
import Intents
import Testing

@Suite("What was taken back can be done again")
struct RedoTests {
    private let flow: Flow

    init() throws { flow = try TeaShop.compile() }

    private func customer(_ replies: [String]) -> Customer {
        var customer = Customer(flow)
        for reply in replies { customer.say(reply) }
        return customer
    }

    @Test("Redo after back restores every situation, byte for byte, without running anything")
    func redoRestores() {
        let replies = ["green", "4", "yes", "two sugars", "yes", "yes"]
        for count in 1...replies.count {
            var customer = customer(Array(replies.prefix(count)))
            let after = customer.state.situation
            let calls = customer.calls.count
            customer.say("back", "redo")
            #expect(customer.state.situation == after, "after \(replies[count - 1])")
            #expect(customer.calls.count == calls)
            #expect(customer.said.first == "Done again.")
        }
    }

    @Test("As many steps as were taken back can be done again, one by one")
    func several() {
        var customer = customer(["green", "4", "no"])
        let end = customer.state.situation
        customer.say("back", "back", "back")
        #expect(flow.value(of: "tea", in: customer.state) == nil)
        customer.say("redo", "redo")
        #expect(flow.value(of: "cups", in: customer.state) == 4)
        customer.say("redo")
        #expect(customer.state.situation == end)
        customer.say("redo")
        #expect(customer.said.first == "There is nothing to do again.")
        #expect(customer.state.situation == end)
    }

    @Test("A question between does no harm, a change ends it")
    func changeEndsIt() {
        var customer = customer(["green", "4"])
        customer.say("back", "when do you close?", "redo")
        #expect(flow.value(of: "cups", in: customer.state) == 4)
        customer.say("back", "7", "redo")
        #expect(customer.said.first == "There is nothing to do again.")
        #expect(flow.value(of: "cups", in: customer.state) == 7)
    }

    @Test("After a redo, going back goes to the same place again")
    func backAgain() {
        var customer = customer(["green"])
        let before = customer.state.situation
        customer.say("4", "back", "redo", "back")
        #expect(customer.state.situation == before)
    }

    @Test("An action that was done again counts as done: a new demand for it runs it")
    func recordedOutcomes() {
        var customer = customer(["green", "2", "no", "yes", "yes"])
        #expect(customer.calls.map(\.name) == ["check_stock", "brew"])
        customer.say("back", "redo")
        #expect(flow.fold(customer.events) == customer.state)
        #expect(customer.calls.map(\.name) == ["check_stock", "brew"])
        customer.say("back", "yes")
        #expect(customer.calls.map(\.name) == ["check_stock", "brew"], "its recorded outcome is used")
    }

    @Test("A turn whose change its own action undid is passed over by back")
    func undoneByItsAction() {
        var customer = customer(["green", "back"])
        customer.stock = "sold_out"
        customer.say("mint")
        #expect(customer.heard == "There is no Mint tea left. | Which tea would you like?")
        customer.say("back")
        #expect(customer.said.first == "There is nothing to take back yet.")
    }

    @Test("Starting over twice in a row needs no further yes")
    func restartTwice() {
        var customer = customer(["green", "4"])
        customer.say("start over", "start over")
        #expect(customer.heard == "Starting over. | Which tea would you like?")
    }
}
