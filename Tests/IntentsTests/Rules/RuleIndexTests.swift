import Diagnostics
import Foundation
import Patterns
import Testing

@testable import Intents

@Suite("The index of rules")
struct RuleIndexTests {
    private static let location = Location(file: "rules.yaml", line: 1, column: 1)

    private static func written(_ pattern: String, kind: Rule.Kind = .mark) -> WrittenRule {
        let parts = PatternParts(
            words: [
                "drink": WordList("tea, green tea, été", at: location), "degree": WordList("so, very", at: location),
            ],
            fragments: ["please": "(?:please|pls)", "loop": "a(?&loop)?"]
        )
        return WrittenRule(
            draft: RuleFile.Draft(
                name: pattern,
                intent: "x",
                pattern: pattern,
                patternLocation: location,
                location: location,
                examples: Rule.Examples()
            ),
            kind: kind,
            frame: "%",
            slotNames: nil,
            parts: parts,
            limits: .init()
        )
    }

    /// Shows a boundary as `|`.
    private static func shown(_ sets: [Set<RequiredLiterals.Literal>]) -> [[String]] {
        sets.map { set in
            set.map { String(decoding: $0.map { $0 == 0 ? UInt8(ascii: "|") : $0 }, as: UTF8.self) }.sorted()
        }
    }

    @Test(
        "requires what every match contains, the most telling first",
        arguments: [
            ("benchmarks?", [["benchma"]]),
            ("\\bHelp\\b", [["|help|"]]),
            ("colou?r", [["colo"], ["r"]]),
            ("yes|no", [["no", "yes"]]),
            ("yes|\\d+", []),
            ("(?:yes)?", []),
            ("(?:yes)+", [["yes"]]),
            ("how\\s+many", [["|many"], ["how|"]]),
            ("how\\s*many", [["many"], ["how"]]),
            ("(?&degree) good", [[" |good"], ["so|", "very|"]]),
            ("\\b(?&degree)", [["|so|", "|very|"]]),
            ("(?&drink)", [["green| ", "t", "tea|"]]),
            ("(?&please)", [["please", "pls"]]),
            ("(?&unknown)x", [["x"]]),
            ("(?&loop)", [["a"]]),
            ("[ab]c", [["c"]]),
            ("(?!no)yes(?!\\w)", [["yes|"]]),
            ("(a)\\1", []),
            ("é?t", [["t"]]),
        ]
    )
    func requires(_ pattern: String, _ sets: [[String]]) {
        #expect(Self.shown(RequiredLiterals(of: Self.written(pattern)).sets) == sets)
    }

    @Test("knows that a word begins and ends where the whole reply does")
    func requiresWhole() {
        let sets = RequiredLiterals(of: Self.written("y|no", kind: .command)).sets
        #expect(Self.shown(sets) == [["|no|", "|y|"]])
    }

    @Test(
        "finds literals wherever they stand",
        arguments: [
            ("tea", ["tea", "|tea|"]), ("a TEA, please", ["tea", "|tea|"]), ("steam", ["tea"]), ("", []), ("te a", []),
            ("o\u{212A}", ["ok"]), ("thi\u{17F}", ["this"]), ("été tea", ["tea", "|tea|"]),
            ("éteaé", ["tea", "|tea|"]),
            ("this, ok?", ["ok", "this", "?"]),
        ]
    )
    func finds(_ text: String, _ found: [String]) {
        let literals = ["tea", "|tea|", "ok", "this", "?"]
        let scanner = LiteralScanner(literals.map { $0.utf8.map { $0 == UInt8(ascii: "|") ? 0 : $0 } })
        var seen: Set<String> = []
        scanner.forEachLiteral(in: text) { seen.insert(literals[$0]) }
        // Beside a character beyond ASCII a boundary is possible, so it is taken for one.
        #expect(seen == Set(found))
    }

    @Test("tries every rule that matches: the bundled phrasings, and examples of rules")
    func phrasingsAreCovered() throws {
        let folder = Phrasings.root.appending(path: "Tests/Transcripts/model-evaluation/phrasings")
        var texts = CommonRules.all.flatMap { $0.examples.matches + $0.examples.rejects }
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".tsv") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            texts += text.split(separator: "\n").map { $0.split(separator: "\t").last.map(String.init) ?? "" }
        }
        #expect(texts.count > 1_500)
        expectCovered(texts)
    }

    @Test("tries every rule that matches: replies put together at random of what rules are about")
    func randomRepliesAreCovered() {
        var generator = SeededGenerator(state: 1)
        let words = Set(CommonRules.all.flatMap(\.examples.matches).flatMap { $0.split(separator: " ") }).sorted()
        let ends = ["", "", "", "!", "?", ".", " 👍", "…", "é"]
        let texts = (0..<Self.randomReplies).map { _ in
            let count = Int.random(in: 1...7, using: &generator)
            let reply = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            return reply + (ends.randomElement(using: &generator) ?? "")
        }
        expectCovered(texts)
    }

    @Test(
        "tries every rule that matches: what people wrote for an assistant",
        .enabled(if: FileManager.default.fileExists(atPath: Phrasings.collected), "there is no CLINC150")
    )
    func collectedRepliesAreCovered() throws {
        let text = try String(contentsOfFile: Phrasings.collected, encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: "\t").last.map(String.init) ?? "" }
        expectCovered(rows.enumerated().filter { $0.offset.isMultiple(of: Self.stride) }.map(\.element))
    }

    /// All of them with `USHER_TEST_REPLIES=all`.
    private static let isThorough = ProcessInfo.processInfo.environment["USHER_TEST_REPLIES"] == "all"
    private static let randomReplies = isThorough ? 100_000 : 3_000
    private static let stride = isThorough ? 1 : 8

    private func expectCovered(_ texts: [String]) {
        let index = RuleIndex()
        let list = index.add(CommonRules.all)
        let scratch = MatchScratch()
        for text in texts {
            let text = Utterance(text).text
            let tried = Set(list.among(index.candidates(in: text)).map(\.offset))
            for (offset, rule) in CommonRules.all.enumerated() where !tried.contains(offset) {
                // A pattern that anchors at both ends can't match by a part; all others are searched for anywhere.
                #expect((try? rule.pattern.matches(text, in: scratch)) != true, "\(rule.name) matches '\(text)'")
            }
        }
    }
}

/// A generator of random numbers that gives the same ones each time (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
