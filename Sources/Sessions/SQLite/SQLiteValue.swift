internal import CSQLite

/// A value that a statement takes or returns.
enum SQLiteValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
}

/// Types that statements take as values.
protocol SQLiteBindable {
    var sqliteValue: SQLiteValue { get }
}

extension Int: SQLiteBindable { var sqliteValue: SQLiteValue { .integer(Int64(self)) } }
extension Int64: SQLiteBindable { var sqliteValue: SQLiteValue { .integer(self) } }
extension Bool: SQLiteBindable { var sqliteValue: SQLiteValue { .integer(self ? 1 : 0) } }
extension String: SQLiteBindable { var sqliteValue: SQLiteValue { .text(self) } }
extension Optional: SQLiteBindable where Wrapped: SQLiteBindable {
    var sqliteValue: SQLiteValue { map(\.sqliteValue) ?? .null }
}

/// One row of a result.
///
/// A value of another type than the one that is asked for is an error, since files can be damaged.
struct SQLiteRow {
    fileprivate let values: [String: SQLiteValue]

    init(_ values: [String: SQLiteValue]) { self.values = values }

    func integer(_ column: String) throws(SQLiteError) -> Int64 {
        guard case .integer(let value) = values[column] else { throw mismatch(column) }
        return value
    }

    func int(_ column: String) throws(SQLiteError) -> Int {
        guard let value = Int(exactly: try integer(column)) else { throw mismatch(column) }
        return value
    }

    func text(_ column: String) throws(SQLiteError) -> String {
        guard let value = try optionalText(column) else { throw mismatch(column) }
        return value
    }

    func optionalText(_ column: String) throws(SQLiteError) -> String? {
        switch values[column] {
        case .text(let value): return value
        case .null: return nil
        default: throw mismatch(column)
        }
    }

    private func mismatch(_ column: String) -> SQLiteError {
        SQLiteError(code: SQLITE_MISMATCH, message: "the column '\(column)' holds another kind of value")
    }
}
