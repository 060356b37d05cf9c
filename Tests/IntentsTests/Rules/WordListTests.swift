import Diagnostics
import Foundation
import Patterns
import Testing
import YAMLReading

@testable import Intents

@Suite("Word lists")
struct WordListTests {
    private static let list = WordList(
        "it, item, Is, of, of course, don't, e.g, a, an, and, été, ète, über",
        at: Location(file: "rules.yaml", line: 1, column: 1)
    )

    @Test(
        "match their entries, and nothing else",
        arguments: [
            ("it", true), ("item", true), ("IS", true), ("of", true), ("of course", true), ("don't", true),
            ("e.g", true), ("a", true), ("an", true), ("and", true), ("Été", true), ("ète", true), ("über", true),
            ("éte", false), ("ite", false), ("items", false),
            ("i", false), ("of cours", false), ("exg", false), ("", false), ("andan", false), ("of  course", false),
        ]
    )
    func match(_ text: String, _ isMatched: Bool) throws {
        let pattern = try Pattern(Self.list.pattern, options: [.caseless, .anchoredWhole])
        #expect(try pattern.matches(text) == isMatched)
    }

    @Test(
        "take the longest entry that fits, and no part of a word",
        arguments: [
            ("of course not", "of course"), ("of courses", "of"), ("item is", "item"), ("its", nil), ("an it", "an"),
        ]
    )
    func longest(_ text: String, _ found: String?) throws {
        let match = try Pattern("^" + Self.list.pattern).firstMatch(in: text, scratch: MatchScratch())
        #expect(match.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) } == found)
    }

    private static func read(_ text: String) -> (rules: [Rule], problems: [String]) {
        var diagnostics = DiagnosticList()
        let file = YAMLNode(text, file: "rules.yaml", diagnostics: &diagnostics).flatMap {
            RuleFile($0, diagnostics: &diagnostics)
        }
        let rules = file.map { RuleCompiler.compile($0, diagnostics: &diagnostics) } ?? []
        return (rules, diagnostics.diagnostics.map { "\($0)" })
    }

    private static let rule = """
        intents:
          thanks:
            - {name: thanks, pattern: 'thanks(?: (?&much))*', matches: [thanks]}
        """

    @Test("stand in patterns and fragments by their names")
    func used() throws {
        let text = """
            kind: command
            words:
              degree: so, very
            fragments:
              much: (?&degree) much
            \(Self.rule)
            """
        let (rules, problems) = Self.read(text)
        #expect(problems.isEmpty)
        let rule = try #require(rules.first)
        #expect(try rule.pattern.matches("thanks so much very much"))
        #expect(try !rule.pattern.matches("thanks too much"))
    }

    @Test("are written once where they are long, and a fragment may use itself")
    func assembled() throws {
        let parts = PatternParts(
            words: ["so": Self.list],
            fragments: ["deep": #"\((?:(?&so)|(?&deep))*\)"#, "pair": "(?&so) (?&so)"]
        )
        for limit in [0, 10_000] {
            let source = parts.assembled("(?&deep) (?&pair)", inlining: limit)
            let pattern = try Pattern(source, options: [.caseless, .anchoredWhole])
            #expect(try pattern.matches("((it)(a)()) an item"))
            #expect(try !pattern.matches("((it)(a)() an item"))
            #expect(source.components(separatedBy: Self.list.pattern).count == (limit == 0 ? 2 : 4))
        }
    }

    @Test(
        "say what is wrong with them, and where",
        arguments: [
            ("words: [so]", "rules.yaml:2:8: error: 'words' is written as 'name: [word, …]' lines"),
            ("words: {much: []}", "rules.yaml:2:9: error: the word list 'much' is empty"),
            ("words: {much: [so, So]}", "rules.yaml:2:15: error: 'so' is in the list twice (word list 'much')"),
            ("words: {much: 'so,,very'}", "rules.yaml:2:15: error: an entry of a word list is empty"),
            ("words: {much: 'a|b'}", "rules.yaml:2:15: error: 'a|b' is no entry of a word list"),
            ("words: {much: 'so, so  so'}", "rules.yaml:2:15: error: 'so  so' is no entry of a word list"),
            ("words: {so-much: [so]}", "rules.yaml:2:9: error: 'so-much' is no name for a part of patterns"),
            ("fragments: {much: [so]}", "rules.yaml:2:19: error: the fragment 'much' is one pattern"),
            (
                "words: {much: [so]}\nfragments: {much: so}",
                "rules.yaml:2:9: error: 'much' is a word list and a fragment; give one another name"
            ),
        ]
    )
    func problems(_ parts: String, _ problem: String) {
        let (_, problems) = Self.read("kind: command\n\(parts)\n\(Self.rule)")
        #expect(problems.contains { $0.hasPrefix(problem) }, "\(problems)")
    }
}
