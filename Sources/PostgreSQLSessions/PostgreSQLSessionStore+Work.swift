public import Dialogue
public import Sessions

extension PostgreSQLSessionStore {
    /// Takes the action that a session waits for.
    public func claimAction(
        of session: String,
        by worker: String,
        now: Int64,
        until: Int64
    ) async throws -> ActionCall? {
        let rows = try await use { connection in
            try connection.query(
                """
                UPDATE usher_session SET action_worker = $2::text, action_until = $4::bigint
                WHERE id = $1 AND action IS NOT NULL
                    AND (action_worker = $2::text OR action_until <= $3::bigint OR action_until > $5::bigint)
                RETURNING action
                """,
                [session, worker, "\(now)", "\(until)", "\(Claim.latestEnd(at: now))"]
            )
        }
        return try rows.first?[0].map { try StoredJSON.value(ActionCall.self, from: $0) }
    }

    /// Sessions whose action nobody has.
    public func sessionsWithUnclaimedActions(now: Int64, limit: Int) async throws -> [String] {
        let rows = try await use { connection in
            try connection.query(
                """
                SELECT id FROM usher_session
                WHERE action IS NOT NULL AND (action_until <= $1::bigint OR action_until > $3::bigint)
                ORDER BY touched LIMIT $2::bigint
                """,
                ["\(now)", "\(max(0, limit))", "\(Claim.latestEnd(at: now))"]
            )
        }
        return rows.compactMap { $0[0] }
    }

    /// Takes messages to deliver.
    public func claimOutbox(
        channel: String,
        by worker: String,
        now: Int64,
        until: Int64,
        limit: Int
    ) async throws -> [OutboxEntry] {
        try await use { connection in
            try connection.transaction {
                let sessions = try connection.query(
                    """
                    SELECT id, address, delivered FROM usher_session
                    WHERE channel = $1 AND delivered < messages
                        AND (outbox_worker = $2::text OR outbox_until <= $3::bigint OR outbox_until > $5::bigint)
                    ORDER BY touched LIMIT $4::bigint FOR UPDATE SKIP LOCKED
                    """,
                    [channel, worker, "\(now)", "\(max(0, limit))", "\(Claim.latestEnd(at: now))"]
                )
                var entries: [OutboxEntry] = []
                for session in sessions where entries.count < limit {
                    let id = session[0] ?? ""
                    let rows = try connection.query(
                        """
                        SELECT number, position, body FROM usher_message WHERE session = $1 AND number > $2::integer
                        ORDER BY number LIMIT $3::bigint
                        """,
                        [id, session[2], "\(limit - entries.count)"]
                    )
                    entries += try rows.map {
                        OutboxEntry(session: id, address: session[1] ?? "", message: try StoredMessage($0, of: id))
                    }
                    _ = try connection.query(
                        "UPDATE usher_session SET outbox_worker = $2, outbox_until = $3::bigint WHERE id = $1",
                        [id, worker, "\(until)"]
                    )
                }
                return entries
            }
        }
    }

    /// Marks messages as delivered.
    public func markDelivered(_ session: String, upTo number: Int) async throws {
        _ = try await use { connection in
            try connection.query(
                """
                UPDATE usher_session SET delivered = greatest(delivered, least($2::bigint, messages::bigint)::integer),
                    outbox_until = CASE WHEN $2::bigint >= messages THEN 0 ELSE outbox_until END
                WHERE id = $1
                """,
                [session, "\(number)"]
            )
        }
    }
}
