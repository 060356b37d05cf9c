import Foundation
import Sessions
import Testing

@testable import PostgreSQLSessions

/// The stores, which all keep the same promises.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory, sqlite, postgresql
    var testDescription: String { rawValue }

    /// Those that can be tried here.
    static let available: [StoreKind] = postgreSQL == nil ? [.memory, .sqlite] : allCases

    /// The PostgreSQL for tests; `nil` if there isn't one.
    static var postgreSQL: String? { ProcessInfo.processInfo.environment["USHER_TEST_POSTGRESQL"] }

    /// A fresh store.
    func make() async throws -> any SessionStore {
        switch self {
        case .memory: return MemorySessionStore()
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
            return try SQLiteSessionStore(path: folder.appending(path: "deep/sessions.sqlite").path)
        case .postgresql: return try await Self.freshSchema()
        }
    }

    private static func freshSchema() async throws -> any SessionStore {
        let target = try #require(postgreSQL)
        let schema = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        _ = try Connection(target).run("CREATE SCHEMA \(schema)")
        return try await PostgreSQLSessionStore("\(target) options='-c search_path=\(schema)'", connections: 3)
    }
}
