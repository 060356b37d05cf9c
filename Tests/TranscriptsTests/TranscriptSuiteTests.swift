import Dialogue
import Foundation
import Testing
import Transcripts

@Suite("Many transcripts are run at once and told in order")
struct TranscriptSuiteTests {
    private static let broken = TeaFlow.transcript.replacing("How many", with: "How few")

    private func suite(_ folder: TemporaryFolder, _ selection: TranscriptSelection = .init()) throws -> TranscriptSuite
    {
        let flow = try TeaFlow.compile()
        return TranscriptSuite(
            files: try TranscriptFiles.find(in: [folder.path]),
            selection: selection,
            loader: TranscriptLoader(root: try TranscriptRoot(folder.path))
        ) { _ in (flow, TranscriptStage(runner: TeaFlow.Kitchen())) }
    }

    private func run(_ suite: TranscriptSuite) async throws -> [String] {
        var told: [String] = []
        try await suite.run { verdict, _ in
            let word =
                switch verdict.outcome {
                case .passed: "passed"
                case .failed: "failed"
                case .broken: "broken"
                case .left: "left"
                }
            told.append("\(verdict.file.split(separator: "/").last ?? "") \(word)")
        }
        return told
    }

    @Test("The order is that of the files, whatever ends first", arguments: [1, 2, 7])
    func order(width: Int) async throws {
        var files: [String: String] = [:]
        for number in 100..<160 {
            files["\(number).transcript"] = number % 7 == 0 ? Self.broken : TeaFlow.transcript
        }
        files["155.transcript"] = "do: nonsense\n"
        // The first one takes by far the longest.
        let slow = "user: maybe\nbot~: [...]\n"
        files["100.transcript"] = "bot~: [...]\n\n" + String(repeating: slow, count: 400)
        let folder = try TemporaryFolder(files)
        var suite = try suite(folder)
        suite.width = width
        let told = try await run(suite)
        #expect(told.map { $0.prefix(3) } == (100..<160).map { "\($0)" })
        #expect(told.filter { $0.hasSuffix("failed") }.count == 9)
        #expect(told.contains("155.transcript broken"))
    }

    @Test("After the first failure nothing more is told where that is wanted")
    func failFast() async throws {
        let folder = try TemporaryFolder([
            "a.transcript": TeaFlow.transcript, "b.transcript": Self.broken, "c.transcript": Self.broken,
            "d.transcript": TeaFlow.transcript,
        ])
        var suite = try suite(folder)
        suite.stopsAtFailure = true
        #expect(try await run(suite) == ["a.transcript passed", "b.transcript failed"])
    }

    @Test("Paths, tags and parts select")
    func selection() async throws {
        func tagged(_ tags: String) -> String { "tags: \(tags)\n" + TeaFlow.transcript }
        let folder = try TemporaryFolder([
            "a/one.transcript": tagged("x"), "a/two.transcript": tagged("x, slow"), "b/one.transcript": tagged("y"),
            "b/three.transcript": TeaFlow.transcript,
        ])
        func told(_ change: (inout TranscriptSelection) throws -> Void) async throws -> [String] {
            var selection = TranscriptSelection()
            try change(&selection)
            return try await run(suite(folder, selection)).filter { !$0.hasSuffix("left") }.map {
                String($0.prefix { $0 != "." })
            }
        }
        #expect(try await told { _ in } == ["one", "two", "one", "three"])
        #expect(try await told { $0.filters = [Wildcard("/a/")] } == ["one", "two"])
        #expect(try await told { $0.filters = [Wildcard("*/b/*one.t*")] } == ["one"])
        #expect(try await told { $0.filters = [Wildcard("two"), Wildcard("three")] } == ["two", "three"])
        #expect(try await told { $0.tags = [try #require(TagFilter("x,y"))] } == ["one", "two", "one"])
        #expect(try await told { $0.tags = [try #require(TagFilter("x,!slow"))] } == ["one"])
        #expect(try await told { $0.tags = [try #require(TagFilter("!x"))] } == ["one", "three"])
        #expect(try await told { $0.shard = Shard("1/3") } == ["one", "three"])
        #expect(try await told { $0.shard = Shard("2/3") } == ["two"])
        #expect(try await told { $0.shard = Shard("3/3") } == ["one"])
    }

    @Test("Parts share a list without gaps and overlaps", arguments: [1, 2, 3, 8, 30])
    func shards(count: Int) throws {
        let list = Array(0..<25)
        let parts = try (1...count).map { try #require(Shard("\($0)/\(count)")).part(of: list) }
        #expect(parts.joined().sorted() == list)
        #expect((parts.map(\.count).max() ?? 0) - (parts.map(\.count).min() ?? 0) <= 1)
    }

    @Test("What is no part and no tag is refused", arguments: ["", "0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/2/3"])
    func noShard(text: String) { #expect(Shard(text) == nil) }

    @Test("What is no tag is refused", arguments: ["", "a,", ",", "!", "a,!"])
    func noTag(text: String) { #expect(TagFilter(text) == nil) }

    @Test(
        "Wildcards fit whole paths, other texts any part",
        arguments: [
            ("gate", "a/gate/b.transcript", true), ("gate", "a/b", false), ("*gate*", "a/gate/b", true),
            ("gate*", "a/gate", false),
            ("a/?.t", "a/b.t", true), ("a/?.t", "a/bc.t", false), ("*", "", true), ("?", "", false),
            ("*a*a*b", "aaaaab", true),
            ("*a*a*c", "aaaaab", false), ("", "a", true), ("*é", "caf\u{65}\u{301}", false),
            ("*.transcript", "x.transcript", true),
        ]
    )
    func wildcards(pattern: String, path: String, isMatch: Bool) {
        #expect(Wildcard(pattern).matches(path) == isMatch)
    }

    @Test("What changed decides what is run again")
    func watch() {
        func stamp(_ time: Int64) -> WatchPlan.Stamp { WatchPlan.Stamp(time: time, size: 1) }
        let before = ["a": stamp(1), "b": stamp(1), "open": stamp(1), "flow": stamp(1)]
        func plan(_ after: [String: WatchPlan.Stamp], _ transcripts: [String] = ["a", "b"]) -> WatchPlan {
            WatchPlan(
                before: before,
                after: after,
                transcripts: transcripts,
                uses: ["a": ["open"], "b": ["open", "c"]],
                flow: ["flow"]
            )
        }
        func with(_ changes: [String: WatchPlan.Stamp?]) -> [String: WatchPlan.Stamp] {
            var after = before
            for (path, stamp) in changes { after[path] = stamp }
            return after
        }
        #expect(plan(before) == .nothing)
        #expect(plan(with(["a": stamp(2)])) == .some(["a"]))
        #expect(plan(with(["open": stamp(2)])) == .some(["a", "b"]))
        #expect(plan(with(["open": nil])) == .some(["a", "b"]))
        #expect(plan(with(["c": stamp(1)])) == .some(["b"]))
        #expect(plan(with(["d": stamp(1)]), ["a", "b", "d"]) == .some(["d"]))
        #expect(plan(with(["a": nil]), ["b"]) == .nothing)
        #expect(plan(with(["flow": stamp(2), "a": stamp(2)])) == .everything)
        #expect(plan(with(["flow": nil])) == .everything)
    }
}
