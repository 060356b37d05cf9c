internal import Sessions
internal import Synchronization

/// Turns that wait to be stored: those that come while others are being stored go into the next transaction together.
///
/// A turn that comes alone is stored at once. Under load many share a transaction, its exchange with the server and its sync.
/// Each still succeeds or fails by itself, and one whose session is locked by somebody else waits for that by itself.
final class CommitQueue: Sendable {
    /// A turn as the values of the statement that stores it.
    private struct Turn: Sendable {
        var session: String
        var values: [String?]
        var answer: CheckedContinuation<[Connection.Row], any Error>
    }

    private struct Waiting {
        var turns: [Turn] = []
        var writers = 0
    }

    /// How many turns go into one transaction.
    private static let batchLimit = 64
    /// How long others wait with a turn whose session is locked, in milliseconds.
    private static let patience = 200

    private let pool: ConnectionPool
    private let statement: String
    private let writers: Int
    private let waiting = Mutex(Waiting())

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - pool: Where connections come from.
    ///   - statement: What stores a turn.
    ///   - writers: How many transactions may be under way at once.
    init(_ pool: ConnectionPool, statement: String, writers: Int) {
        self.pool = pool
        self.statement = statement
        self.writers = max(1, writers)
    }

    /// Stores a turn.
    ///
    /// - Parameters:
    ///   - values: What the statement takes.
    ///   - session: The session's name.
    /// - Returns: The rows that the statement gives, when they are committed.
    /// - Throws: ``PostgreSQLError``.
    @concurrent func commit(_ values: [String?], of session: String) async throws -> [Connection.Row] {
        try await withCheckedThrowingContinuation { answer in
            let begins = waiting.withLock { waiting in
                waiting.turns.append(Turn(session: session, values: values, answer: answer))
                guard waiting.writers < writers else { return false }
                waiting.writers += 1
                return true
            }
            if begins { write() }
        }
    }

    /// Stores what waits, and goes on for as long as something does; others get connections in between.
    private func write() {
        pool.submit { [self] seat in
            let answer = store(take(), with: seat)
            let goesOn = waiting.withLock { waiting in
                if waiting.turns.isEmpty { waiting.writers -= 1 }
                return !waiting.turns.isEmpty
            }
            return { [self] in
                if goesOn { write() }
                answer()
            }
        }
    }

    /// The turns of the next transaction, in the order of their sessions: whoever locks several locks them in this order.
    private func take() -> [Turn] {
        let batch = waiting.withLock { waiting in
            defer { waiting.turns.removeFirst(min(Self.batchLimit, waiting.turns.count)) }
            return waiting.turns.prefix(Self.batchLimit)
        }
        return batch.sorted { $0.session.utf8.lexicographicallyPrecedes($1.session.utf8) }
    }

    /// Stores turns, and gives what tells their callers.
    private func store(_ batch: [Turn], with seat: ConnectionPool.Seat) -> () -> Void {
        // Another writer may have taken what this one was begun for.
        guard !batch.isEmpty else { return {} }
        do {
            let rows = try seat.run {
                try $0.query(statement, forEach: batch.map(\.values), waitingForLocks: Self.patience)
            }
            return { for (turn, rows) in zip(batch, rows) { turn.answer.resume(returning: rows) } }
        } catch let error as PostgreSQLError where !error.isConnectionLost {
            // None of them is stored, whosever fault it is: each is tried by itself, and keeps nobody else waiting.
            return { [self] in for turn in batch { pool.submit { [self] in store(turn, with: $0) } } }
        } catch {
            return { for turn in batch { turn.answer.resume(throwing: error) } }
        }
    }

    private func store(_ turn: Turn, with seat: ConnectionPool.Seat) -> () -> Void {
        let result = Result { try seat.run { try $0.query(statement, turn.values) } }
        return { turn.answer.resume(with: result) }
    }
}
