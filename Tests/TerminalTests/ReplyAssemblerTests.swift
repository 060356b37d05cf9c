import Terminal
import Testing

struct ReplyAssemblerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// Pieces as a line source gives them; `nil` is the end of the input.
        var input: [String?]
        var replies: [String]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "a line is a reply", input: ["yes", "no"], replies: ["yes", "no"]),
        Case(name: "an empty line is an empty reply", input: [""], replies: [""]),
        Case(name: "a backslash joins", input: ["one\\", "two\\", "three", "x"], replies: ["one\ntwo\nthree", "x"]),
        Case(name: "two backslashes do not", input: ["C:\\\\", "next"], replies: ["C:\\\\", "next"]),
        Case(name: "three do, and two stay", input: ["a\\\\\\", "b"], replies: ["a\\\\\nb"]),
        Case(name: "an empty line ends a joined reply", input: ["one\\", "", "x"], replies: ["one", "x"]),
        Case(name: "closed JSON is one line", input: [#"[{"a": 1}]"#, "x"], replies: [#"[{"a": 1}]"#, "x"]),
        Case(
            name: "open JSON goes on",
            input: ["{", #"  "a": [1,"#, "  2]", "}", "x"],
            replies: ["{\n  \"a\": [1,\n  2]\n}", "x"]
        ),
        Case(
            name: "brackets in strings do not count",
            input: [#"{"a": "]}[\"{", "#, #""b": 1}"#],
            replies: ["{\"a\": \"]}[\\\"{\", \n\"b\": 1}"]
        ),
        Case(
            name: "an empty line ends open JSON",
            input: ["[draft, I mean", "", "x"],
            replies: ["[draft, I mean", "x"]
        ),
        Case(name: "a blank line does too", input: ["[draft", " \t", "x"], replies: ["[draft", "x"]),
        Case(name: "brackets that do not match are no JSON", input: ["{ ]", "x"], replies: ["{ ]", "x"]),
        Case(
            name: "a bracket alone at the end opens",
            input: ["use these: [", "1]", "x"],
            replies: ["use these: [\n1]", "x"]
        ),
        Case(name: "a smiley does not", input: ["I like it :[", "x"], replies: ["I like it :[", "x"]),
        Case(
            name: "a bracket inside a sentence does not",
            input: ["the [first one", "x"],
            replies: ["the [first one", "x"]
        ),
        Case(
            name: "a fence goes on to the next",
            input: ["```json", "{ ]", "```", "x"],
            replies: ["```json\n{ ]\n```", "x"]
        ),
        Case(name: "a fence may close on its line", input: ["```code```", "x"], replies: ["```code```", "x"]),
        Case(
            name: "a fence after a bracket wins",
            input: ["{", "```", "}", "```", "x"],
            replies: ["{\n```\n}\n```", "x"]
        ),
        Case(
            name: "backquotes inside a line are no fence",
            input: ["type ``` here", "x"],
            replies: ["type ``` here", "x"]
        ),
        Case(name: "an empty line ends a fence", input: ["```", "code", "", "x"], replies: ["```\ncode", "x"]),
        Case(name: "a paste is seen whole", input: ["[\n\n1,\n\n2]", "x"], replies: ["[\n\n1,\n\n2]", "x"]),
        Case(name: "a paste may be open", input: ["{\n\"a\":\n", "1}"], replies: ["{\n\"a\":\n\n1}"]),
        Case(name: "the end of the input ends a reply", input: ["{", "\"a\"", nil], replies: ["{\n\"a\""]),
        Case(name: "a backslash inside JSON is JSON's", input: ["[\\", "]"], replies: ["[\\\n]"]),
    ])
    func `lines become replies`(_ test: Case) {
        var assembler = ReplyAssembler()
        var replies: [String] = []
        for line in test.input {
            let progress = line.map { assembler.add(Array($0.utf8)) } ?? assembler.finish()
            if case .complete(let bytes) = progress { replies.append(String(decoding: bytes, as: UTF8.self)) }
        }
        #expect(replies == test.replies)
        #expect(!assembler.isContinuing)
    }

    @Test func `nothing begun, nothing finished`() {
        var assembler = ReplyAssembler()
        #expect(assembler.finish() == nil)
    }

    @Test func `a reset forgets the lines before it`() {
        var assembler = ReplyAssembler()
        #expect(assembler.add(Array("[1,".utf8)) == .needsMore)
        #expect(assembler.isContinuing)
        assembler.reset()
        #expect(assembler.add(Array("2]".utf8)) == .complete(Array("2]".utf8)))
    }

    @Test func `bytes that are not UTF-8 go through`() {
        var assembler = ReplyAssembler()
        #expect(assembler.add([0xFF, 0x00, 0xC3]) == .complete([0xFF, 0x00, 0xC3]))
    }

    @Test func `the limit is exact and counts the line feeds`() {
        var assembler = ReplyAssembler(limit: 5)
        #expect(assembler.add(Array("12345".utf8)) == .complete(Array("12345".utf8)))
        #expect(assembler.add(Array("123456".utf8)) == .tooLong(byteCount: 6))
        #expect(assembler.add(Array("[1".utf8)) == .needsMore)
        #expect(assembler.add(Array("2]".utf8)) == .complete(Array("[1\n2]".utf8)))
        #expect(assembler.add(Array("[1".utf8)) == .needsMore)
        #expect(assembler.add(Array("23]".utf8)) == .tooLong(byteCount: 6))
    }

    @Test func `a block that is too long is consumed to its end`() {
        var assembler = ReplyAssembler(limit: 8)
        #expect(assembler.add(Array("[".utf8)) == .needsMore)
        for _ in 0..<100 { #expect(assembler.add(Array("1,".utf8)) == .needsMore) }
        #expect(assembler.add(Array("1]".utf8)) == .tooLong(byteCount: 1 + 100 * 3 + 3))
        #expect(assembler.add(Array("yes".utf8)) == .complete(Array("yes".utf8)))
    }

    @Test func `a line that was not kept makes the reply too long`() {
        var assembler = ReplyAssembler(limit: 8)
        #expect(assembler.add(Array("[".utf8)) == .needsMore)
        #expect(assembler.addOverlong(byteCount: 1000) == .tooLong(byteCount: 1002))
        #expect(!assembler.isContinuing)
    }
}
