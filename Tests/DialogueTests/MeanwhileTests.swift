import Diagnostics
import Dialogue
import Testing

@Suite("What takes long is announced, once")
struct MeanwhileTests {
    private static let told = "I am brewing 4 cups of Black tea; that takes a while."

    private static func compile(
        field: String = "    meanwhile: brewing\n",
        prompt: String = "brewing: \"I am brewing {{cups}} cups of {{tea}}; that takes a while.\"\n",
        isSlow: Bool = false
    ) throws -> Flow {
        var actions = TeaShop.actions
        actions[1].isSlow = isSlow
        let flow = TeaShop.flow.replacing("    action: brew\n", with: "    action: brew\n" + field)
        let changes = ["tea/flow.yaml": flow, "tea/prompts/tea.yaml": TeaShop.prompts + "\n" + prompt]
        return try FlowCompiler(actions: actions).compile(TeaShop.source(replacing: changes))
    }

    private static func customer(_ flow: Flow) -> Customer {
        var customer = Customer(flow)
        customer.say("black", "4", "no", "yes", "yes")
        return customer
    }

    @Test("It is said in the turn that begins the action, before anything else of it")
    func saidBefore() throws {
        let flow = try Self.compile()
        let events = Self.customer(flow).events
        let start = flow.fold(events.dropLast(2))
        let turn = flow.advance(start, on: events[events.count - 2])
        let said = turn.messages
        #expect(said.map(\.text) == [Self.told])
        #expect(said.first?.role == .statement && said.first?.prompt == "brewing")
        guard case .action(let call) = turn.next else {
            Issue.record("no action is asked for: \(turn.next)")
            return
        }
        #expect(call.name == "brew")
        #expect(Self.customer(flow).said == [Self.told, "Your ticket is T2."])
    }

    @Test("Taken up again after a stop, the action runs and nothing is said a second time")
    func resumed() throws {
        let flow = try Self.compile()
        let state = flow.fold(Self.customer(flow).events.dropLast())
        let resumed = flow.resume(state)
        #expect(resumed.messages.isEmpty)
        guard case .action = resumed.next else {
            Issue.record("it does not run: \(resumed.next)")
            return
        }
    }

    @Test("Where a recorded outcome is used after a step back, nothing takes long and nothing is announced")
    func recorded() throws {
        var customer = Self.customer(try Self.compile())
        let calls = customer.calls.count
        customer.say("back", "yes")
        #expect(customer.calls.count == calls)
        #expect(customer.said == ["Your ticket is T2."])
    }

    @Test("An action that runs anew is announced anew")
    func again() throws {
        let flow = TeaShop.flow.replacing(
            "    action: check_stock\n",
            with: "    action: check_stock\n    meanwhile: looking\n"
        )
        let prompts = TeaShop.prompts + "\nlooking: I look for {{tea}}.\n"
        var customer = Customer(
            try TeaShop.compile(replacing: ["tea/flow.yaml": flow, "tea/prompts/tea.yaml": prompts])
        )
        customer.say("black")
        #expect(customer.said.first == "I look for Black tea.")
        customer.say("help")
        #expect(!customer.heard.contains("I look"))
        customer.say("change the tea to green")
        #expect(customer.said.count { $0 == "I look for Green tea." } == 1)
    }

    @Test("A prompt that comes out empty announces nothing")
    func empty() throws {
        let flow = try Self.compile(prompt: "brewing: \"{{#note}}With a note, this takes a while.{{/note}}\"\n")
        #expect(Self.customer(flow).said == ["Your ticket is T2."])
    }

    @Test("A slow action that is not announced is warned about, and only that")
    func warned() throws {
        let silent = try Self.compile(field: "", isSlow: true)
        #expect(silent.warnings.map(\.severity) == [.warning])
        #expect(silent.warnings.first?.message.contains("'brew' may take minutes") == true)
        #expect(silent.warnings.first?.location.line == 36)
        #expect(try Self.compile(isSlow: true).warnings.isEmpty)
        #expect(try Self.compile(field: "").warnings.isEmpty)
    }

    @Test(
        "What cannot be announced is an error with its place",
        arguments: [
            ("    meanwhile: brewin\n", "brewing: Wait.\n", "there is no prompt 'brewin'; did you mean 'brewing'?"),
            ("    meanwhile: brewing\n", "brewing: \"{{ticket_number}}\"\n", "'ticket_number' is no slot"),
            ("    meanwile: brewing\n", "brewing: Wait.\n", "did you mean 'meanwhile'?"),
        ]
    )
    func broken(field: String, prompt: String, message: String) throws {
        let error = #expect(throws: DiagnosticsError.self) { try Self.compile(field: field, prompt: prompt) }
        #expect(error?.diagnostics.contains { $0.message.contains(message) } == true, "\(String(describing: error))")
    }
}
