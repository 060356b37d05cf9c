internal import CSQLite

/// One connection to a SQLite file, with the statements that were prepared on it.
///
/// Not safe for use by two threads at once: ``SQLiteDatabase`` uses it on one queue.
final class SQLiteConnection {
    private let handle: OpaquePointer
    // The statements stand in the source, so that there are only a few dozen.
    private var statements: [String: OpaquePointer] = [:]

    /// Opens a file, and creates it if it doesn't exist.
    init(path: String) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard let handle else { throw SQLiteError(code: code, message: "there is no memory for a connection") }
        self.handle = handle
        guard code == SQLITE_OK else { throw error(code) }
        // Another process that writes is waited for.
        sqlite3_busy_timeout(handle, 5_000)
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Runs statements that take no values, separated by semicolons.
    func run(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code) }
    }

    /// Runs a statement with values for its `?`, in their order.
    @discardableResult
    func query(_ sql: String, _ values: [any SQLiteBindable] = []) throws(SQLiteError) -> [SQLiteRow] {
        let statement = try prepare(sql)
        defer { sqlite3_reset(statement) }
        for (index, value) in values.enumerated() { try bind(value, to: Int32(index + 1), of: statement) }
        return try rows(of: statement)
    }

    /// Runs a statement with values for its `:name`s.
    @discardableResult
    func query(_ sql: String, named values: [String: any SQLiteBindable]) throws(SQLiteError) -> [SQLiteRow] {
        let statement = try prepare(sql)
        defer { sqlite3_reset(statement) }
        for (name, value) in values {
            try bind(value, to: sqlite3_bind_parameter_index(statement, ":" + name), of: statement)
        }
        return try rows(of: statement)
    }

    /// Runs statements as one: all of them count, or none.
    ///
    /// It begins as `begin` says: `IMMEDIATE` to write, `DEFERRED` to read one state of the file.
    func transaction<Result>(_ begin: String, _ body: () throws -> Result) throws -> Result {
        try run("BEGIN \(begin)")
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // After some errors SQLite has rolled back by itself.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Runs a part of a transaction, of which nothing stays where it fails.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try run("SAVEPOINT part")
        do {
            let result = try body()
            try run("RELEASE part")
            return result
        } catch {
            if sqlite3_get_autocommit(handle) == 0 { try run("ROLLBACK TO part; RELEASE part") }
            throw error
        }
    }

    private func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw error(code) }
        statements[sql] = statement
        return statement
    }

    private func bind(_ value: any SQLiteBindable, to index: Int32, of statement: OpaquePointer) throws(SQLiteError) {
        let code =
            switch value.sqliteValue {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .text(let text): usher_sqlite3_bind_text(statement, index, text, Int32(clamping: text.utf8.count))
            }
        guard code == SQLITE_OK else { throw error(code) }
    }

    private func rows(of statement: OpaquePointer) throws(SQLiteError) -> [SQLiteRow] {
        var rows: [SQLiteRow] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append(try row(of: statement))
            case SQLITE_DONE: return rows
            case let code: throw error(code)
            }
        }
    }

    private func row(of statement: OpaquePointer) throws(SQLiteError) -> SQLiteRow {
        var values: [String: SQLiteValue] = [:]
        for index in 0..<sqlite3_column_count(statement) {
            guard let name = sqlite3_column_name(statement, index) else { continue }
            values[String(cString: name)] = try value(of: statement, at: index)
        }
        return SQLiteRow(values)
    }

    private func value(of statement: OpaquePointer, at index: Int32) throws(SQLiteError) -> SQLiteValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(statement, index) else { break }
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            if let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
        default: break
        }
        throw SQLiteError(code: SQLITE_MISMATCH, message: "a column holds what is neither text nor a whole number")
    }

    private func error(_ code: Int32) -> SQLiteError {
        SQLiteError(code: code, message: String(cString: sqlite3_errmsg(handle)))
    }
}
