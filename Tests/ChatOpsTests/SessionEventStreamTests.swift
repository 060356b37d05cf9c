import Foundation
import NIOCore
import Sessions
import Testing

@testable import ChatOps

@Suite("Messages come as server-sent events")
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

    /// The events of a stream's first piece: replies by their text, messages by their number.
    private func heard(_ desk: Desk, after number: Int) async throws -> [String] {
        for try await buffer in try stream(desk, after: number).bytes() {
            return String(buffer: buffer).matches(of: /"number":([0-9]+)|"refused":"([a-z]+)"|"text":"(blue|red|help)"/)
                .map { String($0.1 ?? $0.2 ?? $0.3 ?? "") }
        }
        return []
    }

    @Test("What the user said comes before what it brought, also to a client that comes back")
    func replies() async throws {
        let desk = try Desk()
        _ = try await desk.engine.begin("s", flow: "kettle", owner: "ann")
        let secret = "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        for text in ["help", secret, "blue", "red"] {
            _ = try await desk.engine.reply(Array(text.utf8), in: "s", by: "ann", delivery: nil)
        }
        let all = try await heard(desk, after: 0)
        #expect(all.filter { Int($0) == nil } == ["help", "secret", "blue", "red"])
        #expect(all.compactMap { Int($0) } == Array(1...all.count - 4))
        #expect(all.first == "1" && all.dropFirst().first == "help" && all.last.flatMap { Int($0) } != nil)
        // From any message on, it is the rest of the same; of a turn that was cut in two, the reply is known.
        for (index, event) in all.enumerated() {
            guard let number = Int(event) else { continue }
            #expect(try await heard(desk, after: number) == Array(all[(index + 1)...]))
        }
    }

    @Test("What is said while the stream is open comes once")
    func liveReplies() async throws {
        let desk = try Desk()
        _ = try await desk.engine.begin("s", flow: "kettle", owner: "ann")
        var text = ""
        var next = ["help", "blue", "red"]
        for try await buffer in try stream(desk).bytes() {
            text += String(buffer: buffer)
            // One after the other, when the last one was heard.
            guard text.matches(of: /event: reply/).count == 3 - next.count else { continue }
            guard !next.isEmpty else { break }
            _ = try await desk.engine.reply(Array(next.removeFirst().utf8), in: "s", by: "ann", delivery: nil)
        }
        #expect(
            text.matches(of: /event: reply\ndata: \{"position":[0-9]+,"text":"([a-z]+)"\}/).map(\.1) == [
                "help", "blue", "red",
            ]
        )
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
