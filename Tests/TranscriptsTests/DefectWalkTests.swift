import BundledPrompts
import Dialogue
import Intents
import Testing

/// Seeded walks through small flows made at random, whose actions end in every declared and undeclared way.
@Suite("No mistake of a flow or an action makes a session unusable")
struct DefectWalkTests {
    @Test("After any walk the session answers, can be taken up again, and restarts", arguments: 0..<8)
    func walks(batch: Int) throws {
        var defects: [String: Int] = [:]
        for number in 0..<40 {
            let seed = UInt64(900_000 + batch * 40 + number)
            var random = SeededGenerator(seed: seed)
            let made = RandomFlow(using: &random)
            let flow = try made.compile()
            for walk in 0..<4 {
                let place = Comment(rawValue: "flow \(seed), walk \(walk)\n\(made.text)")
                var walk = DefectWalk(flow, random: random)
                for _ in 0..<Int.random(in: 1...14, using: &random) { walk.reply(walk.anyReply(), place) }
                for defect in walk.defects { defects[defect, default: 0] += 1 }
                random = walk.random
                #expect(flow.fold(walk.events) == walk.state, place)
                let resumed = flow.resume(walk.state)
                #expect(!resumed.messages.isEmpty, place)
                walk.reply("back", place)
                walk.reply("restart", place)
                if case .reply(_, .restart) = walk.state.situation.pending { walk.reply("yes", place) }
                #expect(walk.heard.first?.prompt == "system_restarted", place)
                #expect(walk.state.situation.slots.allSatisfy { $0?.origin != .said }, place)
            }
        }
        // Among so many walks there are some of every kind.
        #expect(defects["an action ran without its input"] == nil)
        #expect(Set(defects.keys).isSuperset(of: ["undeclared", "missing"]), "\(defects)")
    }
}

/// A small flow made at random: questions, confirmations, actions with required inputs, a called flow, and steps that
/// forget.
private struct RandomFlow {
    let text: String
    private let called: String
    private let signatures: [ActionSignature]

    init(using random: inout SeededGenerator) {
        let said = ["a", "b", "c"]
        var steps: [String] = []
        var signatures: [ActionSignature] = []
        func pick(_ from: [String]) -> String { from.randomElement(using: &random) ?? "" }
        func action(_ number: Int, known: [String]) -> String {
            signatures.append(
                ActionSignature(
                    name: "act\(number)",
                    inputs: [.init("value", .text)],
                    outputs: [.init("found", .text, isRequired: false)],
                    outcomes: ["good", "bad"],
                    isRepeatable: Bool.random(using: &random)
                )
            )
            let bad = pick(["continue", "{clear: [\(pick(said))]}", "{set: {found: lost}}"])
            return "{id: act\(number), action: act\(number), in: {value: \(pick(known))}, out: {found: found},"
                + " outcomes: {good: continue, bad: \(bad)}}"
        }
        for (number, slot) in said.shuffled(using: &random).enumerated() {
            let other = pick(said.filter { $0 != slot })
            let unsure = pick(["", ", unsure: continue", ", unsure: {set: {\(other): some}}", ", deny: continue"])
            steps.append("{id: ask_\(slot), collect: \(slot)\(unsure)}")
            steps.append(action(number, known: said + ["found"]))
            if Bool.random(using: &random) {
                let deny = pick(["{clear: [\(slot)]}", "{clear: [\(other)]}", "{set: {\(other): $\(slot)}}"])
                steps.append("{id: right_\(slot), confirm: [\(slot)], deny: \(deny)}")
            }
            if number == 1 { steps.append("{id: call, call: inner, outcomes: {done: continue}}") }
        }
        steps.append(action(3, known: said + ["found", "inside"]))
        steps.append("{id: over, end: done}")
        text = """
            flow: made
            slots:
              a: {type: text, names: [apple]}
              b: {type: text, names: [berry], depends_on: [\(pick(["a", "c"]))]}
              c: {type: text, names: [cherry]}
              found: {type: text, depends_on: [\(pick(said))]}
            steps:
            \(steps.map { "  - " + $0 }.joined(separator: "\n"))
            """
        called = """
            flow: inner
            slots:
              inside: {type: text}
              chosen: {type: text}
            steps:
              - {id: ask_chosen, collect: chosen}
              - {id: right_chosen, confirm: [chosen], affirm: {set: {inside: $chosen}}, deny: {clear: [chosen]}}
              - {id: inner_over, end: done}
            """
        self.signatures = signatures
    }

    func compile() throws -> Flow {
        let ids = ["ask_a", "ask_b", "ask_c", "right_a", "right_b", "right_c", "ask_chosen", "right_chosen"]
        let prompts = ids.map { "ask_\($0): The question \($0)?" }.joined(separator: "\n")
        var files = [
            FlowSource.File(path: "made/flow.yaml", text: text),
            FlowSource.File(path: "made/flows/inner.yaml", text: called),
            FlowSource.File(path: "made/prompts/made.yaml", text: prompts + "\n"),
        ]
        files += BundledPrompts.files.filter { $0.path.hasPrefix("common/") }
            .map { FlowSource.File(path: $0.path, text: $0.text) }
        return try FlowCompiler(actions: signatures).compile(FlowSource("made", files: files))
    }
}

/// A user and a world without manners.
private struct DefectWalk {
    let flow: Flow
    var random: SeededGenerator
    private(set) var state: State
    private(set) var events: [Event] = []
    /// What the bot said in the last turn.
    private(set) var heard: [Message] = []
    /// The kinds of defects that were met.
    private(set) var defects: [String] = []

    init(_ flow: Flow, random: SeededGenerator) {
        self.flow = flow
        self.random = random
        state = flow.initialState
        take(.started(hints: [:]))
    }

    /// Takes a reply; whatever happened before, something is said and it is the user's turn again.
    mutating func reply(_ text: String, _ place: Comment) {
        take(.reply(text))
        #expect(!heard.isEmpty, place)
        switch state.situation.pending {
        case .reply, .broken: #expect(heard.last?.role == .question || isPaused, place)
        case .ended: break
        case .nothing, .action: Issue.record("it waits for nothing after '\(text)': \(place)")
        }
    }

    private var isPaused = false

    private mutating func take(_ event: Event) {
        heard = []
        let last = flow.drive(state, on: event) { event, transition in
            events.append(event)
            heard += transition.messages
            switch transition.defect?.reason {
            case .undeclaredOutcome: defects.append("undeclared")
            case .missingInput: defects.append("missing")
            case .endlessLoop: defects.append("endless")
            case nil: break
            }
            guard case .action(let call) = transition.next else { return nil }
            if call.input["value"] == nil { defects.append("an action ran without its input") }
            return anyResult()
        }
        isPaused = last.next == .end(.paused)
        state = last.state
    }

    private mutating func anyResult() -> ActionResult {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .defect
        case 1: ActionResult(outcome: "never heard of", values: ["found": .flag(true)])
        case 2, 3: ActionResult(outcome: "bad")
        case 4: ActionResult(outcome: "good")
        case 5: ActionResult(outcome: "good", values: ["found": .list([])])
        default: ActionResult(outcome: "good", values: ["found": .text("gold")])
        }
    }

    mutating func anyReply() -> String {
        let replies = [
            "yes", "yes", "yes", "no", "plain text", "plain text", "other words", "I don't know", "back", "redo",
            "apple is red", "change the berry", "status", "help", "restart", "never mind", "blorp", "try again", "",
        ]
        return replies.randomElement(using: &random) ?? ""
    }
}
