import Foundation
import NIOCore
import Sessions
import Testing

@testable import ChatOps

@Suite("Messages come as server-sent events", .timeLimit(.minutes(10)))
struct SessionEventStreamTests {
    private func stream(
        _ desk: Desk,
        after number: Int = 0,
        _ limiter: StreamLimiter = StreamLimiter(limit: 1)
    ) throws
        -> SessionEventStream
    {
        let place = try #require(limiter.enter("ann"))
        return SessionEventStream("s", owner: "ann", after: number, of: desk.engine, place: place)
    }

    @Test("What is there comes at once, what is new when it comes, and the end when the session is removed")
    func wholeStream() async throws {
        let desk = try Desk()
        _ = try await desk.engine.begin("s", flow: "kettle", owner: "ann")
        var chunks: [String] = []
        for try await buffer in try stream(desk).bytes() {
            chunks.append(String(buffer: buffer))
            switch chunks.count {
            case 1: _ = try await desk.engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: nil)
            case 2: try await desk.engine.remove("s", owner: "ann")
            default: break
            }
        }
        let first = try #require(chunks.first)
        #expect(first.hasPrefix("id: 1\nevent: message\ndata: {"))
        #expect(first.contains("Which cup?") && first.hasSuffix("event: rest\ndata: {\"state\":\"waiting\"}\n\n"))
        let rest = chunks.dropFirst().joined()
        #expect(rest.contains("id: 2\nevent: message\n") && rest.contains("It is hot."))
        #expect(rest.contains(#"{"outcome":"done","state":"completed"}"#))
        #expect(chunks.last == "event: gone\ndata: {}\n\n")
    }

    @Test("A client that comes back gets what it has not got")
    func resumed() async throws {
        let desk = try Desk()
        _ = try await desk.engine.begin("s", flow: "kettle", owner: "ann")
        _ = try await desk.engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: nil)
        for try await buffer in try stream(desk, after: 1).bytes() {
            let text = String(buffer: buffer)
            #expect(!text.contains("id: 1\n") && text.contains("id: 2\n"))
            break
        }
    }

    @Test("A line feed in a message stays inside of its line of data")
    func lineFeeds() async throws {
        let desk = try Desk()
        _ = try await desk.engine.begin("s", flow: "kettle", owner: "ann")
        _ = try await desk.engine.reply(Array("help".utf8), in: "s", by: "ann", delivery: nil)
        for try await buffer in try stream(desk).bytes() {
            let lines = String(buffer: buffer).split(separator: "\n")
            #expect(lines.allSatisfy { $0.hasPrefix("id: ") || $0.hasPrefix("event: ") || $0.hasPrefix("data: {") })
            break
        }
    }

    @Test("A place is free again when its stream is not read any more")
    func places() throws {
        let limiter = StreamLimiter(limit: 2)
        var first = limiter.enter("ann")
        let second = limiter.enter("ann")
        #expect(first != nil && second != nil && limiter.enter("ann") == nil)
        #expect(limiter.enter("bob") != nil)
        first = nil
        #expect(limiter.enter("ann") != nil)
        withExtendedLifetime(second) {}
    }
}
