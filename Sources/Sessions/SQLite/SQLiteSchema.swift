/// The tables of a store of sessions, and how they came to be.
///
/// A migration that was released is never changed.
enum SQLiteSchema {
    private static let migrations: [(name: String, sql: String)] = [
        (
            "sessions and events",
            """
            CREATE TABLE session (
                id TEXT PRIMARY KEY, flow TEXT NOT NULL, entry TEXT NOT NULL, digest TEXT NOT NULL,
                touched INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE event (
                session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                position INTEGER NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (session, position)
            ) WITHOUT ROWID;
            """
        ),
        ("what each event answered", "ALTER TABLE event ADD COLUMN awaited TEXT"),
        (
            "owners, messages, deliveries and actions",
            """
            ALTER TABLE session ADD COLUMN owner TEXT NOT NULL DEFAULT '';
            ALTER TABLE session ADD COLUMN channel TEXT;
            ALTER TABLE session ADD COLUMN address TEXT;
            ALTER TABLE session ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE session ADD COLUMN time INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE session ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE session ADD COLUMN messages INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE session ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE session ADD COLUMN outbox_worker TEXT;
            ALTER TABLE session ADD COLUMN outbox_until INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE session ADD COLUMN action TEXT;
            ALTER TABLE session ADD COLUMN action_worker TEXT;
            ALTER TABLE session ADD COLUMN action_until INTEGER NOT NULL DEFAULT 0;
            UPDATE session SET events = (SELECT count(*) FROM event WHERE event.session = session.id);
            CREATE INDEX session_touched ON session (touched);
            CREATE INDEX session_owner ON session (owner, touched);
            CREATE INDEX session_time ON session (time);
            CREATE INDEX session_action ON session (action_until) WHERE action IS NOT NULL;
            CREATE INDEX session_outbox ON session (channel, touched) WHERE delivered < messages;
            CREATE TABLE message (
                session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                number INTEGER NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (session, number)
            ) WITHOUT ROWID;
            CREATE TABLE delivery (
                session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                key TEXT NOT NULL, position INTEGER NOT NULL,
                PRIMARY KEY (session, key)
            ) WITHOUT ROWID;
            """
        ),
        (
            "versions of flows",
            """
            ALTER TABLE session ADD COLUMN base INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE event ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE flow_version (digest TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL)
                WITHOUT ROWID;
            """
        ),
    ]

    /// Applies the migrations that a file lacks, all of them or none.
    ///
    /// The table that lists the applied migrations has the name that the library GRDB uses, which made the first stores.
    static func migrate(_ connection: SQLiteConnection) throws {
        try connection.transaction("IMMEDIATE") {
            try connection.run("CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            let done = try connection.query("SELECT identifier FROM grdb_migrations").map { try $0.text("identifier") }
            for migration in migrations where !done.contains(migration.name) {
                try connection.run(migration.sql)
                try connection.query("INSERT INTO grdb_migrations (identifier) VALUES (?)", [migration.name])
            }
        }
    }
}
