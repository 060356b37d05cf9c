internal import Foundation

/// A SQLite file: one connection, which is used on a queue of its own, since statements may wait for a disk or a lock.
// SAFETY: `connection` is made in `init` and touched on `queue` alone afterwards.
final class SQLiteDatabase: @unchecked Sendable {
    let path: String
    private let connection: SQLiteConnection
    private let queue = DispatchQueue(label: "usher.sqlite")

    /// Opens a file, and creates it if it doesn't exist.
    init(path: String) throws(SQLiteError) {
        self.path = path
        connection = try SQLiteConnection(path: path)
        try connection.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
    }

    /// Runs a transaction that writes: all of it counts, or nothing.
    @concurrent func write<T: Sendable>(_ body: @Sendable @escaping (SQLiteConnection) throws -> T) async throws -> T {
        try await run("IMMEDIATE", body)
    }

    /// Reads one state of the file.
    @concurrent func read<T: Sendable>(_ body: @Sendable @escaping (SQLiteConnection) throws -> T) async throws -> T {
        try await run("DEFERRED", body)
    }

    /// Uses the connection on this thread, before the database has other users.
    func prepare(_ body: (SQLiteConnection) throws -> Void) throws {
        try queue.sync { try body(connection) }
    }

    @concurrent private func run<T: Sendable>(
        _ begin: String,
        _ body: @Sendable @escaping (SQLiteConnection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Result { try connection.transaction(begin) { try body(connection) } }
                )
            }
        }
    }
}
