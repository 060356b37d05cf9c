public import Dialogue
internal import GRDB

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
            let call = try String.fetchOne(
                database.cachedStatement(
                    sql: """
                        UPDATE session SET action_worker = :worker, action_until = :until
                        WHERE id = :id AND action IS NOT NULL 
                            AND (action_worker IS :worker OR action_until <= :now OR action_until > :latest)
                        RETURNING action
                        """
                ),
                arguments: [
                    "worker": worker, "until": until, "id": session, "now": now, "latest": Claim.latestEnd(at: now),
                ]
            )
            return try call.map { try StoredJSON.value(ActionCall.self, from: $0) }
        }
    }

    /// Sessions whose action nobody has.
    public func sessionsWithUnclaimedActions(now: Int64, limit: Int) async throws -> [String] {
        try await write { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id FROM session WHERE action IS NOT NULL AND (action_until <= ? OR action_until > ?)
                    ORDER BY touched LIMIT ?
                    """,
                arguments: [now, Claim.latestEnd(at: now), max(0, limit)]
            )
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
            let sessions = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, address, delivered FROM session
                    WHERE channel = :channel AND delivered < messages
                        AND (outbox_worker IS :worker OR outbox_until <= :now OR outbox_until > :latest)
                    ORDER BY touched LIMIT :limit
                    """,
                arguments: [
                    "channel": channel, "worker": worker, "now": now, "latest": Claim.latestEnd(at: now),
                    "limit": max(0, limit),
                ]
            )
            var entries: [OutboxEntry] = []
            for session in sessions where entries.count < limit {
                let id: String = session["id"]
                let address: String? = session["address"]
                let delivered: Int = session["delivered"]
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT number, position, body FROM message WHERE session = ? AND number > ?
                        ORDER BY number LIMIT ?
                        """,
                    arguments: [id, delivered, limit - entries.count]
                )
                entries += try rows.map {
                    OutboxEntry(session: id, address: address ?? "", message: try StoredMessage($0, of: id))
                }
                try database.execute(
                    sql: "UPDATE session SET outbox_worker = ?, outbox_until = ? WHERE id = ?",
                    arguments: [worker, until, id]
                )
            }
            return entries
        }
    }

    /// Marks messages as delivered.
    public func markDelivered(_ session: String, upTo number: Int) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE session SET delivered = max(delivered, min(:number, messages)),
                        outbox_until = CASE WHEN :number >= messages THEN 0 ELSE outbox_until END
                    WHERE id = :id
                    """,
                arguments: ["number": number, "id": session]
            )
        }
    }
}
