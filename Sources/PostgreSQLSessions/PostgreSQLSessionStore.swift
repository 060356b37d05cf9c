internal import Dialogue
public import Sessions

/// Sessions in PostgreSQL, for servers on many machines.
///
/// A turn is one statement: all of it is stored or nothing is, and only where no other event came in between. Turns that
/// come at the same time share a transaction; each of them still succeeds or fails by itself. What is stored is as safe as
/// the server's `synchronous_commit` says. How it is connected to, TLS included, is libpq's matter.
public struct PostgreSQLSessionStore: SessionStore {
    private let pool: ConnectionPool
    private let commits: CommitQueue

    /// Opens a store, and makes its tables where there are none.
    ///
    /// - Parameters:
    ///   - target: A connection URL or text, such as `postgresql://user@host/database?sslmode=verify-full`. What it does
    ///     not say comes from the environment (`PGPASSWORD`, `PGSSLROOTCERT` …) and from `~/.pgpass`.
    ///   - connections: How many connections there are at most.
    /// - Throws: ``SessionStoreError`` with `unwritable`.
    public init(_ target: String, connections: Int = 8) async throws {
        pool = ConnectionPool(target, size: connections)
        commits = CommitQueue(pool, statement: Self.commitStatement, writers: connections / 4)
        try await use { try PostgreSQLSchema.migrate($0) }
    }

    func use<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await translated { try await pool.use(body) }
    }

    /// Does something, and says what is wrong with it as users of a store know it.
    private func translated<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as PostgreSQLError { throw error.storeError }
    }

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) async throws {
        try await use { connection in
            try connection.transaction {
                let made = try connection.query(
                    """
                    INSERT INTO usher_session
                        (id, flow, entry, digest, owner, channel, address, made, time, events, touched)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, nextval('usher_touched'))
                    ON CONFLICT (id) DO NOTHING RETURNING id
                    """,
                    [
                        session.id, session.flow, session.entry, session.digest, session.owner, session.channel,
                        session.address, "\(session.time)", "\(session.events.count)",
                    ]
                )
                guard !made.isEmpty else { throw SessionStoreError.exists(session.id) }
                for (position, event) in session.events.enumerated() {
                    let awaited = position < session.awaited.count ? session.awaited[position] : nil
                    _ = try connection.query(
                        "INSERT INTO usher_event (session, position, body, awaited) VALUES ($1, $2, $3, $4)",
                        [session.id, "\(position)", StoredJSON.text(event), awaited]
                    )
                }
            }
        }
    }

    /// Stores a turn, if it is the next one.
    public func commit(_ turn: TurnRecord) async throws -> CommitOutcome {
        let values: [String?] = [
            turn.session, "\(turn.position)", turn.delivery, try StoredJSON.text(turn.event), turn.awaited,
            try StoredJSON.text(turn.messages.map(StoredJSON.text)), "\(turn.messages.count)", "\(turn.time)",
            try turn.call.map(StoredJSON.text), turn.made.map(String.init),
        ]
        let rows = try await translated { try await commits.commit(values, of: turn.session) }
        guard let row = rows.first, row.count == 3 else { throw SessionStoreError.conflict(turn.session) }
        if let position = row[0].flatMap({ Int($0) }) { return .repeated(position: position) }
        if let messages = row[1].flatMap({ Int($0) }) { return .stored(messages: messages) }
        throw row[2] == "t" ? SessionStoreError.conflict(turn.session) : .notFound(turn.session)
    }

    /// One statement sees one state of the database, and the row of the session is locked by its update; so of two turns
    /// at one position one finds the other's number of events.
    private static let commitStatement = """
        WITH known AS (
            SELECT position FROM usher_delivery WHERE session = $1::text AND key = $3::text
        ), updated AS (
            UPDATE usher_session
            SET events = events + 1, messages = messages + $7::integer, time = greatest(time, $8::bigint),
                touched = nextval('usher_touched'),
                action_worker = CASE WHEN action IS NOT DISTINCT FROM $9::text THEN action_worker END,
                action_until = CASE WHEN action IS NOT DISTINCT FROM $9::text THEN action_until ELSE 0 END,
                action = $9::text
            WHERE id = $1::text AND events = $2::integer AND NOT EXISTS (SELECT FROM known)
                AND ($10::bigint IS NULL OR made = $10::bigint)
            RETURNING messages
        ), event AS (
            INSERT INTO usher_event (session, position, body, awaited)
            SELECT $1::text, $2::integer, $4::text, $5::text FROM updated
        ), message AS (
            INSERT INTO usher_message (session, number, position, body)
            SELECT $1::text, updated.messages - $7::integer + body.number, $2::integer, body.text
            FROM updated, json_array_elements_text($6::json) WITH ORDINALITY AS body (text, number)
        ), delivery AS (
            INSERT INTO usher_delivery (session, key, position)
            SELECT $1::text, $3::text, $2::integer FROM updated WHERE $3::text IS NOT NULL
        )
        SELECT (SELECT position FROM known), (SELECT messages FROM updated),
            EXISTS (SELECT FROM usher_session WHERE id = $1::text)
        """

    /// A session with its events, or `nil`.
    public func load(_ session: String) async throws -> SessionRecord? {
        let rows = try await use { connection in
            // One statement, so that the events are those of the session that was found.
            try connection.query(
                """
                SELECT s.flow, s.entry, s.digest, s.owner, s.channel, s.address, s.made, s.base, e.body, e.awaited
                FROM usher_session s LEFT JOIN usher_event e ON e.session = s.id AND e.position >= s.base
                WHERE s.id = $1 ORDER BY e.position
                """,
                [session]
            )
        }
        guard let first = rows.first else { return nil }
        let base = first[7].flatMap { Int($0) } ?? 0
        let stored = rows.filter { $0[8] != nil }
        let events = try stored.enumerated().map { position, row in
            do {
                return try StoredJSON.value(Event.self, from: row[8] ?? "")
            } catch {
                throw SessionStoreError.unreadable(event: base + position, of: session)
            }
        }
        return SessionRecord(
            id: session,
            flow: first[0] ?? "",
            entry: first[1] ?? "",
            digest: first[2] ?? "",
            owner: first[3] ?? "",
            channel: first[4],
            address: first[5],
            time: first[6].flatMap { Int64($0) } ?? 0,
            base: base,
            events: events,
            awaited: stored.map { $0[9] }
        )
    }

    /// The messages of a session after a number.
    public func messages(of session: String, after number: Int, limit: Int) async throws -> [StoredMessage] {
        let rows = try await use { connection in
            try connection.query(
                """
                SELECT number, position, body FROM usher_message WHERE session = $1 AND number > $2::bigint
                ORDER BY number LIMIT $3::bigint
                """,
                [session, "\(number)", "\(max(0, limit))"]
            )
        }
        return try rows.map { try StoredMessage($0, of: session) }
    }

    /// The position of the event that a delivery brought.
    public func position(ofDelivery key: String, in session: String) async throws -> Int? {
        let rows = try await use { connection in
            try connection.query("SELECT position FROM usher_delivery WHERE session = $1 AND key = $2", [session, key])
        }
        return rows.first?[0].flatMap { Int($0) }
    }

    /// The names of sessions, the one that went on last first.
    public func list(owner: String?) async throws -> [String] {
        let rows = try await use { connection in
            try connection.query(
                "SELECT id FROM usher_session WHERE $1::text IS NULL OR owner = $1::text ORDER BY touched DESC",
                [owner]
            )
        }
        return rows.compactMap { $0[0] }
    }

    /// Removes a session.
    public func delete(_ session: String) async throws {
        _ = try await use { try $0.query("DELETE FROM usher_session WHERE id = $1", [session]) }
    }

    /// Removes all sessions of an owner.
    public func deleteAll(of owner: String) async throws -> [String] {
        let rows = try await use { connection in
            try connection.query(
                """
                DELETE FROM usher_session WHERE id IN
                    (SELECT id FROM usher_session WHERE owner = $1 ORDER BY id COLLATE "C" FOR UPDATE)
                RETURNING id
                """,
                [owner]
            )
        }
        return rows.compactMap { $0[0] }
    }

    /// Removes what is old and waits for no action.
    public func expire(before time: Int64) async throws -> [String] {
        let rows = try await use { connection in
            try connection.query(
                """
                DELETE FROM usher_session WHERE id IN
                    (SELECT id FROM usher_session WHERE time > 0 AND time < $1::bigint AND action IS NULL
                     ORDER BY id COLLATE "C" FOR UPDATE)
                RETURNING id
                """,
                ["\(time)"]
            )
        }
        return rows.compactMap { $0[0] }
    }
}

extension StoredMessage {
    /// A message out of a row of number, position and body.
    init(_ row: Connection.Row, of session: String) throws {
        guard row.count == 3, let number = row[0].flatMap({ Int($0) }), let position = row[1].flatMap({ Int($0) }),
            let message = try? StoredJSON.value(Message.self, from: row[2] ?? "")
        else {
            throw SessionStoreError(
                .unreadable,
                "message \(row.first.flatMap { $0 } ?? "") of the session '\(session)' cannot be read"
            )
        }
        self.init(number: number, position: position, message: message)
    }
}
