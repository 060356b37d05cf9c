import Diagnostics
import Dialogue
import Testing

@Suite("Broken flow files are explained, with file, line and column")
struct FlowCompilerTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var file = "tea/flow.yaml"
        var old: String
        var new: String
        var message: String
        var line: Int?
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "no YAML", old: "flow: tea\n", new: "flow: [tea\n", message: "not valid YAML", line: nil),
        Case(
            name: "unknown slot type",
            old: "{type: number,",
            new: "{type: nubmer,",
            message: "did you mean 'number'?",
            line: 9
        ),
        Case(
            name: "unknown slot collected",
            old: "collect: cups",
            new: "collect: cupz",
            message: "there is no slot 'cupz'; did you mean 'cups'?",
            line: 27
        ),
        Case(
            name: "unknown action",
            old: "action: brew\n",
            new: "action: brw\n",
            message: "did you mean 'brew'?",
            line: 37
        ),
        Case(
            name: "misspelled step word",
            old: "  - id: cups\n    collect: cups",
            new: "  - id: cups\n    colect: cups",
            message: "did you mean 'collect'?",
            line: 27
        ),
        Case(
            name: "outcome without a branch",
            old: "      sold_out: {say: sold_out, clear: [tea]}\n",
            new: "",
            message: "can end with 'sold_out', which has no branch",
            line: nil
        ),
        Case(
            name: "unknown outcome",
            old: "unreachable: {set",
            new: "unreachabel: {set",
            message: "did you mean 'unreachable'?",
            line: nil
        ),
        Case(
            name: "going back by next",
            old: "outcomes: {brewed: {say: brewed}}",
            new: "outcomes: {brewed: tea}",
            message: "'tea' lies behind",
            line: nil
        ),
        Case(
            name: "unknown step",
            old: "outcomes: {brewed: {say: brewed}}",
            new: "outcomes: {brewed: dne}",
            message: "this flow has no step 'dne'",
            line: nil
        ),
        Case(
            name: "an action that stays",
            old: "outcomes: {brewed: {say: brewed}}",
            new: "outcomes: {brewed: stay}",
            message: "cannot 'stay'",
            line: nil
        ),
        Case(
            name: "missing prompt",
            old: "say: sold_out",
            new: "say: soldout",
            message: "there is no prompt 'soldout'; did you mean 'sold_out'?",
            line: nil
        ),
        Case(
            name: "value that a slot never has",
            old: "set: {stock_state: fine}",
            new: "set: {stock_state: good}",
            message: "'stock_state' is never 'good'",
            line: nil
        ),
        Case(
            name: "input of the wrong shape",
            old: "in: {tea: tea}",
            new: "in: {tea: cups}",
            message: "holds number, but text is wanted",
            line: nil
        ),
        Case(
            name: "missing input",
            old: "in: {tea: tea, cups: cups, note: note}",
            new: "in: {tea: tea}",
            message: "'brew' needs the input 'cups'",
            line: nil
        ),
        Case(
            name: "unknown flow called",
            old: "call: note",
            new: "call: notes",
            message: "there is no flow 'notes'; did you mean 'note'?",
            line: nil
        ),
        Case(
            name: "end without a branch",
            old: "outcomes: {written: continue, none: continue}",
            new: "outcomes: {none: continue}",
            message: "can end with 'written'",
            line: nil
        ),
        Case(
            name: "guard over an unknown slot",
            file: "tea/flows/note.yaml",
            old: "if: not wants_note",
            new: "if: not wants_nte",
            message: "did you mean 'wants_note'?",
            line: 8
        ),
        Case(
            name: "guard that computes",
            file: "tea/flows/note.yaml",
            old: "if: not wants_note",
            new: "if: cups == 3",
            message: "has no closed set of values",
            line: 8
        ),
        Case(
            name: "guard without end",
            file: "tea/flows/note.yaml",
            old: "if: not wants_note",
            new: "if: (wants_note",
            message: "expected ')'",
            line: 8
        ),
        Case(
            name: "flow that calls itself",
            file: "tea/flows/note.yaml",
            old: "    collect: note\n",
            new: "    call: note\n    outcomes: {none: continue, written: continue}\n",
            message: "'note' comes to call itself",
            line: nil
        ),
        Case(
            name: "pattern that does not compile",
            file: "tea/topics.yaml",
            old: "complain(?:t|ts)?",
            new: "complain(?:t|ts?",
            message: "does not compile",
            line: nil
        ),
        Case(
            name: "topic without an answer",
            file: "tea/topics.yaml",
            old: "    answer: topic_hours\n",
            new: "",
            message: "needs an 'answer'",
            line: nil
        ),
        Case(
            name: "template that does not parse",
            file: "tea/prompts/tea.yaml",
            old: "There is no {{tea}} left.",
            new: "There is no {{#tea}} left.",
            message: "is not a valid template",
            line: nil
        ),
        Case(
            name: "question without a prompt",
            file: "tea/prompts/tea.yaml",
            old: "ask_cups: How many cups?\n",
            new: "",
            message: "has no question: add the prompt 'ask_cups'",
            line: nil
        ),
        Case(
            name: "two steps of one name",
            old: "  - id: done",
            new: "  - id: tea",
            message: "two steps with the id 'tea'",
            line: nil
        ),
    ]

    @Test("The error says what and where", arguments: cases)
    func errors(_ broken: Case) throws {
        let texts = [
            "tea/flow.yaml": TeaShop.flow, "tea/flows/note.yaml": TeaShop.note, "tea/topics.yaml": TeaShop.topics,
            "tea/prompts/tea.yaml": TeaShop.prompts,
        ]
        let text = try #require(texts[broken.file])
        let changed = text.replacing(broken.old, with: broken.new)
        try #require(changed != text, "the case changes nothing")
        let error = #expect(throws: DiagnosticsError.self) {
            try TeaShop.compile(replacing: [broken.file: changed])
        }
        let diagnostics = error?.diagnostics ?? []
        let hit = diagnostics.first { $0.message.contains(broken.message) }
        #expect(hit != nil, "\(diagnostics.map(\.description).joined(separator: "\n"))")
        if let line = broken.line { #expect(hit?.location.line == line) }
        #expect(diagnostics.allSatisfy { $0.location.line >= 1 && $0.location.column >= 1 })
    }

    @Test("All errors are reported at once")
    func allAtOnce() throws {
        let changed = TeaShop.flow.replacing("collect: cups", with: "collect: cupz").replacing(
            "action: brew\n",
            with: "action: brw\n"
        )
        let error = #expect(throws: DiagnosticsError.self) {
            try TeaShop.compile(replacing: ["tea/flow.yaml": changed])
        }
        #expect((error?.diagnostics.count ?? 0) >= 2)
    }

    @Test("A flow that is not there is named")
    func missingFlow() {
        let error = #expect(throws: DiagnosticsError.self) {
            try FlowCompiler().compile(FlowSource("coffee", files: []))
        }
        #expect(error?.description.contains("there is no such flow") == true)
    }

    @Test("The digest changes with any file, and only then")
    func digest() throws {
        let first = try TeaShop.compile()
        let second = try TeaShop.compile()
        let third = try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": TeaShop.prompts + "\nextra: x\n"])
        #expect(first.digest == second.digest)
        #expect(first.digest != third.digest)
    }

    @Test("All flows of a folder are those that it compiles one by one")
    func allFlows() throws {
        let compiler = FlowCompiler(actions: TeaShop.actions)
        let all = try compiler.compileAll(TeaShop.source())
        #expect(all.map { $0.flows[$0.entry].name } == ["tea", "complaint", "note"])
        for flow in all {
            let alone = try compiler.compile(TeaShop.source(), entry: flow.flows[flow.entry].name)
            #expect(flow.digest == alone.digest)
            let begin = Event.started(hints: [:])
            let (first, second) = (
                flow.advance(flow.initialState, on: begin), alone.advance(alone.initialState, on: begin)
            )
            #expect(first.messages == second.messages && first.next == second.next && first.state == second.state)
        }
        #expect(Set(all.map(\.digest)).count == 3)
    }
}
