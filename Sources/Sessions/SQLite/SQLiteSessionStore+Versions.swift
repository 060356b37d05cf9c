import Dialogue

extension SQLiteSessionStore {
    /// Carries a session over into a flow that has changed since.
    public func migrate(_ migration: MigrationRecord) async throws -> Int {
        try await write { database in
            let updated = try database.query(
                """
                UPDATE session
                SET digest = :digest, base = events, events = events + :events, messages = messages + :messages,
                    time = max(time, :time), touched = (SELECT max(touched) + 1 FROM session),
                    action = :call, action_worker = NULL, action_until = 0
                WHERE id = :id AND digest = :old AND events = :position AND made = :made
                RETURNING messages
                """,
                named: [
                    "digest": migration.digest, "events": migration.steps.count, "messages": migration.messages.count,
                    "time": migration.time, "call": migration.call.map(StoredJSON.text), "id": migration.session,
                    "old": migration.oldDigest, "position": migration.position, "made": migration.made,
                ]
            )
            guard let count = try updated.first?.int("messages") else {
                throw try database.notNext(migration.session)
            }
            for (offset, step) in migration.steps.enumerated() {
                try database.insertEvent(
                    step.event,
                    step.awaited,
                    migration.session,
                    migration.position + offset,
                    isCarried: true
                )
            }
            for (offset, message) in migration.messages.enumerated() {
                try database.insertMessage(
                    message,
                    count - migration.messages.count + 1 + offset,
                    migration.session,
                    migration.lastPosition
                )
            }
            if let key = migration.delivery {
                try database.insertDelivery(key, migration.session, migration.lastPosition)
            }
            return count
        }
    }

    /// What happened in a session from a position on.
    public func history(of session: String, from position: Int) async throws -> [StoredEvent] {
        try await read { database in
            try database.query(
                """
                SELECT position, body FROM event WHERE session = ? AND position >= ? AND NOT carried
                ORDER BY position
                """,
                [session, position]
            ).map { row in
                let position = try row.int("position")
                do {
                    return StoredEvent(
                        position: position,
                        event: try StoredJSON.value(Event.self, from: row.text("body"))
                    )
                } catch {
                    throw SessionStoreError.unreadable(event: position, of: session)
                }
            }
        }
    }

    /// Says that versions of flows are run at a time.
    public func announce(_ digests: [String], at time: Int64) async throws {
        try await write { database in
            for digest in digests {
                try database.query(
                    """
                    INSERT INTO flow_version (digest, first, last) VALUES (?, ?, ?)
                    ON CONFLICT (digest) DO UPDATE SET last = max(last, excluded.last)
                    """,
                    [digest, time, time]
                )
            }
        }
    }

    /// When a version of a flow was run.
    public func announcement(of digest: String) async throws -> FlowAnnouncement? {
        try await read { database in
            try database.query("SELECT first, last FROM flow_version WHERE digest = ?", [digest]).first.map {
                FlowAnnouncement(first: try $0.integer("first"), last: try $0.integer("last"))
            }
        }
    }
}
