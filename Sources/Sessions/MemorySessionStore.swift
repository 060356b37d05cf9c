public import Dialogue

/// Sessions in memory, for tests and for conversations that nobody comes back to.
public actor MemorySessionStore: SessionStore {
    private var sessions: [String: SessionRecord] = [:]
    private var order: [String] = []

    /// An empty store.
    public init() {}

    /// Makes a session, with the events that it comes with.
    public func create(_ session: SessionRecord) throws {
        guard sessions[session.id] == nil else {
            throw SessionStoreError(.exists, "there is a session '\(session.id)' already")
        }
        sessions[session.id] = session
        touch(session.id)
    }

    /// Adds an event, if it is the next one.
    public func append(_ event: Event, to session: String, at position: Int) throws {
        try add(event, answering: nil, to: session, at: position)
    }

    /// Adds an event with what it answered, if it is the next one.
    public func append(_ event: Event, answering awaited: String, to session: String, at position: Int) throws {
        try add(event, answering: awaited, to: session, at: position)
    }

    private func add(_ event: Event, answering awaited: String?, to session: String, at position: Int) throws {
        guard let count = sessions[session]?.events.count else {
            throw SessionStoreError(.notFound, "there is no session '\(session)'")
        }
        guard count == position else {
            throw SessionStoreError(.conflict, "the session '\(session)' went on elsewhere in the meantime")
        }
        while let known = sessions[session]?.awaited.count, known < count { sessions[session]?.awaited.append(nil) }
        sessions[session]?.events.append(event)
        sessions[session]?.awaited.append(awaited)
        touch(session)
    }

    /// A session with its events, or `nil`.
    public func load(_ session: String) -> SessionRecord? { sessions[session] }

    /// The names of all sessions, the one that went on last first.
    public func list() -> [String] { order.reversed() }

    /// Removes a session.
    public func delete(_ session: String) {
        sessions[session] = nil
        order.removeAll { $0 == session }
    }

    private func touch(_ session: String) {
        order.removeAll { $0 == session }
        order.append(session)
    }
}
