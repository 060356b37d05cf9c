public import Dialogue

/// A session as it is kept: its identity and its events.
///
/// Its state is a fold over them.
public struct SessionRecord: Sendable, Hashable {
    /// Its name, unique in the store.
    public var id: String
    /// The folder of the flow it goes through.
    public var flow: String
    /// The flow of the folder that it was started at.
    public var entry: String
    /// The digest of the flow at the time.
    public var digest: String
    /// All its events so far, the oldest first.
    public var events: [Event]
    /// What each event answered, in the words of `Flow.awaited(in:)`; `nil`, or too short, where it is not known.
    public var awaited: [String?]

    /// Makes a record.
    public init(
        id: String,
        flow: String,
        entry: String,
        digest: String,
        events: [Event] = [],
        awaited: [String?] = []
    ) {
        self.id = id
        self.flow = flow
        self.entry = entry
        self.digest = digest
        self.events = events
        self.awaited = awaited
    }

    /// The events with what each answered.
    public var steps: [Migration.Step] {
        events.enumerated().map { index, event in
            Migration.Step(event: event, awaited: index < awaited.count ? awaited[index] : nil)
        }
    }
}

/// Where sessions live.
public protocol SessionStore: Sendable {
    /// Makes a session without events.
    ///
    /// - Throws: ``SessionStoreError`` with `exists` where there is one of that name.
    func create(_ session: SessionRecord) async throws

    /// Adds an event to a session; when this returns, it is on disk.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - session: The session's name.
    ///   - position: How many events it has before this one.
    /// - Throws: ``SessionStoreError`` with `conflict` where it has another number of events, `notFound` where there
    ///   is no such session, `unwritable` where it could not be stored.
    func append(_ event: Event, to session: String, at position: Int) async throws

    /// Adds an event with what it answered, which is needed only after a change of the flow.
    ///
    /// A store that keeps no such thing adds the event alone.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - awaited: What the session waited for, in the words of `Flow.awaited(in:)`.
    ///   - session: The session's name.
    ///   - position: How many events it has before this one.
    /// - Throws: As ``append(_:to:at:)``.
    func append(_ event: Event, answering awaited: String, to session: String, at position: Int) async throws

    /// A session with its events, or `nil` where there is none of that name.
    func load(_ session: String) async throws -> SessionRecord?

    /// The names of all sessions, the one that last got an event first.
    func list() async throws -> [String]

    /// Removes a session and all its events; does nothing where there is none.
    func delete(_ session: String) async throws
}

extension SessionStore {
    /// Adds the event alone.
    public func append(_ event: Event, answering awaited: String, to session: String, at position: Int) async throws {
        try await append(event, to: session, at: position)
    }
}

/// Why a store could not do what it was asked.
public struct SessionStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Sendable, Hashable {
        private enum Base { case exists, notFound, conflict, unwritable, unreadable }
        private let base: Base
        private init(_ base: Base) { self.base = base }
        /// There is a session of that name.
        public static let exists = Code(.exists)
        /// There is no session of that name.
        public static let notFound = Code(.notFound)
        /// Somebody else added an event in the meantime.
        public static let conflict = Code(.conflict)
        /// It could not be stored: a full disk, a read-only folder.
        public static let unwritable = Code(.unwritable)
        /// What is stored cannot be read.
        public static let unreadable = Code(.unreadable)
    }

    /// The kind.
    public var code: Code
    /// What happened and what to do.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
