import Patterns
import Testing

struct PatternErrorTests {
    static let runaway = String(repeating: "a", count: 40) + "!"

    @Test(arguments: ["^(a+)+$", "(*NO_JIT)^(a+)+$"])
    func `too much backtracking is an error and not a miss`(source: String) throws {
        let pattern = try Pattern(source)
        let error = try #require(throws: PatternError.self) { try pattern.matches(Self.runaway) }
        #expect(error.code == .workLimitExceeded)
        #expect(error.engineCode == -47)
        #expect(error.offset == nil)
        #expect(throws: PatternError.self) { try pattern.firstMatch(in: Self.runaway) }
        #expect(throws: PatternError.self) { try pattern.allMatches(in: Self.runaway) }
    }

    @Test func `a pattern can lower its match limit and cannot raise it`() throws {
        let text = String(repeating: "a", count: 12) + "!"
        #expect(try !Pattern("^(a+)+$").matches(text))
        #expect(throws: PatternError.self) { try Pattern("(*LIMIT_MATCH=10)^(a+)+$").matches(text) }
        #expect(throws: PatternError.self) { try Pattern("(*LIMIT_MATCH=4000000000)^(a+)+$").matches(Self.runaway) }
    }

    @Test func `deep nesting in the interpreter reaches the depth limit`() throws {
        let text = String(repeating: "ab", count: 600)
        let pattern = try Pattern("(*NO_JIT)^(?:a|b)*$", limits: .init(depthLimit: 50))
        #expect(!pattern.usesJIT)
        let error = try #require(throws: PatternError.self) { try pattern.matches(text) }
        #expect(error.code == .depthLimitExceeded)
        #expect(error.engineCode == -53)
        #expect(try Pattern("(*NO_JIT)^(?:a|b)*$", limits: .init(depthLimit: 5_000)).matches(text))
    }

    @Test func `the interpreter stays below the heap limit`() throws {
        let text = String(repeating: "ab", count: 600)
        let limits = Pattern.Limits(depthLimit: 1_000_000, heapLimitKiB: 20)
        let error = try #require(throws: PatternError.self) {
            try Pattern("(*NO_JIT)^(?:a|b)*$", limits: limits).matches(text)
        }
        #expect(error.code == .heapLimitExceeded)
        #expect(error.engineCode == -63)
    }

    @Test func `memory that an earlier pattern used does not soften the heap limit`() throws {
        let text = String(repeating: "ab", count: 600)
        let scratch = MatchScratch()
        let source = "(*NO_JIT)^(?:a|b)*$"
        let roomy = try Pattern(source, limits: .init(depthLimit: 1_000_000, heapLimitKiB: 10_000))
        let tight = try Pattern(source, limits: .init(depthLimit: 1_000_000, heapLimitKiB: 20))
        #expect(try roomy.matches(text, in: scratch))
        #expect(throws: PatternError.self) { try tight.matches(text, in: scratch) }
    }

    @Test func `machine code that runs out of stack hands over to the interpreter`() throws {
        // 8 kB of alternations need more than the 32 KiB of a JIT stack; the interpreter needs depth and heap.
        let text = String(repeating: "ab", count: 4_000)
        let source = "^(?:(a)|(b))*$"
        let roomy = Pattern.Limits(matchLimit: 1_000_000, depthLimit: 1_000_000, heapLimitKiB: 100_000)
        #expect(try Pattern(source, limits: roomy).matches(text))
        let error = try #require(throws: PatternError.self) { try Pattern(source).matches(text) }
        #expect(error.code == .depthLimitExceeded)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], 1),
            ([0xC3], 0),
            ([0x61, 0x62, 0xC3, 0x28], 2),
            ([0xED, 0xA0, 0x80], 0),
            ([0xC0, 0x80], 0),
            ([0x61, 0x80], 1),
            ([0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0),
            ([0xF0, 0x9F, 0x91], 0),
        ] as [([UInt8], Int)]
    )
    func `bytes that are not UTF-8 are an error with their place`(bytes: [UInt8], offset: Int) throws {
        let pattern = try Pattern("a|.")
        let scratch = MatchScratch()
        let error = try #require(throws: PatternError.self) { try pattern.matches(bytes.span, in: scratch) }
        #expect(error.code == .invalidUTF8)
        #expect(error.offset == offset)
        #expect(throws: PatternError.self) { try pattern.allMatches(in: bytes.span, scratch: scratch) }
        #expect(throws: PatternError.self) { try pattern.firstMatch(in: bytes.span, scratch: scratch) }
    }

    @Test(arguments: [-1, 1, 4, 5, Int.max, Int.min])
    func `a start that is outside the text or inside a character is an error`(start: Int) throws {
        let text = "é👍"  // characters at 0 and 2, end at 6
        let bad = start == 4 || start == 5 || start == 1 || start < 0 || start > 6
        try #require(bad)
        let pattern = try Pattern(".")
        let error = try #require(throws: PatternError.self) { try pattern.firstMatch(in: text, from: start) }
        #expect(error.code == .invalidOffset)
        #expect(error.offset == start)
        let bytes = Array(text.utf8)
        let fromBytes = try #require(throws: PatternError.self) {
            try pattern.firstMatch(in: bytes.span, from: start, scratch: MatchScratch())
        }
        #expect(fromBytes.code == .invalidOffset)
    }

    @Test func `a start at the end of the text is good`() throws {
        #expect(try Pattern(".").firstMatch(in: "é", from: 2) == nil)
        #expect(try Pattern("").firstMatch(in: "", from: 0)?.range == 0..<0)
    }

    @Test func `an error does not spoil the scratch`() throws {
        let scratch = MatchScratch()
        #expect(throws: PatternError.self) { try Pattern("^(a+)+$").matches(Self.runaway, in: scratch) }
        #expect(try Pattern("(a)").firstMatch(in: "ba", scratch: scratch)?.groups == [1..<2])
    }

    @Test func `errors never hold the text`() throws {
        let error = try #require(throws: PatternError.self) { try Pattern("^(a+)+$").matches(Self.runaway) }
        #expect(!"\(error)".contains("aaa"))
    }
}
