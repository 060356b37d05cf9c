import Diagnostics
import Dialogue
import Testing

@Suite("Every name in a prompt must stand for something where the prompt is said")
struct PromptNamesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// A prompt of `prompts/tea.yaml` that is replaced, or a new one.
        var prompt: String
        var text: String
        var message: String?
        var line: Int?
        var column: Int?
        var testDescription: String { name }

        init(_ name: String, _ prompt: String, _ text: String, error: String? = nil, at place: (Int, Int)? = nil) {
            self.name = name
            self.prompt = prompt
            self.text = text
            message = error
            line = place?.0
            column = place?.1
        }
    }

    static let wrong = [
        Case(
            "a misspelt slot",
            "ask_cups",
            "How many cups of {{tae}}?",
            error: "'tae' is no slot, and no value where 'ask_cups' is said (tea/flow.yaml:26:5); did you mean 'tea'?",
            at: (1, 28)
        ),
        Case("a hint", "hint_cups", "Of {{tee}}.", error: "did you mean 'tea'?", at: (1, 15)),
        Case("a why", "why_tea", "{{nothing_like_it}}", error: "slots can be named there", at: (1, 10)),
        Case(
            "a misspelt result of an action",
            "sold_out",
            "Only {{letf}} left.",
            error:
                "'letf' is no slot, and no value where 'sold_out' is said (tea/flow.yaml:18:5); did you mean 'left'?",
            at: (1, 16)
        ),
        Case(
            "what is there beside slots, where nothing is near",
            "sold_out",
            "{{remaining}}",
            error: "beside slots there are: alternatives, left"
        ),
        Case("a result where the action is long over", "ask_cups", "{{left}} left", error: "'left' is no slot"),
        Case("a result at a gate's no", "pay_declined", "{{ticket_number}}", error: "'ticket_number' is no slot"),
        Case("an answer to a topic", "topic_hours", "For {{teas}}.", error: "did you mean 'tea'?"),
        Case("a misspelt section", "sold_out", "{{#letf}}x{{/letf}}", error: "did you mean 'left'?", at: (1, 11)),
        Case("a misspelt section for nothing", "sold_out", "{{^letf}}x{{/letf}}", error: "did you mean 'left'?"),
        Case("inside of a section for nothing", "sold_out", "{{^left}}{{tae}}{{/left}}", error: "'tae'", at: (1, 20)),
        Case("inside of a section over a text", "sold_out", "{{#tea}}{{nmae}}{{/tea}}", error: "'nmae' is no slot"),
        Case("after a section", "sold_out", "{{#tea}}{{.}}{{/tea}}{{tae}}", error: "'tae'", at: (1, 32)),
        Case("an unescaped name", "sold_out", "{{{tae}}} {{tea}}", error: "'tae'", at: (1, 11)),
        Case("with an ampersand", "sold_out", "{{& tae }}", error: "'tae'"),
        Case("with a function around it", "sold_out", "{{uppercased(tae)}}", error: "'tae'"),
        Case("an element of nothing", "sold_out", "{{.}}", error: "'{{.}}' stands for nothing outside of a section"),
        Case("the number of nothing", "sold_out", "{{number}}", error: "'number' is no slot"),
        Case("one of a text", "sold_out", "{{^tea.is_one}}s{{/tea.is_one}}", error: "'tea' has no 'is_one'"),
        Case("a field of a number", "sold_out", "{{left.is_on}}", error: "'left' has no 'is_on'; it can be asked for"),
        Case("the engine's own", "system_why", "Because of {{titel}}.", error: "did you mean 'title'?"),
        Case(
            "the engine's own, from another of its prompts",
            "system_paused",
            "{{problem}}",
            error: "'problem' is no slot, and no value where the engine says 'system_paused'"
        ),
        Case("a field of what is known", "system_status", "{{#known}}{{titel}}{{/known}}", error: "'titel'"),
    ]

    static let right = [
        Case("slots, values and sections over them", "sold_out", "{{tea}} {{left}} {{#note}}{{note}}{{/note}}"),
        Case("a slot that is set later", "ask_tea", "{{ticket}}{{^ticket}}none{{/ticket}}"),
        Case(
            "fields of options, which can be any",
            "sold_out",
            "{{#alternatives}}{{number}} {{price}}{{/alternatives}}"
        ),
        Case("the element of a list", "sold_out", "{{#alternatives}}{{.}}{{/alternatives}}"),
        Case("one from many", "sold_out", "{{left}} cup{{^left.is_one}}s{{/left.is_one}}"),
        Case("one of a list", "sold_out", "{{#alternatives.is_one}}{{tea}}{{/alternatives.is_one}}"),
        Case("a function", "sold_out", "{{uppercased(tea)}} {{#even(left)}}even{{/even(left)}}"),
        Case("functions of a list", "sold_out", "{{#alternatives}}{{.}}{{^last()}}, {{/last()}}{{/alternatives}}"),
        Case("comments", "sold_out", "{{! tae }}{{tea}}"),
        Case("delimiters of its own", "sold_out", "{{=<% %>=}}<%tea%>"),
        Case("the engine's own", "system_status", "{{title}}{{#known}}{{title}} {{value}} {{number}}{{tea}}{{/known}}"),
        Case("one that is never said", "unused", "{{whatever}}"),
    ]

    private static func compile(_ one: Case) throws -> Flow {
        let others = TeaShop.prompts.split(separator: "\n").filter { !$0.hasPrefix(one.prompt + ":") }
        let line = "\(one.prompt): \"\(one.text)\""
        let prompts = ([line[...]] + others).joined(separator: "\n")
        return try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": prompts])
    }

    @Test("What names nothing is an error with its place", arguments: wrong)
    func errors(_ one: Case) throws {
        let message = try #require(one.message)
        let error = #expect(throws: DiagnosticsError.self) { try Self.compile(one) }
        let diagnostics = error?.diagnostics ?? []
        #expect(diagnostics.count == 1, "\(diagnostics.map(\.description).joined(separator: "\n"))")
        let found = try #require(diagnostics.first)
        #expect(found.message.contains(message), "\(found)")
        #expect(found.location.file == "tea/prompts/tea.yaml")
        if let line = one.line { #expect(found.location.line == line) }
        if let column = one.column { #expect(found.location.column == column + 1, "\(found)") }
    }

    @Test("What can be named is none", arguments: right)
    func silence(_ one: Case) throws {
        _ = try Self.compile(one)
    }

    @Test("The place is found in blocks of text, in files of their own, and behind other tags")
    func places() {
        let block = """
            # A {{comment}} above.
            hint_cups: |
              {{! {{ }}A number,
              for é {{tea}} {{cupz}}.
            sold_out: >-
                There is
                no {{tae}}
            """
        let kept = TeaShop.prompts.split(separator: "\n").filter {
            !$0.hasPrefix("hint_cups") && !$0.hasPrefix("sold_out") && !$0.hasPrefix("ask_cups")
        }
        let changes = [
            "tea/prompts/tea.yaml": kept.joined(separator: "\n"), "tea/prompts/more.yaml": block,
            "tea/prompts/ask_cups.mustache": "How\nmany, {{ cupz }}?\n",
        ]
        let error = #expect(throws: DiagnosticsError.self) { try TeaShop.compile(replacing: changes) }
        #expect(
            error?.diagnostics.map { "\($0.location)" } == [
                "tea/prompts/ask_cups.mustache:2:7", "tea/prompts/more.yaml:4:17", "tea/prompts/more.yaml:7:8",
            ]
        )
    }

    @Test("A prompt that is said in several places must be right in each; a section only in one")
    func severalPlaces() throws {
        func compile(_ soldOut: String) throws -> Flow {
            let flow = TeaShop.flow.replacing("{brewed: {say: brewed}}", with: "{brewed: {say: sold_out}}")
            let prompts = TeaShop.prompts.replacing("There is no {{tea}} left.", with: "\"\(soldOut)\"")
            return try TeaShop.compile(replacing: ["tea/flow.yaml": flow, "tea/prompts/tea.yaml": prompts])
        }
        _ = try compile("{{#left}}{{left}} left{{/left}}{{^left}}?{{/left}}{{#cups}}{{cups}}{{/cups}}")
        let error = #expect(throws: DiagnosticsError.self) { try compile("{{left}} left") }
        #expect(
            error?.description.contains("'left' is no slot, and no value where 'sold_out' is said (tea/flow.yaml:36:5)")
                == true
        )
    }

    @Test("A '*' in a branch's prompt stands for each outcome")
    func outcomeNames() throws {
        let flow = TeaShop.flow.replacing(
            "sold_out: {say: sold_out, clear: [tea]}",
            with: "sold_out: {say: stock_*, clear: [tea]}"
        )
        func compile(_ text: String) throws -> Flow {
            try TeaShop.compile(replacing: [
                "tea/flow.yaml": flow, "tea/prompts/tea.yaml": TeaShop.prompts + "\nstock_sold_out: \"\(text)\"",
            ])
        }
        _ = try compile("{{left}}")
        let error = #expect(throws: DiagnosticsError.self) { try compile("{{letf}}") }
        #expect(error?.description.contains("no value where 'stock_sold_out' is said") == true)
    }

    @Test("What an unknown action gives is not guessed")
    func unknownAction() {
        let flow = TeaShop.flow.replacing("action: check_stock", with: "action: check_stok")
        let error = #expect(throws: DiagnosticsError.self) { try TeaShop.compile(replacing: ["tea/flow.yaml": flow]) }
        #expect(error?.diagnostics.count == 1, "\(error.map { "\($0)" } ?? "")")
    }
}
