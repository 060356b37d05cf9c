internal import Dialogue
import Foundation

/// Sessions in one SQLite file: the default, with nothing to set up.
///
/// Events and messages are only ever added, in transactions that are synced to disk before they count. Turns that come
/// at the same time share one transaction and its sync; each of them still succeeds or fails by itself. Several
/// processes may use one file.
public struct SQLiteSessionStore: SessionStore {
    let database: SQLiteDatabase
    private let commits: CommitQueue

    /// Opens a store, and makes it where there is none.
    ///
    /// - Parameter path: The file; the folders above it are made, and only its user can read it.
    /// - Throws: ``SessionStoreError`` with `unwritable` or `unreadable`.
    public init(path: String) throws {
        do {
            let folder = URL(filePath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            database = try OpeningLock.whileHeld(on: folder) {
                let database = try SQLiteDatabase(path: path)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                try database.prepare { try SQLiteSchema.migrate($0) }
                return database
            }
            commits = CommitQueue(database)
        } catch let error as SQLiteError {
            throw error.storeError(path)
        } catch {
            throw SessionStoreError(.unwritable, "\(path): \(error.localizedDescription)")
        }
    }

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) async throws {
        try await write { database in
            do {
                try database.query(
                    """
                    INSERT INTO session
                        (id, flow, entry, digest, owner, channel, address, made, time, events, touched)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM session))
                    """,
                    [
                        session.id, session.flow, session.entry, session.digest, session.owner, session.channel,
                        session.address, session.time, session.time, session.events.count,
                    ]
                )
            } catch let error as SQLiteError where error.isConstraint {
                throw SessionStoreError.exists(session.id)
            }
            for (position, event) in session.events.enumerated() {
                let awaited = position < session.awaited.count ? session.awaited[position] : nil
                try database.insertEvent(event, awaited, session.id, position)
            }
        }
    }

    /// Stores a turn, if it is the next one.
    public func commit(_ turn: TurnRecord) async throws -> CommitOutcome {
        try await translated { try await commits.commit(turn) }
    }

    /// A session with its events, or `nil`.
    public func load(_ session: String) async throws -> SessionRecord? {
        try await read { database in
            let found = try database.query(
                "SELECT flow, entry, digest, owner, channel, address, made, base FROM session WHERE id = ?",
                [session]
            )
            guard let row = found.first else { return nil }
            let base = try row.int("base")
            let rows = try database.query(
                "SELECT body, awaited FROM event WHERE session = ? AND position >= ? ORDER BY position",
                [session, base]
            )
            let events = try rows.enumerated().map { position, row in
                do {
                    return try StoredJSON.value(Event.self, from: row.text("body"))
                } catch {
                    throw SessionStoreError.unreadable(event: base + position, of: session)
                }
            }
            return SessionRecord(
                id: session,
                flow: try row.text("flow"),
                entry: try row.text("entry"),
                digest: try row.text("digest"),
                owner: try row.text("owner"),
                channel: try row.optionalText("channel"),
                address: try row.optionalText("address"),
                time: try row.integer("made"),
                base: base,
                events: events,
                awaited: try rows.map { try $0.optionalText("awaited") }
            )
        }
    }

    /// The messages of a session after a number.
    public func messages(of session: String, after number: Int, limit: Int) async throws -> [StoredMessage] {
        try await read { database in
            try database.query(
                "SELECT number, position, body FROM message WHERE session = ? AND number > ? ORDER BY number LIMIT ?",
                [session, number, max(0, limit)]
            ).map { try StoredMessage($0, of: session) }
        }
    }

    /// The position of the event that a delivery brought.
    public func position(ofDelivery key: String, in session: String) async throws -> Int? {
        try await read { try $0.position(ofDelivery: key, in: session) }
    }

    /// The names of sessions, the one that went on last first.
    public func list(owner: String?) async throws -> [String] {
        try await read { database in
            let rows =
                if let owner {
                    try database.query("SELECT id FROM session WHERE owner = ? ORDER BY touched DESC", [owner])
                } else {
                    try database.query("SELECT id FROM session ORDER BY touched DESC")
                }
            return try rows.map { try $0.text("id") }
        }
    }

    /// Removes a session.
    public func delete(_ session: String) async throws {
        try await write { _ = try $0.query("DELETE FROM session WHERE id = ?", [session]) }
    }

    /// Removes all sessions of an owner.
    public func deleteAll(of owner: String) async throws -> [String] {
        try await write { database in
            try database.query("DELETE FROM session WHERE owner = ? RETURNING id", [owner]).map { try $0.text("id") }
        }
    }

    /// Removes what is old and waits for no action.
    public func expire(before time: Int64) async throws -> [String] {
        try await write { database in
            try database.query(
                "DELETE FROM session WHERE time > 0 AND time < ? AND action IS NULL RETURNING id",
                [time]
            ).map { try $0.text("id") }
        }
    }

    func write<T: Sendable>(_ body: @Sendable @escaping (SQLiteConnection) throws -> T) async throws -> T {
        try await translated { try await database.write(body) }
    }

    func read<T: Sendable>(_ body: @Sendable @escaping (SQLiteConnection) throws -> T) async throws -> T {
        try await translated { try await database.read(body) }
    }

    private func translated<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let error as SQLiteError { throw error.storeError(database.path) }
    }
}
