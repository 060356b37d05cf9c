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
