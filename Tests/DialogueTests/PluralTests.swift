import Intents
import Testing

@Suite("A prompt knows one from many")
struct PluralTests {
    @Test(
        "A number",
        arguments: [("1", "1 cup. Right?"), ("2", "2 cups. Right?"), ("9", "9 cups. Right?")]
    )
    func numbers(cups: String, summary: String) throws {
        let prompts = TeaShop.prompts.replacing(
            #"ask_summary: "{{cups}} x {{tea}}{{#note}}, note: {{note}}{{/note}}. Right?""#,
            with: #"ask_summary: "{{cups}} cup{{^cups.is_one}}s{{/cups.is_one}}. Right?""#
        )
        try #require(prompts != TeaShop.prompts)
        var customer = Customer(try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": prompts]))
        customer.say("green", cups, "no")
        #expect(customer.heard == summary)
    }

    @Test("A yes or no, which still decides about a section", arguments: [("yes", "yes, with"), ("no", "no, without")])
    func flags(reply: String, text: String) throws {
        let flow = TeaShop.flow.replacing(
            "  - id: note\n    call: note\n    outcomes: {written: continue, none: continue}\n",
            with: "  - {id: with_note, collect: wants_note, ask: ask_wants_note}\n"
        )
        let prompts = TeaShop.prompts.replacing(
            #"ask_summary: "{{cups}} x {{tea}}{{#note}}, note: {{note}}{{/note}}. Right?""#,
            with:
                #"ask_summary: "{{wants_note}}, {{#wants_note}}with{{/wants_note}}{{^wants_note}}without{{/wants_note}}""#
        )
        try #require(prompts != TeaShop.prompts && flow != TeaShop.flow)
        var customer = Customer(
            try TeaShop.compile(replacing: ["tea/flow.yaml": flow, "tea/prompts/tea.yaml": prompts])
        )
        customer.say("green", "1", reply)
        #expect(customer.heard == text)
        customer.say("note: \(reply == "yes" ? "no" : "yes")")
        #expect(customer.said.first == "Changed a note to \(reply == "yes" ? "no" : "yes").")
    }

    @Test("An input of an action that is the slot of its own name shows as the slot does")
    func inputs() throws {
        var customer = Customer(try TeaShop.compile())
        customer.stock = "sold_out"
        customer.say("black")
        #expect(customer.said.first == "There is no Black tea left.")
    }

    @Test(
        "A list, which still reads as a sentence and repeats as a section",
        arguments: [
            (["mint"], "Left: mint (the only one) [mint]"), (["mint", "black"], "Left: mint and black [mint][black]"),
            ([], "Left: "),
        ]
    )
    func lists(names: [String], text: String) throws {
        let prompts = TeaShop.prompts.replacing(
            "sold_out: There is no {{tea}} left.",
            with:
                #"sold_out: "Left: {{alternatives}}{{#alternatives.is_one}} (the only one){{/alternatives.is_one}} {{#alternatives}}[{{.}}]{{/alternatives}}""#
        )
        try #require(prompts != TeaShop.prompts)
        var customer = Customer(try TeaShop.compile(replacing: ["tea/prompts/tea.yaml": prompts]))
        customer.stock = "sold_out"
        customer.stockValues = ["alternatives": .list(names.map { .text($0) })]
        customer.say("green")
        #expect(customer.said.first?.trimmed == text.trimmed)
    }
}

extension String {
    fileprivate var trimmed: Substring {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
