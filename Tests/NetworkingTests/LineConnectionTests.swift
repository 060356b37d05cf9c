import Foundation
import Networking
import Testing

@Suite("Connections that carry lines")
struct LineConnectionTests {
    private func connect(_ server: LoopbackServer, limit: Int = 100) async throws -> LineConnection {
        try await LineConnection.open(host: "127.0.0.1", port: server.port, isTLS: false, lineLimit: limit)
    }

    @Test("Lines are read one by one, without their ends, and the end of the connection is a failure")
    func reading() async throws {
        let server = try LoopbackServer(answer: Array("one\r\ntwo\n\r\nlast without an end".utf8))
        defer { server.stop() }
        let connection = try await connect(server)
        defer { connection.close() }
        // The server answers what ends like the head of a request.
        try await connection.send("hello\r\n")
        #expect(try await [connection.nextLine(), connection.nextLine(), connection.nextLine()] == ["one", "two", ""])
        await #expect(throws: ConnectionFailure.closed) { try await connection.nextLine() }
        await #expect(throws: ConnectionFailure.closed) { try await connection.send("x") }
        #expect(server.received == ["hello\r\n\r\n"])
    }

    @Test("A line that is too long ends the connection")
    func tooLong() async throws {
        let server = try LoopbackServer(answer: Array(String(repeating: "x", count: 5_000).utf8))
        defer { server.stop() }
        let connection = try await connect(server)
        defer { connection.close() }
        try await connection.send("\r\n")
        await #expect(throws: ConnectionFailure.tooLong) { try await connection.nextLine() }
    }

    @Test("Who waits for a line is told when the connection is closed or the task cancelled", arguments: [true, false])
    func closing(isCancelled: Bool) async throws {
        let server = try LoopbackServer(answer: nil)
        defer { server.stop() }
        let connection = try await connect(server)
        let reader = Task { try await connection.nextLine() }
        try await connection.send("\r\n")
        if isCancelled { reader.cancel() } else { connection.close() }
        await #expect(throws: ConnectionFailure.closed) { try await reader.value }
    }

    @Test("A server that closes at once, one that is not there, and one without TLS are failures")
    func refused() async throws {
        let server = try LoopbackServer(answer: Array("no TLS".utf8), isPatient: false)
        await #expect(throws: ConnectionFailure.self) {
            try await LineConnection.open(host: "127.0.0.1", port: server.port, isTLS: true, lineLimit: 100)
        }
        server.stop()
        await #expect(throws: ConnectionFailure.unreachable) {
            try await LineConnection.open(host: "127.0.0.1", port: server.port, isTLS: false, lineLimit: 100)
        }
    }

    @Test("Many lines that are sent at once arrive whole")
    func sending() async throws {
        let server = try LoopbackServer(answer: Array("done\r\n".utf8))
        defer { server.stop() }
        let connection = try await connect(server)
        defer { connection.close() }
        let line = String(repeating: "x", count: 10_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await connection.send(line) } }
            try await group.waitForAll()
        }
        try await connection.send("")
        #expect(try await connection.nextLine() == "done")
        let lines = try #require(server.received.first).split(separator: "\r\n")
        #expect(lines.count == 50 && lines.allSatisfy { $0 == line })
    }
}
