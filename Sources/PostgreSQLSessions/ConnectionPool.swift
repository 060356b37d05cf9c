internal import Foundation
internal import Synchronization

/// Connections to one database, each used by one caller at a time, on a thread that may block.
final class ConnectionPool: Sendable {
    /// A connection with the queue that it is used on.
    // SAFETY: `connection` is touched on `queue` alone, which does one thing at a time.
    final class Seat: @unchecked Sendable {
        fileprivate let queue = DispatchQueue(label: "usher.postgresql")
        private let target: String
        private var connection: Connection?

        fileprivate init(_ target: String) { self.target = target }

        /// Does something with the connection, on its queue; one that was closed while nobody used it is replaced before.
        func run<Result>(_ body: (Connection) throws -> Result) throws -> Result {
            if connection?.isAlive == false { connection = nil }
            let connection = try connection ?? Connection(target)
            self.connection = connection
            defer { if !connection.isUsable { self.connection = nil } }
            return try body(connection)
        }
    }

    /// What is to be done with a connection, on its queue; it gives what is to be done when the connection is free again.
    ///
    /// Who waits for the one goes on with the other, so that callers who come one after the other use one connection.
    typealias Job = @Sendable (Seat) -> () -> Void

    private struct Seats {
        var free: [Seat]
        var waiting: [Job] = []
    }

    private let seats: Mutex<Seats>

    /// Makes a pool; connections are made when they are needed.
    init(_ target: String, size: Int) {
        seats = Mutex(Seats(free: (0..<max(1, size)).map { _ in Seat(target) }))
    }

    /// Does something with a connection.
    @concurrent func use<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            submit { seat in
                let result = Swift.Result { try seat.run(body) }
                return { continuation.resume(with: result) }
            }
        }
    }

    /// Does something with the next connection that is free.
    func submit(_ job: @escaping Job) {
        let seat = seats.withLock { seats -> Seat? in
            if let seat = seats.free.popLast() { return seat }
            seats.waiting.append(job)
            return nil
        }
        guard let seat else { return }
        seat.queue.async { [self] in
            var next: Job? = job
            // What waits goes on at once, on this thread: the connection is what there is little of.
            while let job = next {
                let rest = job(seat)
                next = seats.withLock { seats in
                    guard seats.waiting.isEmpty else { return seats.waiting.removeFirst() }
                    seats.free.append(seat)
                    return nil
                }
                rest()
            }
        }
    }
}
