import Dialogue

/// Turns that wait to be stored: those that come while a transaction is under way go into the next one together.
///
/// The sync to disk is what a transaction costs, so under load many turns share one. A turn that fails, because it is
/// not the next one of its session, is taken back by itself.
actor CommitQueue {
    private typealias Answer = Result<CommitOutcome, any Error>

    private let database: SQLiteDatabase
    private var waiting: [(turn: TurnRecord, answer: CheckedContinuation<CommitOutcome, any Error>)] = []
    private var isWriting = false

    /// How many turns go into one transaction.
    private static let batchLimit = 256

    init(_ database: SQLiteDatabase) { self.database = database }

    /// Stores a turn; returns when it is on disk.
    func commit(_ turn: TurnRecord) async throws -> CommitOutcome {
        try await withCheckedThrowingContinuation { answer in
            waiting.append((turn, answer))
            guard !isWriting else { return }
            isWriting = true
            // Ends when nothing waits any more; what was begun is finished even if its callers are gone.
            Task { await writeAll() }
        }
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.batchLimit))
            waiting.removeFirst(batch.count)
            let turns = batch.map(\.turn)
            do {
                let answers = try await database.write { database in
                    try turns.map { turn -> Answer in try Self.store(turn, in: database) }
                }
                for (waiter, answer) in zip(batch, answers) { waiter.answer.resume(with: answer) }
            } catch {
                // The transaction as a whole failed, so none of them is stored.
                for waiter in batch { waiter.answer.resume(throwing: error) }
            }
        }
        isWriting = false
    }

    /// Stores one turn of a batch; what is wrong with it alone is its answer, what is wrong with the store is thrown.
    private static func store(_ turn: TurnRecord, in database: SQLiteConnection) throws -> Answer {
        do {
            return .success(try database.savepoint { try database.commit(turn) })
        } catch let error as SessionStoreError {
            return .failure(error)
        }
    }
}
