internal import CSQLite

/// An error that SQLite reports, or a value in a store that is not of the expected type.
struct SQLiteError: Error {
    /// The primary result code, such as `SQLITE_BUSY`.
    var code: Int32
    /// SQLite's description of it.
    var message: String

    init(code: Int32, message: String) {
        self.code = code & 0xFF
        self.message = message
    }

    /// A flag that says that a statement broke a rule of the schema, such as a unique key.
    var isConstraint: Bool { code == SQLITE_CONSTRAINT }

    /// The session store's error for a store at a path.
    func storeError(_ path: String) -> SessionStoreError {
        switch code {
        case SQLITE_FULL:
            SessionStoreError(.unwritable, "\(path): the disk is full; free some space and try again")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH:
            SessionStoreError(.unwritable, "\(path): the place is not writable; check its permissions")
        case SQLITE_BUSY, SQLITE_LOCKED: SessionStoreError(.conflict, "\(path): another program is using it")
        case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_MISMATCH:
            SessionStoreError(.unreadable, "\(path): this is no store of sessions")
        default: SessionStoreError(.unwritable, "\(path): \(message)")
        }
    }
}
