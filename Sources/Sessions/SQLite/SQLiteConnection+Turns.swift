import Dialogue

extension SQLiteConnection {
    /// Stores a turn inside of a transaction.
    ///
    /// - Throws: ``SessionStoreError`` where it is not the next turn of its session; then nothing has changed.
    func commit(_ turn: TurnRecord) throws -> CommitOutcome {
        if let key = turn.delivery, let position = try position(ofDelivery: key, in: turn.session) {
            return .repeated(position: position)
        }
        let call = try turn.call.map(StoredJSON.text)
        let updated = try query(
            """
            UPDATE session
            SET events = events + 1, messages = messages + :messages, time = max(time, :time),
                touched = (SELECT max(touched) + 1 FROM session),
                action_worker = CASE WHEN action IS :call THEN action_worker END,
                action_until = CASE WHEN action IS :call THEN action_until ELSE 0 END, action = :call
            WHERE id = :id AND events = :position AND (:made IS NULL OR made = :made)
            RETURNING messages
            """,
            named: [
                "messages": turn.messages.count, "time": turn.time, "call": call, "id": turn.session,
                "position": turn.position, "made": turn.made,
            ]
        )
        guard let count = try updated.first?.int("messages") else { throw try notNext(turn.session) }
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

    /// Why a turn of a session was not stored: there is no such session, or its turn was not the next one.
    func notNext(_ session: String) throws -> SessionStoreError {
        try query("SELECT id FROM session WHERE id = ?", [session]).isEmpty ? .notFound(session) : .conflict(session)
    }

    func insertEvent(
        _ event: Event,
        _ awaited: String?,
        _ session: String,
        _ position: Int,
        isCarried: Bool = false
    ) throws {
        try query(
            "INSERT INTO event (session, position, body, awaited, carried) VALUES (?, ?, ?, ?, ?)",
            [session, position, StoredJSON.text(event), awaited, isCarried]
        )
    }

    func insertMessage(_ message: Message, _ number: Int, _ session: String, _ position: Int) throws {
        try query(
            "INSERT INTO message (session, number, position, body) VALUES (?, ?, ?, ?)",
            [session, number, position, StoredJSON.text(message)]
        )
    }

    func insertDelivery(_ key: String, _ session: String, _ position: Int) throws {
        try query("INSERT INTO delivery (session, key, position) VALUES (?, ?, ?)", [session, key, position])
    }

    func position(ofDelivery key: String, in session: String) throws -> Int? {
        try query("SELECT position FROM delivery WHERE session = ? AND key = ?", [session, key]).first?.int("position")
    }
}

extension StoredMessage {
    /// A message out of a row with `number`, `position` and `body`.
    init(_ row: SQLiteRow, of session: String) throws {
        let number = try row.int("number")
        do {
            self.init(
                number: number,
                position: try row.int("position"),
                message: try StoredJSON.value(Message.self, from: row.text("body"))
            )
        } catch {
            throw SessionStoreError(.unreadable, "message \(number) of the session '\(session)' cannot be read")
        }
    }
}
