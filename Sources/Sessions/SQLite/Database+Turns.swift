import Dialogue
internal import GRDB

extension Database {
    /// Stores a turn inside of a transaction.
    ///
    /// - Throws: ``SessionStoreError`` where it is not the next turn of its session; then nothing has changed.
    func commit(_ turn: TurnRecord) throws -> CommitOutcome {
        if let key = turn.delivery, let position = try position(ofDelivery: key, in: turn.session) {
            return .repeated(position: position)
        }
        let call = try turn.call.map(StoredJSON.text)
        let statement = try cachedStatement(
            sql: """
                UPDATE session
                SET events = events + 1, messages = messages + :messages, time = max(time, :time),
                    touched = (SELECT max(touched) + 1 FROM session),
                    action_worker = CASE WHEN action IS :call THEN action_worker END,
                    action_until = CASE WHEN action IS :call THEN action_until ELSE 0 END, action = :call
                WHERE id = :id AND events = :position AND (:made IS NULL OR made = :made)
                RETURNING messages
                """
        )
        let count = try Int.fetchOne(
            statement,
            arguments: [
                "messages": turn.messages.count, "time": turn.time, "call": call, "id": turn.session,
                "position": turn.position, "made": turn.made,
            ]
        )
        guard let count else {
            let isThere = try Bool.fetchOne(self, sql: "SELECT 1 FROM session WHERE id = ?", arguments: [turn.session])
            throw isThere == nil ? SessionStoreError.notFound(turn.session) : .conflict(turn.session)
        }
        try insertEvent(turn.event, turn.awaited, turn.session, turn.position)
        let first = count - turn.messages.count + 1
        for (offset, message) in turn.messages.enumerated() {
            try insertMessage(message, first + offset, turn.session, turn.position)
        }
        if let key = turn.delivery {
            try insertDelivery(key, turn.session, turn.position)
        }
        return .stored(messages: count)
    }

    func insertEvent(
        _ event: Event,
        _ awaited: String?,
        _ session: String,
        _ position: Int,
        isCarried: Bool = false
    ) throws {
        try cachedStatement(
            sql: "INSERT INTO event (session, position, body, awaited, carried) VALUES (?, ?, ?, ?, ?)"
        )
        .execute(arguments: [session, position, StoredJSON.text(event), awaited, isCarried])
    }

    func insertMessage(_ message: Message, _ number: Int, _ session: String, _ position: Int) throws {
        try cachedStatement(sql: "INSERT INTO message (session, number, position, body) VALUES (?, ?, ?, ?)")
            .execute(arguments: [session, number, position, StoredJSON.text(message)])
    }

    func insertDelivery(_ key: String, _ session: String, _ position: Int) throws {
        try cachedStatement(sql: "INSERT INTO delivery (session, key, position) VALUES (?, ?, ?)")
            .execute(arguments: [session, key, position])
    }

    func position(ofDelivery key: String, in session: String) throws -> Int? {
        try Int.fetchOne(
            cachedStatement(sql: "SELECT position FROM delivery WHERE session = ? AND key = ?"),
            arguments: [session, key]
        )
    }
}

extension StoredMessage {
    /// A message out of a row with `number`, `position` and `body`.
    init(_ row: Row, of session: String) throws {
        do {
            self.init(
                number: row["number"],
                position: row["position"],
                message: try StoredJSON.value(Message.self, from: row["body"])
            )
        } catch {
            let number: Int = row["number"]
            throw SessionStoreError(.unreadable, "message \(number) of the session '\(session)' cannot be read")
        }
    }
}
