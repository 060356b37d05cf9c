import Diagnostics
import Dialogue
import Intents
import Testing

/// Entity types that the engine doesn't know: a voucher is a file alone, and a card number has a validator beside it.
@Suite("A flow brings entity types of its own")
struct OwnEntityTypeTests {
    private static let voucher = #"""
        entity: voucher
        noun: a voucher
        plural: vouchers
        example: TEA-2026
        pattern: 'TEA-(?<year>20\d\d)'
        self_identifying: true
        traces: ['tea-2']
        matches: [TEA-2026, {text: "I have TEA-2025, please", value: TEA-2025}]
        refuses: [tea, TEA-1, {text: tea2026, corrected: TEA-2026}]
        near_misses:
          - name: other-form
            pattern: '(?i)tea[ -]?(?<year>20\d\d)'
            message: A voucher is written TEA-${year}.
            corrected: 'TEA-${year}'
            examples: [{text: my tea2026, corrected: TEA-2026}]
        """#

    private static let card = #"""
        entity: card
        noun: a tea card
        plural: tea cards
        example: 4111-1
        pattern: '(?<digits>\d{4})-(?<check>\d)'
        validator: digit_sum
        order: text
        matches: ["1234-0", {text: "it is 4111-7", value: 4111-7}]
        refuses: [{text: "1234-1", message: The last digit should be 0.}, "12-3"]
        """#

    /// The last digit is that of the sum of the others.
    private static let digitSum = EntityValidator("digit_sum") { match in
        let sum = match.groups["digits", default: ""].compactMap(\.wholeNumberValue).reduce(0, +) % 10
        return match.groups["check"] == "\(sum)"
            ? .value(match.value)
            : .problem(EntityProblem(.malformed, "The last digit should be \(sum)."))
    }

    private static let flow = """
        flow: tea
        uses: [herbs]
        slots:
          voucher: {type: voucher, title: the voucher, names: [voucher]}
          card: {type: card, title: the card, names: [card]}
        steps:
          - {id: voucher, collect: voucher}
          - {id: card, collect: card}
          - {id: end, end: done}
        """

    private static func compile(
        _ changes: [String: String] = [:],
        validators: [EntityValidator] = [digitSum]
    ) throws -> Flow {
        var files = [
            "tea/flow.yaml": flow, "tea/flows/note.yaml": "flow: note\nsteps: [{id: note-end, end: done}]",
            "tea/flows/complaint.yaml": "flow: complaint\nsteps: [{id: complaint-end, end: done}]",
            "tea/prompts/tea.yaml": "ask_voucher: Which voucher?\nask_card: Which card?",
            "tea/topics.yaml": "topics: []",
            "tea/entities/voucher.yaml": voucher, "herbs/entities/card.yaml": card,
        ]
        files.merge(changes) { $1 }
        return try FlowCompiler(entities: EntityRegistry(validators: validators))
            .compile(TeaShop.source(replacing: files))
    }

    @Test("Its examples hold")
    func examples() throws {
        #expect(try Self.compile().entities.flatMap(\.brokenExamples).map(\.description) == [])
    }

    @Test("An example that doesn't hold is named with its place")
    func brokenExample() throws {
        let wrong = Self.voucher.replacing("refuses: [tea,", with: "refuses: [TEA-2024,")
        let broken = try Self.compile(["tea/entities/voucher.yaml": wrong]).entities.flatMap(\.brokenExamples)
        #expect(broken.map(\.description) == ["the entity type 'voucher' takes 'TEA-2024', which it should refuse"])
        #expect(broken.map { "\($0.location)" } == ["tea/entities/voucher.yaml:9:11"])
    }

    private func talk(_ replies: [String], in flow: Flow) -> (state: State, said: [String]) {
        var state = flow.initialState
        var said: [String] = []
        for event in [Event.started(hints: [:])] + replies.map({ Event.reply($0) }) {
            let transition = flow.advance(state, on: event)
            state = transition.state
            said = transition.messages.map(\.text)
        }
        return (state, said)
    }

    @Test("Values fill slots, also one that was told before it was asked for")
    func values() throws {
        let flow = try Self.compile()
        let (state, _) = talk(["I got TEA-2026.", "4111-7"], in: flow)
        #expect(flow.value(of: "voucher", in: state) == "TEA-2026")
        #expect(flow.value(of: "card", in: state) == "4111-7")
        let (changed, _) = talk(["TEA-2026", "no, it's TEA-2025"], in: flow)
        #expect(flow.value(of: "voucher", in: changed) == "TEA-2025")
    }

    @Test("A near miss has the message of its file, and its corrected form is offered")
    func nearMiss() throws {
        let flow = try Self.compile()
        let (state, said) = talk(["tea-2026"], in: flow)
        #expect(said.joined(separator: "\n").contains("A voucher is written TEA-2026."))
        let answered = flow.advance(state, on: .reply("yes")).state
        #expect(flow.value(of: "voucher", in: answered) == "TEA-2026")
        #expect(talk(["TEA-2026", "1234-1"], in: flow).said.joined().contains("The last digit should be 0."))
    }

    @Test("Without a prompt of its own, the noun and the example say what is expected")
    func expectation() throws {
        let (_, said) = talk(["banana"], in: try Self.compile())
        #expect(said.joined(separator: "\n").contains("I need a voucher, for example TEA-2026"))
    }

    @Test(
        "What is wrong in an entity file is said with its place",
        arguments: [
            (
                ["tea/entities/voucher.yaml": voucher + "\nexpectd: x"],
                "has no field 'expectd'; did you mean 'expected'?"
            ),
            (["tea/entities/voucher.yaml": voucher.replacing("${year}.", with: "${yer}.")], "did you mean 'year'?"),
            (["tea/entities/voucher.yaml": voucher.replacing("'TEA-(?", with: "'TEA-((?")], "does not compile"),
            (
                ["tea/entities/again.yaml": card],
                "the entity type 'card' is already there at herbs/entities/card.yaml:1:1"
            ),
            (["tea/entities/text.yaml": voucher.replacing(": voucher", with: ": text")], "one of the engine's own"),
            (["tea/flow.yaml": flow.replacing("type: card", with: "type: cart")], "did you mean 'card'?"),
            (["tea/flow.yaml": flow.replacing("[herbs]", with: "[herb]")], "did you mean 'herbs'?"),
            (
                ["herbs/entities/card.yaml": card.replacing("digit_sum", with: "digits_sum")],
                "did you mean 'digit_sum'?"
            ),
        ]
    )
    func errors(files: [String: String], message: String) {
        let error = #expect(throws: DiagnosticsError.self) { try Self.compile(files) }
        #expect(error?.diagnostics.contains { $0.message.contains(message) } == true, "\(String(describing: error))")
    }

    @Test("A validator that is registered twice is an error")
    func twice() {
        let error = #expect(throws: DiagnosticsError.self) {
            try Self.compile(validators: [Self.digitSum, Self.digitSum])
        }
        #expect(error?.diagnostics.contains { $0.message.contains("registered as 'digit_sum'") } == true)
    }

    @Test("Values are ordered as the file says")
    func order() throws {
        let types = try Self.compile().entities
        let card = try #require(types.first { $0.name == "card" })
        #expect(card.type().base.order(of: "1234-0", and: "4111-7") == .ascending)
        let voucher = try #require(types.first { $0.name == "voucher" })
        #expect(voucher.type().base.order(of: "TEA-2025", and: "TEA-2026") == nil)
    }
}
