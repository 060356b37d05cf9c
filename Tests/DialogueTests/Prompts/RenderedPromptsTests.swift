import Intents
import Testing

@testable import Dialogue

/// What a template was rendered to before is said again only where rendering it anew would give the same.
@Suite("Rendered prompts")
struct RenderedPromptsTests {
    private static let values: [[String: Value]] = [
        [:],
        ["name": "caf\u{E9}"],
        ["name": "cafe\u{301}"],
        ["name": 1],
        ["name": "1"],
        ["name": .flag(true)],
        ["name": .flag(false)],
        ["name": .list([])],
        ["name": .list(["a", "b"])],
        ["name": .list(["ab"])],
        ["name": .list(["a", "b"]), "other": "c"],
        ["name": .list(["a"]), "other": "bc"],
        ["other": .list(["a", "b"])],
    ]
    private static let records: [[String: Value]] = [
        ["name": .list([.record(["name": "inner"]), .record(["other": "x"])]), "other": "outer"],
        ["name": .record(["other": "inner"]), "other": "outer"],
        ["name": .record([:]), "other": "outer"],
    ]

    /// Renders with values that come from the moment or from the slots.
    private func render(_ template: PromptTemplate, _ values: [String: Value], asSlots: Bool) -> String {
        template.render(PromptValues(moment: asSlots ? [:] : values) { asSlots ? values[$0] : nil })
    }

    @Test(
        "are what rendering anew gives, whatever was rendered before",
        arguments: [
            "{{name}}", "{{#name}}there{{/name}}{{^name}}none{{/name}}", "{{#name}}{{other}} {{/name}}.",
            "{{#name}}{{.}}, {{/name}}", "{{name.other}}", "{{name.is_one}} {{#name.is_one}}one{{/name.is_one}}",
            "{{#name}}{{number}}: {{name}} {{/name}}", "{{uppercased(other)}}{{! other }} ", "{{{name}}}{{&other}}",
        ]
    )
    func sameAsAnew(text: String) throws {
        let template = try PromptTemplate(name: "p", text: text)
        // A record by itself is no text.
        let all = Self.values + (text.contains("{{.}}") ? [] : Self.records)
        for round in 0..<4 {
            for values in round.isMultiple(of: 2) ? all : all.reversed() {
                let anew = render(try PromptTemplate(name: "p", text: text), values, asSlots: false)
                for asSlots in [false, true, false] {
                    let found = render(template, values, asSlots: asSlots)
                    #expect(Array(found.utf8) == Array(anew.utf8), "\(values)")
                }
            }
        }
    }

    @Test("are made once where they recur, and each time where values are long or new")
    func madeOnce() throws {
        let prompts = RenderedPrompts(try #require(PromptTag.scan("{{name}}")))
        var made = 0
        func say(_ name: String) -> String {
            prompts.text(of: PromptValues(moment: ["name": .text(name)]) { _ in nil }) {
                made += 1
                return "\(name)!"
            }
        }
        for _ in 0..<5 { #expect(say("Ann") == "Ann!") }
        #expect(made == 2)
        for number in 0..<5 { #expect(say("\(number)") == "\(number)!") }
        #expect(made == 7)
        let long = String(repeating: "x", count: 5_000)
        for _ in 0..<5 { #expect(say(long) == long + "!") }
        #expect(made == 12)
    }
}
