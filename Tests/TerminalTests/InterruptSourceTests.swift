import Foundation
import Testing

@testable import Terminal

/// No signal is sent here, `receive` is called in its place.
///
/// Tests/RealParts/terminal_probe.py sends real signals.
@Suite(.serialized)
struct InterruptSourceTests {
    @Test func `there is one at a time`() {
        var first: InterruptSource? = InterruptSource()
        #expect(first != nil)
        #expect(InterruptSource() == nil)
        first = nil
        #expect(InterruptSource() != nil)
    }

    @Test func `a press reaches every listener`() async throws {
        let source = try #require(InterruptSource())
        var one = source.presses().makeAsyncIterator()
        var other = source.presses().makeAsyncIterator()
        source.receive(SIGINT)
        #expect(await one.next() != nil)
        #expect(await other.next() != nil)
    }

    @Test func `a press while a line is read ends that line, and nothing else`() async throws {
        let source = try #require(InterruptSource())
        let pipe = Pipe()
        let input = PlainInput(descriptor: pipe.fileHandleForReading.fileDescriptor, interrupts: source)
        var presses = source.presses().makeAsyncIterator()
        let line = Task { await input.readLine(prompt: "") }
        while !source.isBeingRead { await Task.yield() }
        source.receive(SIGINT)
        #expect(await line.value == .interrupted)
        source.receive(SIGINT)
        #expect(await presses.next() != nil)
        try pipe.fileHandleForWriting.write(contentsOf: Data("after\n".utf8))
        #expect(await input.readLine(prompt: "") == .line(Array("after".utf8)))
    }

    @Test func `a stream ends with its source`() async {
        var source: InterruptSource? = InterruptSource()
        let stream = source?.presses()
        source = nil
        var count = 0
        if let stream { for await _ in stream { count += 1 } }
        #expect(count == 0)
    }
}
