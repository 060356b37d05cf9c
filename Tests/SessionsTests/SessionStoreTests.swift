import Dialogue
import Foundation
import Intents
import Sessions
import Testing

/// Both stores keep the same promises.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory, sqlite
    var testDescription: String { rawValue }

    /// A fresh store, and the folder it lives in.
    func make() throws -> any SessionStore {
        switch self {
        case .memory: return MemorySessionStore()
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
            return try SQLiteSessionStore(path: folder.appending(path: "deep/sessions.sqlite").path)
        }
    }
}

@Suite("A store of sessions keeps its promises")
struct SessionStoreTests {
    private let session = SessionRecord(id: "one", flow: "tea", entry: "tea", digest: "d1")
    private let events: [Event] = [
        .started(hints: ["tea": "mint"]), .reply("žluť 日本 👩‍👧 \u{1B}\n\"quoted\""),
        .refused(.tooLong(bytes: 5, limit: 4)),
        .refused(.secret(kind: "AWS secret access key")), .refused(.notText),
        .actionFinished(id: 3, result: ActionResult(outcome: "done", values: ["list": [["a": 1], true, "x"]])),
    ]

    @Test("Events come back as they were, in their order", arguments: StoreKind.allCases)
    func roundTrip(kind: StoreKind) async throws {
        let store = try kind.make()
        try await store.create(session)
        for (position, event) in events.enumerated() { try await store.append(event, to: "one", at: position) }
        let loaded = try #require(try await store.load("one"))
        #expect(loaded.events == events)
        #expect(loaded.flow == "tea" && loaded.entry == "tea" && loaded.digest == "d1")
    }

    @Test("What an event answered is kept with it, where it is given", arguments: StoreKind.allCases)
    func awaited(kind: StoreKind) async throws {
        let store = try kind.make()
        var begun = session
        begun.events = [.started(hints: [:]), .reply("a")]
        begun.awaited = ["start"]
        try await store.create(begun)
        try await store.append(.reply("b"), answering: "ask cup", to: "one", at: 2)
        try await store.append(.reply("c"), to: "one", at: 3)
        try await store.append(.reply("d"), answering: "ask tea", to: "one", at: 4)
        let loaded = try #require(try await store.load("one"))
        #expect(loaded.steps.map(\.awaited) == ["start", nil, "ask cup", nil, "ask tea"])
        #expect(loaded.steps.map(\.event) == loaded.events)
    }

    @Test("An event at the wrong position is a conflict, and nothing is stored", arguments: StoreKind.allCases)
    func conflict(kind: StoreKind) async throws {
        let store = try kind.make()
        try await store.create(session)
        try await store.append(.reply("a"), to: "one", at: 0)
        for position in [0, 2, -1] {
            let error = await #expect(throws: SessionStoreError.self) {
                try await store.append(.reply("b"), to: "one", at: position)
            }
            #expect(error?.code == .conflict)
        }
        #expect(try await store.load("one")?.events == [.reply("a")])
    }

    @Test("A name is taken only once, and an unknown one is said", arguments: StoreKind.allCases)
    func names(kind: StoreKind) async throws {
        let store = try kind.make()
        try await store.create(session)
        #expect(await #expect(throws: SessionStoreError.self) { try await store.create(session) }?.code == .exists)
        let unknown = await #expect(throws: SessionStoreError.self) {
            try await store.append(.reply("a"), to: "two", at: 0)
        }
        #expect(unknown?.code == .notFound)
        #expect(try await store.load("two") == nil)
    }

    @Test("The session that went on last is listed first", arguments: StoreKind.allCases)
    func order(kind: StoreKind) async throws {
        let store = try kind.make()
        for id in ["a", "b", "c"] { try await store.create(SessionRecord(id: id, flow: "f", entry: "f", digest: "d")) }
        try await store.append(.reply("x"), to: "a", at: 0)
        #expect(try await store.list() == ["a", "c", "b"])
        try await store.delete("c")
        try await store.delete("nobody")
        #expect(try await store.list() == ["a", "b"])
    }

    @Test("A file store is there again after it was opened anew, readable by its user only")
    func reopened() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        let path = folder.appending(path: "sessions.sqlite").path
        try await SQLiteSessionStore(path: path).create(session)
        try await SQLiteSessionStore(path: path).append(.reply("kept"), to: "one", at: 0)
        #expect(try await SQLiteSessionStore(path: path).load("one")?.events == [.reply("kept")])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("A file that is no store is said to be none")
    func notAStore() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)").path
        try Data(repeating: 0x41, count: 4_096).write(to: URL(filePath: path))
        let error = #expect(throws: SessionStoreError.self) { try SQLiteSessionStore(path: path) }
        #expect(error?.code == .unreadable)
    }
}
