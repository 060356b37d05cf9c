internal import CLibPQ

/// One connection to PostgreSQL, with the statements that were prepared on it.
///
/// Not safe for use by two threads at once: ``ConnectionPool`` gives it to one at a time.
final class Connection {
    /// A row of texts; `nil` for NULL.
    typealias Row = [String?]

    private let libpq: CLibPQ
    private let handle: OpaquePointer
    private var statements: [String: String] = [:]

    /// Connects.
    ///
    /// - Parameter target: A connection text or URL as libpq takes it, TLS and all.
    /// - Throws: ``PostgreSQLError``.
    init(_ target: String) throws(PostgreSQLError) {
        libpq = try Self.library()
        guard let handle = libpq.connectdb(target) else {
            throw PostgreSQLError(state: "", message: "there is no memory for a connection", isConnectionLost: true)
        }
        self.handle = handle
        guard libpq.status(handle) == CLIBPQ_CONNECTION_OK else {
            throw PostgreSQLError(state: "", message: Self.text(libpq.errorMessage(handle)), isConnectionLost: true)
        }
        // What the server notes in passing would go to standard error.
        _ = libpq.setNoticeProcessor(handle, { _, _ in }, nil)
        _ = try run("SET client_encoding = 'UTF8'")
    }

    deinit { libpq.finish(handle) }

    /// Whether it can be used again.
    var isUsable: Bool {
        libpq.status(handle) == CLIBPQ_CONNECTION_OK && libpq.transactionStatus(handle) == CLIBPQ_TRANSACTION_IDLE
            && libpq.pipelineStatus(handle) == CLIBPQ_PIPELINE_OFF
    }

    /// Whether the other side has not closed it; does not wait for an answer.
    var isAlive: Bool {
        // The first look may find what the server said last, and only the second that there is nothing more.
        libpq.consumeInput(handle) == 1 && libpq.consumeInput(handle) == 1
            && libpq.status(handle) == CLIBPQ_CONNECTION_OK
    }

    /// The functions of libpq, which is loaded when it is first needed: most programs that carry this module never do.
    private static func library() throws(PostgreSQLError) -> CLibPQ {
        var problem: UnsafePointer<CChar>?
        guard let library = CLibPQLoad(&problem) else {
            throw PostgreSQLError(
                state: "",
                message: """
                    the client library libpq (version 14 or later) is needed and cannot be loaded: \(text(problem)); \
                    on Debian install libpq5
                    """,
                isConnectionLost: true
            )
        }
        return library.pointee
    }

    /// Runs a statement, which is prepared the first time.
    ///
    /// - Parameters:
    ///   - sql: The statement, with `$1` and so on for its values.
    ///   - values: Its values as texts; `nil` for NULL. None may hold NUL.
    /// - Returns: The rows.
    /// - Throws: ``PostgreSQLError``.
    func query(_ sql: String, _ values: [String?] = []) throws(PostgreSQLError) -> [Row] {
        try Self.check(values)
        let name = try prepare(sql, count: values.count)
        let result = Self.withPointers(values) { pointers in
            libpq.execPrepared(handle, name, Int32(pointers.count), pointers, nil, nil, 0)
        }
        return try rows(of: result)
    }

    /// Runs a statement once for each row of values, in one transaction and in one exchange with the server.
    ///
    /// libpq(3), "Pipeline Mode": what is sent up to a synchronisation point is one transaction, which is committed there;
    /// where a statement fails, what came before it is taken back and what comes after it is not done.
    ///
    /// - Parameters:
    ///   - sql: The statement, with `$1` and so on for its values.
    ///   - all: The values of each run, as many in each; a few dozen, since nothing is read before all is sent.
    ///   - milliseconds: How long it waits for a row that another transaction has locked, before it fails with `55P03`.
    /// - Returns: The rows of each run.
    /// - Throws: ``PostgreSQLError``; then none of them counts, unless the connection was lost: then nobody knows.
    func query(
        _ sql: String,
        forEach all: [[String?]],
        waitingForLocks milliseconds: Int
    ) throws(PostgreSQLError) -> [[Row]] {
        for values in all { try Self.check(values) }
        // Ends with the transaction.
        let limit = "SELECT set_config('lock_timeout', $1, true)"
        var runs = [(name: try prepare(limit, count: 1), values: ["\(milliseconds)" as String?])]
        let name = try prepare(sql, count: all.first?.count ?? 0)
        runs += all.map { (name, $0) }
        var isSent = libpq.enterPipelineMode(handle) == 1
        for run in runs where isSent {
            isSent = Self.withPointers(run.values) { pointers in
                libpq.sendQueryPrepared(handle, run.name, Int32(pointers.count), pointers, nil, nil, 0) == 1
            }
        }
        // What is sent in part is never committed: the connection is closed before its synchronisation point.
        guard isSent, libpq.pipelineSync(handle) == 1 else { throw lost() }
        var answers: [[Row]] = []
        var failure: PostgreSQLError?
        for _ in runs {
            do throws(PostgreSQLError) { answers.append(try rows(of: libpq.getResult(handle))) } catch {
                failure = failure ?? error
            }
            while let more = libpq.getResult(handle) { libpq.clear(more) }
        }
        // It is committed when the server says that it has come to the end, and not before.
        while let result = libpq.getResult(handle) {
            guard libpq.resultStatus(result) != CLIBPQ_PIPELINE_SYNC else {
                libpq.clear(result)
                guard libpq.exitPipelineMode(handle) == 1 else { throw lost() }
                if let failure { throw failure }
                return Array(answers.dropFirst())
            }
            do throws(PostgreSQLError) { _ = try rows(of: result) } catch { failure = failure ?? error }
        }
        throw lost()
    }

    /// The error of a connection that is of no use any more.
    private func lost() -> PostgreSQLError {
        PostgreSQLError(state: "", message: Self.text(libpq.errorMessage(handle)), isConnectionLost: true)
    }

    private static func check(_ values: [String?]) throws(PostgreSQLError) {
        for case let value? in values where value.utf8.contains(0) {
            throw PostgreSQLError(state: "22021", message: "a text holds NUL", isConnectionLost: false)
        }
    }

    /// Runs statements that take no values.
    func run(_ sql: String) throws(PostgreSQLError) -> [Row] { try rows(of: libpq.exec(handle, sql)) }

    /// Runs statements as one: all of them count, or none.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        _ = try run("BEGIN")
        do {
            let result = try body()
            _ = try run("COMMIT")
            return result
        } catch {
            // Where the connection is lost, the server rolls back by itself.
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    private func prepare(_ sql: String, count: Int) throws(PostgreSQLError) -> String {
        if let name = statements[sql] { return name }
        let name = "s\(statements.count)"
        _ = try rows(of: libpq.prepare(handle, name, sql, Int32(count), nil))
        statements[sql] = name
        return name
    }

    private func rows(of result: OpaquePointer?) throws(PostgreSQLError) -> [Row] {
        defer { libpq.clear(result) }
        switch libpq.resultStatus(result) {
        case CLIBPQ_COMMAND_OK, CLIBPQ_TUPLES_OK: break
        default:
            throw PostgreSQLError(
                state: libpq.resultErrorField(result, Int32(UInt8(ascii: "C"))).map { Self.text($0) } ?? "",
                message: Self.text(
                    libpq.resultErrorField(result, Int32(UInt8(ascii: "M"))) ?? libpq.errorMessage(handle)
                ),
                isConnectionLost: libpq.status(handle) != CLIBPQ_CONNECTION_OK
            )
        }
        let columns = libpq.nfields(result)
        return (0..<libpq.ntuples(result)).map { row in
            (0..<columns).map { column in
                libpq.getisnull(result, row, column) == 1 ? nil : Self.text(libpq.getvalue(result, row, column))
            }
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        let text = pointer.map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    /// Calls with pointers to all texts, which are valid only during the call.
    private static func withPointers<Result>(
        _ values: [String?],
        _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        let texts = values.map { value in value.map { $0.utf8CString } }
        return withPointers(texts[...], [], body)
    }

    private static func withPointers<Result>(
        _ texts: ArraySlice<ContiguousArray<CChar>?>,
        _ pointers: [UnsafePointer<CChar>?],
        _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        guard let first = texts.first else { return body(pointers) }
        guard let text = first else { return withPointers(texts.dropFirst(), pointers + [nil], body) }
        return text.withUnsafeBufferPointer { withPointers(texts.dropFirst(), pointers + [$0.baseAddress], body) }
    }
}
