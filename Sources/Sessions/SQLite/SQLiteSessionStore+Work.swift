public import Dialogue

extension SQLiteSessionStore {
    /// Takes the action that a session waits for.
    public func claimAction(
        of session: String,
        by worker: String,
        now: Int64,
        until: Int64
    ) async throws
        -> ActionCall?
    {
        try await write { database in
            let claimed = try database.query(
                """
                UPDATE session SET action_worker = :worker, action_until = :until
                WHERE id = :id AND action IS NOT NULL
                    AND (action_worker IS :worker OR action_until <= :now OR action_until > :latest)
                RETURNING action
                """,
                named: [
                    "worker": worker, "until": until, "id": session, "now": now, "latest": Claim.latestEnd(at: now),
                ]
            )
            return try claimed.first.map { try StoredJSON.value(ActionCall.self, from: $0.text("action")) }
        }
    }

    /// Sessions whose action nobody has.
    public func sessionsWithUnclaimedActions(now: Int64, limit: Int) async throws -> [String] {
        try await write { database in
            try database.query(
                """
                SELECT id FROM session WHERE action IS NOT NULL AND (action_until <= ? OR action_until > ?)
                ORDER BY touched LIMIT ?
                """,
                [now, Claim.latestEnd(at: now), max(0, limit)]
            ).map { try $0.text("id") }
        }
    }

    /// Takes messages to deliver.
    public func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) async throws -> [OutboxEntry] {
        try await write { database in
            let sessions = try database.query(
                """
                SELECT id, address, delivered FROM session
                WHERE channel = :channel AND delivered < messages
                    AND (outbox_worker IS :worker OR outbox_until <= :now OR outbox_until > :latest)
                ORDER BY touched LIMIT :limit
                """,
                named: [
                    "channel": channel, "worker": worker, "now": now, "latest": Claim.latestEnd(at: now),
                    "limit": max(0, limit),
                ]
            )
            var entries: [OutboxEntry] = []
            for session in sessions where entries.count < limit {
                let id = try session.text("id")
                let address = try session.optionalText("address")
                let rows = try database.query(
                    """
                    SELECT number, position, body FROM message WHERE session = ? AND number > ?
                    ORDER BY number LIMIT ?
                    """,
                    [id, session.int("delivered"), limit - entries.count]
                )
                entries += try rows.map {
                    OutboxEntry(session: id, address: address ?? "", message: try StoredMessage($0, of: id))
                }
                try database.query(
                    "UPDATE session SET outbox_worker = ?, outbox_until = ? WHERE id = ?",
                    [worker, until, id]
                )
            }
            return entries
        }
    }

    /// Marks messages as delivered.
    public func markDelivered(_ session: String, upTo number: Int) async throws {
        try await write { database in
            _ = try database.query(
                """
                UPDATE session SET delivered = max(delivered, min(:number, messages)),
                    outbox_until = CASE WHEN :number >= messages THEN 0 ELSE outbox_until END
                WHERE id = :id
                """,
                named: ["number": number, "id": session]
            )
        }
    }
}
