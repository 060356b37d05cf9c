public import Dialogue
import Foundation
internal import GRDB

/// Sessions in one SQLite file: the default, with nothing to set up.
///
/// Events are only ever added, each in a transaction of its own that is synced to disk before it counts.
public struct SQLiteSessionStore: SessionStore {
    private let database: DatabaseQueue

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
            database = try DatabaseQueue(path: path, configuration: configuration)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try Self.migrator.migrate(database)
        } catch let error as DatabaseError {
            throw Self.translate(error, path)
        } catch {
            throw SessionStoreError(.unwritable, "\(path): \(error.localizedDescription)")
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("sessions and events") { database in
            try database.execute(
                sql: """
                    CREATE TABLE session (
                        id TEXT PRIMARY KEY, flow TEXT NOT NULL, entry TEXT NOT NULL, digest TEXT NOT NULL,
                        touched INTEGER NOT NULL
                    ) WITHOUT ROWID;
                    CREATE TABLE event (
                        session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                        position INTEGER NOT NULL, body TEXT NOT NULL,
                        PRIMARY KEY (session, position)
                    ) WITHOUT ROWID;
                    """
            )
        }
        migrator.registerMigration("what each event answered") { database in
            try database.execute(sql: "ALTER TABLE event ADD COLUMN awaited TEXT")
        }
        return migrator
    }

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) async throws {
        try await write { database in
            do {
                try database.execute(
                    sql: """
                        INSERT INTO session (id, flow, entry, digest, touched)
                        VALUES (?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM session))
                        """,
                    arguments: [session.id, session.flow, session.entry, session.digest]
                )
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw SessionStoreError(.exists, "there is a session '\(session.id)' already")
            }
            for (position, event) in session.events.enumerated() {
                let awaited = position < session.awaited.count ? session.awaited[position] : nil
                try Self.insert(event, awaited, session.id, position, database)
            }
        }
    }

    /// Adds an event, if it is the next one.
    public func append(_ event: Event, to session: String, at position: Int) async throws {
        try await add(event, answering: nil, to: session, at: position)
    }

    /// Adds an event with what it answered, if it is the next one.
    public func append(_ event: Event, answering awaited: String, to session: String, at position: Int) async throws {
        try await add(event, answering: awaited, to: session, at: position)
    }

    private func add(_ event: Event, answering awaited: String?, to session: String, at position: Int) async throws {
        try await write { database in
            guard try Bool.fetchOne(database, sql: "SELECT 1 FROM session WHERE id = ?", arguments: [session]) != nil
            else {
                throw SessionStoreError(.notFound, "there is no session '\(session)'")
            }
            let count = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM event WHERE session = ?",
                arguments: [session]
            )
            guard count == position else {
                throw SessionStoreError(
                    .conflict,
                    "the session '\(session)' went on elsewhere in the meantime; take it up again with --resume"
                )
            }
            try Self.insert(event, awaited, session, position, database)
            try database.execute(
                sql: "UPDATE session SET touched = (SELECT max(touched) + 1 FROM session) WHERE id = ?",
                arguments: [session]
            )
        }
    }

    private static func insert(
        _ event: Event,
        _ awaited: String?,
        _ session: String,
        _ position: Int,
        _ database: Database
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = String(decoding: try encoder.encode(event), as: UTF8.self)
        try database.execute(
            sql: "INSERT INTO event (session, position, body, awaited) VALUES (?, ?, ?, ?)",
            arguments: [session, position, body, awaited]
        )
    }

    /// A session with its events, or `nil`.
    public func load(_ session: String) async throws -> SessionRecord? {
        try await read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT flow, entry, digest FROM session WHERE id = ?",
                    arguments: [session]
                )
            else { return nil }
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT body, awaited FROM event WHERE session = ? ORDER BY position",
                arguments: [session]
            )
            let decoder = JSONDecoder()
            let events = try rows.enumerated().map { position, row in
                let body: String = row["body"]
                do {
                    return try decoder.decode(Event.self, from: Data(body.utf8))
                } catch {
                    throw SessionStoreError(
                        .unreadable,
                        "event \(position + 1) of the session '\(session)' cannot be read; it may be from a newer version"
                    )
                }
            }
            return SessionRecord(
                id: session,
                flow: row["flow"],
                entry: row["entry"],
                digest: row["digest"],
                events: events,
                awaited: rows.map { $0["awaited"] }
            )
        }
    }

    /// The names of all sessions, the one that went on last first.
    public func list() async throws -> [String] {
        try await read { database in
            try String.fetchAll(database, sql: "SELECT id FROM session ORDER BY touched DESC")
        }
    }

    /// Removes a session.
    public func delete(_ session: String) async throws {
        try await write { database in
            try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [session])
        }
    }

    private func write<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws -> T {
        do { return try await database.write(body) } catch let error as DatabaseError {
            throw Self.translate(error, database.path)
        }
    }

    private func read<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws -> T {
        do { return try await database.read(body) } catch let error as DatabaseError {
            throw Self.translate(error, database.path)
        }
    }

    private static func translate(_ error: DatabaseError, _ path: String) -> SessionStoreError {
        switch error.resultCode {
        case .SQLITE_FULL: SessionStoreError(.unwritable, "\(path): the disk is full; free some space and try again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            SessionStoreError(.unwritable, "\(path): the place is not writable; check its permissions")
        case .SQLITE_BUSY, .SQLITE_LOCKED: SessionStoreError(.conflict, "\(path): another program is using it")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: SessionStoreError(.unreadable, "\(path): this is no store of sessions")
        default: SessionStoreError(.unwritable, "\(path): \(error.message ?? "the store failed")")
        }
    }
}
