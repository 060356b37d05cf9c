import Diagnostics
import Dialogue
import Intents
import Patterns
import Testing

@testable import Transcripts

/// Patterns that tell which way they matched.
@Suite("An instrumented pattern matches what the rule matches, and tells how")
struct InstrumentedRuleTests {
    /// A file of rules as a flow's source, with its rules.
    private static func catalog(_ rules: String) throws -> PatternCatalog {
        let flow = """
            flow: f
            slots: {a: {type: text, names: [apple, pear]}}
            steps: [{id: a, collect: a, ask: ask_a}]
            """
        let prompts = BundledFlow.source.files.filter { $0.path.hasPrefix("common/prompts/") }
        let source = FlowSource(
            "f",
            files: prompts + [
                FlowSource.File(path: "f/flow.yaml", text: flow),
                FlowSource.File(path: "f/prompts/p.yaml", text: "ask_a: A?"),
                FlowSource.File(path: "f/rules/r.yaml", text: rules),
            ]
        )
        return PatternCatalog(try FlowCompiler().compile(source), source)
    }

    private static func index(_ catalog: PatternCatalog) -> [PatternCatalog.Alternative: Int] {
        Dictionary(catalog.alternatives.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    @Test(
        "The alternatives on the way to the match are named, and no others",
        arguments: [
            ("yes", ["yes(?! no| nay)"]),
            ("yeah then", ["y(?:eah|ep) (?&later)", "eah", "then"]),
            ("yep now", ["y(?:eah|ep) (?&later)", "ep", "(?:now|soon)", "now"]),
            ("yep soon", ["y(?:eah|ep) (?&later)", "ep", "(?:now|soon)", "soon"]),
            ("yes but yeah then", ["yes(?! no| nay)"]),
            ("aab", ["(?:a|b)+", "a", "b"]),
            ("nothing", []),
        ] as [(String, [String])]
    )
    func taken(_ reply: String, _ expected: [String]) throws {
        let rules = #"""
            kind: mark
            fragments:
              later: "then|(?:now|soon)"
            intents:
              affirm:
                - name: r
                  pattern: "^(?:yes(?! no| nay)|y(?:eah|ep) (?&later)|(?:a|b)+)"
                  matches: ["yes"]
            """#
        let catalog = try Self.catalog(rules)
        let assembly = try #require(catalog.assemblies.first { $0.rule.name == "r" })
        let instrumented = try InstrumentedRule(assembly, in: catalog, index: Self.index(catalog))
        let taken = instrumented.taken(in: reply).sorted().map { catalog.text(of: catalog.alternatives[$0]) }
        #expect(Set(taken) == Set(expected))
        #expect(catalog.alternatives.filter { !$0.isObservable }.map(catalog.text) == [" no", " nay"])
    }

    @Test("A rule whose copy would mean something else is not watched", arguments: [#"(a)\\1"#, "(?<n>a)(?&n)"])
    func refused(_ pattern: String) throws {
        let catalog = try Self.catalog(
            "kind: mark\nintents: {affirm: [{name: r, pattern: \"\(pattern)\", matches: [aa]}]}"
        )
        let assembly = try #require(catalog.assemblies.first { $0.rule.name == "r" })
        #expect(throws: InstrumentedRule.Refusal.self) {
            try InstrumentedRule(assembly, in: catalog, index: Self.index(catalog))
        }
    }

    @Test("A pattern that is too large with all its parts written out is watched part by part")
    func large() throws {
        // PCRE2 takes 64 KiB of compiled pattern; the part takes a good part of them.
        let words = (0..<700).map { "word\($0)" }.joined(separator: "|")
        let rules = """
            kind: mark
            fragments:
              many: "(?:\(words))"
              two: "(?&many)-(?:x|(?&many))"
            intents:
              affirm:
                - {name: r, pattern: "^(?:a (?&two)|b (?&many)|c (?&two))$", matches: [b word1]}
            """
        let catalog = try Self.catalog(rules)
        let assembly = try #require(catalog.assemblies.first { $0.rule.name == "r" })
        let instrumented = try InstrumentedRule(assembly, in: catalog, index: Self.index(catalog))
        #expect(instrumented.patterns.count == 7)
        func taken(_ reply: String) -> Set<String> {
            Set(instrumented.taken(in: reply).map { catalog.text(of: catalog.alternatives[$0]) })
        }
        #expect(taken("a word7-x") == ["a (?&two)", "word7", "x"])
        #expect(taken("c word699-word5") == ["c (?&two)", "word699", "word5", "(?&many)"])
        #expect(taken("b word3") == ["b (?&many)", "word3"])
        #expect(taken("b word3-x") == [])
    }

    @Test("The rules of the bundled flow are watched and match where they did, on every example of every rule")
    func sameMatches() throws {
        let catalog = PatternCatalog(try BundledFlow.compiled(), BundledFlow.source)
        let index = Self.index(catalog)
        let examples = catalog.assemblies.flatMap { $0.rule.examples.matches + $0.rule.examples.rejects }
        let texts = Set(examples.map { Utterance($0).text }).sorted()
        #expect(texts.count > 300)
        var watched = 0
        for assembly in catalog.assemblies {
            let instrumented: InstrumentedRule
            do throws(InstrumentedRule.Refusal) {
                instrumented = try InstrumentedRule(assembly, in: catalog, index: index)
            } catch {
                #expect(error.reason.hasSuffix("regular expression is too large"))
                continue
            }
            watched += 1
            for text in texts {
                let own = try assembly.rule.pattern.allMatches(in: text)
                for pattern in instrumented.patterns {
                    let copied = try pattern.allMatches(in: text)
                    #expect(own.map(\.range) == copied.map(\.range), "\(assembly.rule.name) on '\(text)'")
                    for name in ["slot", "value"] {
                        #expect(own.map { $0.range(named: name) } == copied.map { $0.range(named: name) })
                    }
                }
            }
        }
        #expect(watched * 10 > catalog.assemblies.count * 9)
    }

    @Test("Every alternative of the bundled flow has a place of its own, where its text stands")
    func everyPlace() throws {
        let catalog = PatternCatalog(try BundledFlow.compiled(), BundledFlow.source)
        let files = Dictionary(
            uniqueKeysWithValues: BundledFlow.source.files.map { file in
                let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
                return (file.path, lines.map { Array($0.unicodeScalars) })
            }
        )
        var seen: Set<Location> = []
        var compared = 0
        for alternative in catalog.alternatives where catalog.texts[alternative.owner].location != nil {
            #expect(catalog.texts[alternative.owner].hasPlaces)
            let location = try #require(catalog.location(of: alternative))
            let end = try #require(catalog.texts[alternative.owner].location(of: alternative.range.upperBound))
            if !alternative.range.isEmpty { seen.insert(location) }
            guard location.line == end.line, let lines = files[location.file] else { continue }
            let line = lines[location.line - 1][(location.column - 1)..<(end.column - 1)]
            var written = String.UnicodeScalarView()
            written.append(contentsOf: line)
            #expect(String(written).replacing("\\\\", with: "\\") == catalog.text(of: alternative))
            compared += 1
        }
        #expect(compared > 1_000)
        #expect(seen.count > 1_000)
    }
}
