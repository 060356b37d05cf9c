import Dialogue
import Intents
import Testing

/// What was known before the conversation is used, and once refused it does not come back.
struct HintTests {
    private static let flow = """
        flow: tea
        slots:
          tea: {type: choice, options: {green: Green tea, black: Black tea}, title: the tea, names: [tea]}
          cups: {type: number, max: 9, title: the number of cups, names: [cups]}
          sugar: {type: number, max: 9, title: the sugar, names: [sugar], depends_on: [tea]}
        steps:
          - id: usual
            action: recall
            out: {tea: tea, cups: cups, sugar: sugar}
            outcomes: {recalled: continue}
          - {id: tea, collect: tea, hint: hint_tea}
          - {id: cups, collect: cups}
          - {id: sugar, collect: sugar, ask: ask_cups}
          - id: right
            confirm: [tea]
            ask: ask_summary
            deny: {clear: [tea]}
          - end: served
        """

    private static func compile(givesHints: Bool) throws -> Flow {
        let recall = ActionSignature(
            name: "recall",
            outputs: [.init("tea", .text), .init("cups", .number), .init("sugar", .number)],
            outcomes: ["recalled"],
            givesHints: givesHints
        )
        let prompts = TeaShop.prompts.replacing("{{#note}}, note: {{note}}{{/note}}", with: "")
        let replaced = ["tea/flow.yaml": flow, "tea/topics.yaml": "topics: []", "tea/prompts/tea.yaml": prompts]
        let files = TeaShop.source(replacing: replaced).files
            .filter { !$0.path.hasPrefix("tea/flows/") }
        return try FlowCompiler(actions: [recall]).compile(FlowSource("tea", files: files))
    }

    /// Where the flow stands after the replies, and how often the action was run.
    private func play(_ replies: [String], givesHints: Bool) throws -> (state: State, flow: Flow, runs: Int) {
        let flow = try Self.compile(givesHints: givesHints)
        var state = flow.initialState
        var runs = 0
        for event in [Event.started(hints: [:])] + replies.map(Event.reply) {
            state =
                flow.drive(state, on: event) { _, transition in
                    guard case .action = transition.next else { return nil }
                    runs += 1
                    return ActionResult(outcome: "recalled", values: ["tea": "green", "cups": 2, "sugar": 1])
                }.state
        }
        return (state, flow, runs)
    }

    private func known(_ state: State, in flow: Flow) -> [String] {
        flow.slots.indices.filter { state.situation.slots[$0] != nil }.map { flow.slots[$0].name }.sorted()
    }

    @Test func `hints are taken, unconfirmed`() throws {
        let (state, flow, runs) = try play([], givesHints: true)
        #expect(runs == 1)
        #expect(known(state, in: flow) == ["cups", "sugar", "tea"])
        #expect(state.situation.slots.allSatisfy { $0?.origin == .hint && $0?.isConfirmed == false })
    }

    @Test(arguments: ["no", "change the tea"])
    func `a hint that is refused is forgotten with what depends on it, and nothing else`(_ reply: String) throws {
        let (state, flow, runs) = try play([reply], givesHints: true)
        #expect(runs == 1)
        #expect(known(state, in: flow) == ["cups"])
    }

    @Test func `the results of other actions are found out anew`() throws {
        let (state, flow, runs) = try play(["no"], givesHints: false)
        #expect(runs == 2)
        #expect(known(state, in: flow) == ["cups", "sugar", "tea"])
    }
}
