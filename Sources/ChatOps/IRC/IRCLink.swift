internal import Foundation
internal import Networking
internal import Sessions

/// The sending half of a connection: at a pace that servers bear, and with a word from the server of what has arrived.
actor IRCLink {
    /// The connection is lost.
    struct Closed: Error {}

    private let connection: LineConnection
    private let clock: SessionClock
    /// A line every half a second, and five at once after a rest.
    private static let (interval, burst): (Int64, Int64) = (500, 5)
    private var due: Int64 = 0
    private var last: Task<Void, any Error>?
    private var waiting: [String: AsyncStream<Void>.Continuation] = [:]
    private var isClosed = false
    private var hasHeard = true

    init(_ connection: LineConnection, clock: SessionClock) {
        self.connection = connection
        self.clock = clock
    }

    /// Sends a line at once.
    func send(_ line: String) async throws { try await connection.send(line) }

    /// Sends lines one after the other, with no other's in between; returns when the server has them.
    func say(_ lines: [String]) async throws {
        let before = last
        // Ends with the connection, which throws then.
        let task = Task {
            _ = try? await before?.value
            for line in lines {
                try await pace()
                try await send(line)
            }
        }
        last = task
        try await task.value
        // A server takes lines in their order, so that it has all of them when it answers. It may answer before this goes on.
        let token = UUID().uuidString
        let (answers, answer) = AsyncStream.makeStream(of: Void.self)
        waiting[token] = answer
        if isClosed { throw Closed() }
        try await send("PING :\(token)")
        for await _ in answers { return }
        throw Closed()
    }

    /// Takes the answer to a `PING`.
    func pong(_ token: String) { waiting.removeValue(forKey: token)?.yield() }

    /// Notes that the server has sent something.
    func heard() { hasHeard = true }

    /// Asks for a sign of life every minute; throws where none came.
    func watch() async throws {
        // Before that the server has not taken the bot in, and would refuse to answer.
        try await clock.sleep(.seconds(60))
        while hasHeard {
            hasHeard = false
            try await send("PING :usher")
            try await clock.sleep(.seconds(60))
        }
        throw Closed()
    }

    /// Has all that is waited for fail.
    func close() {
        isClosed = true
        for answer in waiting.values { answer.finish() }
        waiting = [:]
    }

    private func pace() async throws {
        let now = clock.now()
        // A clock that was set back makes nobody wait for long.
        due = min(max(due, now - Self.burst * Self.interval), now + 60 * Self.interval) + Self.interval
        if due > now { try await clock.sleep(.milliseconds(due - now)) }
    }
}
