import Foundation
import Terminal
import Testing

struct PlainInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var inputs: [Input]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "nothing", bytes: [], inputs: [.endOfInput]),
        Case(
            name: "lines",
            bytes: Array("yes\nno\n".utf8),
            inputs: [.line(Array("yes".utf8)), .line(Array("no".utf8)), .endOfInput]
        ),
        Case(name: "an empty line", bytes: Array("\n".utf8), inputs: [.line([]), .endOfInput]),
        Case(
            name: "no line feed at the end",
            bytes: Array("yes".utf8),
            inputs: [.line(Array("yes".utf8)), .endOfInput]
        ),
        Case(
            name: "CR LF",
            bytes: Array("yes\r\n\r\n".utf8),
            inputs: [.line(Array("yes".utf8)), .line([]), .endOfInput]
        ),
        Case(name: "CR inside a line", bytes: Array("a\rb\n".utf8), inputs: [.line(Array("a\rb".utf8)), .endOfInput]),
        Case(name: "any bytes", bytes: [0xFF, 0x00, 0xC3, 0x0A], inputs: [.line([0xFF, 0x00, 0xC3]), .endOfInput]),
        Case(
            name: "the limit itself",
            bytes: Array("12345678\r\nx\n".utf8),
            inputs: [.line(Array("12345678".utf8)), .line([0x78]), .endOfInput]
        ),
        Case(
            name: "one more",
            bytes: Array("123456789\r\nx\n".utf8),
            inputs: [.tooLong(byteCount: 9), .line([0x78]), .endOfInput]
        ),
        Case(
            name: "much more",
            bytes: Array(repeating: 0x61, count: 20_000) + [0x0A, 0x78],
            inputs: [.tooLong(byteCount: 20_000), .line([0x78]), .endOfInput]
        ),
    ])
    func `lines are read as bytes`(_ test: Case) async throws {
        let pipe = Pipe()
        let writing = Task.detached {
            try pipe.fileHandleForWriting.write(contentsOf: Data(test.bytes))
            try pipe.fileHandleForWriting.close()
        }
        let source = PlainInput(descriptor: pipe.fileHandleForReading.fileDescriptor, limit: 8)
        var inputs: [Input] = []
        repeat { inputs.append(await source.readLine(prompt: "unseen")) } while inputs.last != .endOfInput
        try await writing.value
        #expect(inputs == test.inputs)
    }

    @Test func `replies of several lines come whole, and the last one without its end`() async throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("[1,\n2]\none\\\ntwo\n{ \"a\":".utf8))
        try pipe.fileHandleForWriting.close()
        var reader = ReplyReader(source: PlainInput(descriptor: pipe.fileHandleForReading.fileDescriptor))
        #expect(await reader.nextReply(prompt: "> ") == .line(Array("[1,\n2]".utf8)))
        #expect(await reader.nextReply(prompt: "> ") == .line(Array("one\ntwo".utf8)))
        #expect(await reader.nextReply(prompt: "> ") == .line(Array("{ \"a\":".utf8)))
        #expect(await reader.nextReply(prompt: "> ") == .endOfInput)
        #expect(await reader.nextReply(prompt: "> ") == .endOfInput)
    }
}

/// Gives out what it was made with, and remembers the prompts.
private actor Script: LineSource {
    private var inputs: [Input]
    private(set) var prompts: [DisplayText] = []

    init(_ inputs: [Input]) {
        self.inputs = inputs
    }

    func readLine(prompt: DisplayText) async -> Input {
        prompts.append(prompt)
        return inputs.isEmpty ? .endOfInput : inputs.removeFirst()
    }
}

struct ReplyReaderTests {
    @Test func `further lines are asked for with an ellipsis`() async {
        let script = Script([.line(Array("[1,".utf8)), .line(Array("2]".utf8)), .line(Array("yes".utf8))])
        var reader = ReplyReader(source: script)
        #expect(await reader.nextReply(prompt: "you> ") == .line(Array("[1,\n2]".utf8)))
        #expect(await reader.nextReply(prompt: "you> ") == .line(Array("yes".utf8)))
        #expect(await script.prompts == ["you> ", "… ", "you> "])
    }

    @Test func `Ctrl-C drops the lines before it`() async {
        var reader = ReplyReader(source: Script([.line(Array("[1,".utf8)), .interrupted, .line(Array("2]".utf8))]))
        #expect(await reader.nextReply(prompt: "") == .interrupted)
        #expect(await reader.nextReply(prompt: "") == .line(Array("2]".utf8)))
    }

    @Test func `a line that was too long is reported`() async {
        var reader = ReplyReader(source: Script([.tooLong(byteCount: 99), .line(Array("ok".utf8))]), limit: 10)
        #expect(await reader.nextReply(prompt: "") == .tooLong(byteCount: 99))
        #expect(await reader.nextReply(prompt: "") == .line(Array("ok".utf8)))
    }
}
