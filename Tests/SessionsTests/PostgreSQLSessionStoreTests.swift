import Dialogue
import Foundation
import Sessions
import Testing

@testable import PostgreSQLSessions

@Suite("PostgreSQL keeps sessions")
struct PostgreSQLAvailabilityTests {
    @Test(
        "It is tried here with the tests of all stores",
        .enabled(
            if: StoreKind.postgreSQL != nil,
            "there is no PostgreSQL: run under scripts/with-real-parts"
        )
    )
    func isTried() { #expect(StoreKind.available.contains(.postgresql)) }
}

@Suite("PostgreSQL and what can go wrong with it", .enabled(if: StoreKind.postgreSQL != nil))
struct PostgreSQLSessionStoreTests {
    private func target() throws -> (text: String, schema: String) {
        let target = try #require(StoreKind.postgreSQL)
        let schema = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        _ = try Connection(target).run("CREATE SCHEMA \(schema)")
        return ("\(target) options='-c search_path=\(schema)'", schema)
    }

    private let session = SessionRecord(id: "one", flow: "tea", entry: "tea", digest: "d1")

    @Test("Many may make the tables at once")
    func madeAtOnce() async throws {
        let target = try target().text
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let record = SessionRecord(id: "\(number)", flow: "tea", entry: "tea", digest: "d1")
                    try await PostgreSQLSessionStore(target, connections: 1).create(record)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await PostgreSQLSessionStore(target).list().count == 6)
    }

    @Test("A connection that the server has closed is replaced")
    func closedConnection() async throws {
        let target = try target()
        let name = target.schema
        let store = try await PostgreSQLSessionStore(target.text + " application_name=\(name)", connections: 2)
        try await store.create(session)
        let closed = try Connection(target.text).query(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1",
            [name]
        )
        #expect(closed == [["t"]])
        #expect(try await store.load("one")?.id == "one")
        #expect(
            try await store.commit(TurnRecord(session: "one", position: 0, event: .reply("a"))) == .stored(messages: 0)
        )
    }

    @Test("A server that is not there is said to be so, without the password")
    func noServer() async throws {
        let error = await #expect(throws: SessionStoreError.self) {
            _ = try await PostgreSQLSessionStore("host=/nowhere user=u password=s3cret connect_timeout=2")
        }
        #expect(error?.code == .unwritable)
        #expect(error.map { !$0.message.contains("s3cret") && !$0.message.contains("\n") } == true)
    }

    @Test("A text that PostgreSQL cannot hold is refused, and nothing is cut off")
    func nul() async throws {
        let store = try await PostgreSQLSessionStore(try target().text)
        var record = session
        record.owner = "ann\u{0}bob"
        await #expect(throws: SessionStoreError.self) { try await store.create(record) }
        #expect(try await store.load("one") == nil)
        try await store.create(session)
        _ = try await store.commit(TurnRecord(session: "one", position: 0, event: .reply("a\u{0}b")))
        #expect(try await store.load("one")?.events == [.reply("a\u{0}b")])
    }

    @Test("More callers than connections take turns")
    func busyPool() async throws {
        let store = try await PostgreSQLSessionStore(try target().text, connections: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let id = "s\(number)"
                    try await store.create(SessionRecord(id: id, flow: "f", entry: "f", digest: "d"))
                    _ = try await store.commit(TurnRecord(session: id, position: 0, event: .reply("x"), delivery: "k"))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.list().count == 40)
    }

    /// What storing a turn came to, in words.
    private func outcome(of turn: TurnRecord, in store: PostgreSQLSessionStore) async -> String {
        do { return "\(try await store.commit(turn))" } catch let error as SessionStoreError {
            let names: [SessionStoreError.Code: String] = [
                .conflict: "conflict", .notFound: "not found", .unwritable: "unwritable",
            ]
            return names[error.code] ?? error.message
        } catch { return "\(error)" }
    }

    /// A store with sessions `s0` to `s39`, each with one event that the delivery `first` brought.
    private func sessions(_ target: String) async throws -> (store: PostgreSQLSessionStore, turns: [TurnRecord]) {
        let store = try await PostgreSQLSessionStore(target, connections: 4)
        var turns: [TurnRecord] = []
        for number in 0..<40 {
            let id = "s\(number)"
            try await store.create(SessionRecord(id: id, flow: "f", entry: "f", digest: "d"))
            _ = try await store.commit(TurnRecord(session: id, position: 0, event: .reply("a"), delivery: "first"))
            turns.append(TurnRecord(session: id, position: 1, event: .reply("b \(number)"), delivery: "second"))
        }
        return (store, turns)
    }

    @Test(
        "Turns that come at once succeed or fail each by itself",
        arguments: [
            [], [TurnRecord(session: "s7", position: 0, event: .reply("late"), delivery: "x")],
            [TurnRecord(session: "nobody", position: 0, event: .reply("lost"), delivery: "x")],
            [TurnRecord(session: "s8", position: 3_000_000_000, event: .reply("no number of PostgreSQL's"))],
            [TurnRecord(session: "s9", position: 0, event: .reply("again"), delivery: "first")],
            [TurnRecord(session: "s9", position: 1, event: .reply("NUL"), delivery: "\u{0}")],
        ]
    )
    func atOnce(others: [TurnRecord]) async throws {
        let (store, turns) = try await sessions(try target().text)
        let outcomes = await withTaskGroup(of: (String, String).self, returning: [String: String].self) { group in
            for turn in others + turns {
                let key = turn.session + (turn.event == .reply("b " + turn.session.dropFirst()) ? "" : " other")
                group.addTask { (key, await outcome(of: turn, in: store)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for turn in turns {
            // The one with NUL may not stand in for the good one of its session.
            #expect(outcomes[turn.session] == "stored(messages: 0)", "\(turn.session)")
            let record = try await store.load(turn.session)
            #expect(record?.events == [.reply("a"), turn.event])
        }
        for other in others {
            let expected =
                switch other.session {
                case "s7": "conflict"
                case "nobody": "not found"
                case "s9" where other.delivery == "first": "repeated(position: 0)"
                default: "unwritable"
                }
            #expect(outcomes[other.session + " other"] == expected)
        }
    }

    @Test("A session that somebody holds keeps nobody else waiting")
    func heldSession() async throws {
        let target = try target().text
        let (store, turns) = try await sessions(target)
        let holder = try Connection(target)
        _ = try holder.run("BEGIN")
        _ = try holder.run("SELECT FROM usher_session WHERE id = 's3' FOR UPDATE")
        let held = Task { await outcome(of: turns[3], in: store) }
        await withTaskGroup(of: String.self) { group in
            for turn in turns where turn.session != "s3" { group.addTask { await outcome(of: turn, in: store) } }
            for await outcome in group { #expect(outcome == "stored(messages: 0)") }
        }
        #expect(try await store.load("s3")?.events.count == 1)
        _ = try holder.run("COMMIT")
        #expect(await held.value == "stored(messages: 0)")
    }
}
