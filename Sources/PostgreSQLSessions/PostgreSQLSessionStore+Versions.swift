internal import Dialogue
public import Sessions

extension PostgreSQLSessionStore {
    /// Carries a session over into a flow that has changed since.
    public func migrate(_ migration: MigrationRecord) async throws -> Int {
        try await use { connection in
            try connection.transaction {
                let updated = try connection.query(
                    """
                    UPDATE usher_session
                    SET digest = $1, base = events, events = events + $2::integer, messages = messages + $3::integer,
                        time = greatest(time, $4::bigint), touched = nextval('usher_touched'),
                        action = $5, action_worker = NULL, action_until = 0
                    WHERE id = $6 AND digest = $7 AND events = $8::integer AND made = $9::bigint
                    RETURNING messages
                    """,
                    [
                        migration.digest, "\(migration.steps.count)", "\(migration.messages.count)",
                        "\(migration.time)", try migration.call.map(StoredJSON.text), migration.session,
                        migration.oldDigest, "\(migration.position)", "\(migration.made)",
                    ]
                )
                guard let count = updated.first?.first.flatMap({ $0 }).flatMap({ Int($0) }) else {
                    let found = try connection.query("SELECT 1 FROM usher_session WHERE id = $1", [migration.session])
                    throw found.isEmpty
                        ? SessionStoreError.notFound(migration.session) : .conflict(migration.session)
                }
                for (offset, step) in migration.steps.enumerated() {
                    _ = try connection.query(
                        """
                        INSERT INTO usher_event (session, position, body, awaited, carried)
                        VALUES ($1, $2, $3, $4, TRUE)
                        """,
                        [
                            migration.session, "\(migration.position + offset)", StoredJSON.text(step.event),
                            step.awaited,
                        ]
                    )
                }
                for (offset, message) in migration.messages.enumerated() {
                    let number = count - migration.messages.count + 1 + offset
                    _ = try connection.query(
                        "INSERT INTO usher_message (session, number, position, body) VALUES ($1, $2, $3, $4)",
                        [
                            migration.session, "\(number)", "\(migration.lastPosition)", StoredJSON.text(message),
                        ]
                    )
                }
                if let key = migration.delivery {
                    _ = try connection.query(
                        "INSERT INTO usher_delivery (session, key, position) VALUES ($1, $2, $3)",
                        [migration.session, key, "\(migration.lastPosition)"]
                    )
                }
                return count
            }
        }
    }

    /// What happened in a session from a position on.
    public func history(of session: String, from position: Int) async throws -> [StoredEvent] {
        let rows = try await use { connection in
            try connection.query(
                """
                SELECT position, body FROM usher_event
                WHERE session = $1 AND position >= $2::bigint AND NOT carried ORDER BY position
                """,
                [session, "\(position)"]
            )
        }
        return try rows.map { row in
            guard row.count == 2, let position = row[0].flatMap({ Int($0) }),
                let event = try? StoredJSON.value(Event.self, from: row[1] ?? "")
            else { throw SessionStoreError.unreadable(event: row[0].flatMap { Int($0) } ?? 0, of: session) }
            return StoredEvent(position: position, event: event)
        }
    }

    /// Says that versions of flows are run at a time.
    public func announce(_ digests: [String], at time: Int64) async throws {
        // In one order everywhere, so that processes that announce the same versions do not wait for each other.
        for digest in digests.sorted() {
            _ = try await use { connection in
                try connection.query(
                    """
                    INSERT INTO usher_flow_version (digest, first, last) VALUES ($1, $2::bigint, $2::bigint)
                    ON CONFLICT (digest) DO UPDATE SET last = greatest(usher_flow_version.last, excluded.last)
                    """,
                    [digest, "\(time)"]
                )
            }
        }
    }

    /// When a version of a flow was run.
    public func announcement(of digest: String) async throws -> FlowAnnouncement? {
        let rows = try await use { connection in
            try connection.query("SELECT first, last FROM usher_flow_version WHERE digest = $1", [digest])
        }
        guard let row = rows.first, row.count == 2, let first = row[0].flatMap({ Int64($0) }),
            let last = row[1].flatMap({ Int64($0) })
        else { return nil }
        return FlowAnnouncement(first: first, last: last)
    }
}
