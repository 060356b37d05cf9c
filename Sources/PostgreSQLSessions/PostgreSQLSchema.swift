/// The tables of sessions, and how they are brought up to date.
enum PostgreSQLSchema {
    /// What was added over time, in order; what is here is never changed, only added to.
    private static let steps = [
        """
        CREATE SEQUENCE usher_touched;
        CREATE TABLE usher_session (
            id TEXT PRIMARY KEY, flow TEXT NOT NULL, entry TEXT NOT NULL, digest TEXT NOT NULL,
            owner TEXT NOT NULL, channel TEXT, address TEXT, made BIGINT NOT NULL, time BIGINT NOT NULL,
            touched BIGINT NOT NULL, events INTEGER NOT NULL, messages INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT 0, outbox_worker TEXT, outbox_until BIGINT NOT NULL DEFAULT 0,
            action TEXT, action_worker TEXT, action_until BIGINT NOT NULL DEFAULT 0
        );
        CREATE INDEX usher_session_touched ON usher_session (touched);
        CREATE INDEX usher_session_owner ON usher_session (owner, touched);
        CREATE INDEX usher_session_time ON usher_session (time);
        CREATE INDEX usher_session_action ON usher_session (action_until) WHERE action IS NOT NULL;
        CREATE INDEX usher_session_outbox ON usher_session (channel, touched) WHERE delivered < messages;
        CREATE TABLE usher_event (
            session TEXT NOT NULL REFERENCES usher_session (id) ON DELETE CASCADE,
            position INTEGER NOT NULL, body TEXT NOT NULL, awaited TEXT, PRIMARY KEY (session, position)
        );
        CREATE TABLE usher_message (
            session TEXT NOT NULL REFERENCES usher_session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (session, number)
        );
        CREATE TABLE usher_delivery (
            session TEXT NOT NULL REFERENCES usher_session (id) ON DELETE CASCADE,
            key TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (session, key)
        );
        """,
        """
        ALTER TABLE usher_session ADD COLUMN base INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE usher_event ADD COLUMN carried BOOLEAN NOT NULL DEFAULT FALSE;
        CREATE TABLE usher_flow_version (digest TEXT PRIMARY KEY, first BIGINT NOT NULL, last BIGINT NOT NULL);
        """,
    ]

    /// A number that only this program locks by.
    private static let lock = "8391749302"

    /// Brings the tables up to date; processes that do so at the same time wait for each other.
    static func migrate(_ connection: Connection) throws {
        try connection.transaction {
            _ = try connection.run("SELECT pg_advisory_xact_lock(\(lock))")
            _ = try connection.run("CREATE TABLE IF NOT EXISTS usher_schema (step INTEGER PRIMARY KEY)")
            let done = try connection.query("SELECT count(*) FROM usher_schema").first?.first.flatMap { $0 }
            for (number, step) in steps.enumerated().dropFirst(done.flatMap { Int($0) } ?? 0) {
                _ = try connection.run(step)
                _ = try connection.query("INSERT INTO usher_schema VALUES ($1)", ["\(number)"])
            }
        }
    }
}
