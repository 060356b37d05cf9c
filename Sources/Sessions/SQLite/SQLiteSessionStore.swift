internal import Dialogue
import Foundation
internal import GRDB

/// Sessions in one SQLite file: the default, with nothing to set up.
///
/// Events and messages are only ever added, in transactions that are synced to disk before they count. Turns that come
/// at the same time share one transaction and its sync; each of them still succeeds or fails by itself. Several
/// processes may use one file.
public struct SQLiteSessionStore: SessionStore {
    let database: DatabaseQueue
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
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            }
            database = try OpeningLock.whileHeld(on: folder) {
                let database = try DatabaseQueue(path: path, configuration: configuration)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                try SQLiteSchema.migrator.migrate(database)
                return database
            }
            commits = CommitQueue(database)
        } catch let error as DatabaseError {
            throw SessionStoreError(error, path)
        } catch {
            throw SessionStoreError(.unwritable, "\(path): \(error.localizedDescription)")
        }
    }

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) async throws {
        try await write { database in
            do {
                try database.execute(
                    sql: """
                        INSERT INTO session
                            (id, flow, entry, digest, owner, channel, address, made, time, events, touched)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM session))
                        """,
                    arguments: [
                        session.id, session.flow, session.entry, session.digest, session.owner, session.channel,
                        session.address, session.time, session.time, session.events.count,
                    ]
                )
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
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
        do { return try await commits.commit(turn) } catch let error as DatabaseError {
            throw SessionStoreError(error, database.path)
        }
    }

    /// A session with its events, or `nil`.
    public func load(_ session: String) async throws -> SessionRecord? {
        try await read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT flow, entry, digest, owner, channel, address, made, base FROM session WHERE id = ?",
                    arguments: [session]
                )
            else { return nil }
            let base: Int = row["base"]
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT body, awaited FROM event WHERE session = ? AND position >= ? ORDER BY position",
                arguments: [session, base]
            )
            let events = try rows.enumerated().map { position, row in
                do {
                    return try StoredJSON.value(Event.self, from: row["body"])
                } catch {
                    throw SessionStoreError.unreadable(event: base + position, of: session)
                }
            }
            return SessionRecord(
                id: session,
                flow: row["flow"],
                entry: row["entry"],
                digest: row["digest"],
                owner: row["owner"],
                channel: row["channel"],
                address: row["address"],
                time: row["made"],
                base: base,
                events: events,
                awaited: rows.map { $0["awaited"] }
            )
        }
    }

    /// The messages of a session after a number.
    public func messages(of session: String, after number: Int, limit: Int) async throws -> [StoredMessage] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT number, position, body FROM message WHERE session = ? AND number > ? ORDER BY number LIMIT ?",
                arguments: [session, number, max(0, limit)]
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
            guard let owner else {
                return try String.fetchAll(database, sql: "SELECT id FROM session ORDER BY touched DESC")
            }
            return try String.fetchAll(
                database,
                sql: "SELECT id FROM session WHERE owner = ? ORDER BY touched DESC",
                arguments: [owner]
            )
        }
    }

    /// Removes a session.
    public func delete(_ session: String) async throws {
        try await write { try $0.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [session]) }
    }

    /// Removes all sessions of an owner.
    public func deleteAll(of owner: String) async throws -> [String] {
        try await write { database in
            try String.fetchAll(database, sql: "DELETE FROM session WHERE owner = ? RETURNING id", arguments: [owner])
        }
    }

    /// Removes what is old and waits for no action.
    public func expire(before time: Int64) async throws -> [String] {
        try await write { database in
            try String.fetchAll(
                database,
                sql: "DELETE FROM session WHERE time > 0 AND time < ? AND action IS NULL RETURNING id",
                arguments: [time]
            )
        }
    }

    func write<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws -> T {
        do { return try await database.write(body) } catch let error as DatabaseError {
            throw SessionStoreError(error, database.path)
        }
    }

    func read<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws -> T {
        do { return try await database.read(body) } catch let error as DatabaseError {
            throw SessionStoreError(error, database.path)
        }
    }
}

extension SessionStoreError {
    /// What an error of SQLite means for who uses the store.
    init(_ error: DatabaseError, _ path: String) {
        switch error.resultCode {
        case .SQLITE_FULL: self.init(.unwritable, "\(path): the disk is full; free some space and try again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(.unwritable, "\(path): the place is not writable; check its permissions")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self.init(.conflict, "\(path): another program is using it")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: self.init(.unreadable, "\(path): this is no store of sessions")
        default: self.init(.unwritable, "\(path): \(error.message ?? "the store failed")")
        }
    }
}
