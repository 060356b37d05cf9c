import Dialogue
import Foundation
import Intents
import Sessions
import Testing

@Suite("A store of sessions keeps its promises")
struct SessionStoreTests {
    private let session = SessionRecord(id: "one", flow: "tea", entry: "tea", digest: "d1")
    private let events: [Event] = [
        .started(hints: ["tea": "mint"]), .reply("žluť 日本 👩‍👧 \u{1B}\n\"quoted\""),
        .refused(.tooLong(bytes: 5, limit: 4)),
        .refused(.secret(kind: "AWS secret access key")), .refused(.notText),
        .actionFinished(id: 3, result: ActionResult(outcome: "done", values: ["list": [["a": 1], true, "x"]])),
    ]

    @Test("Events come back as they were, in their order", arguments: StoreKind.available)
    func roundTrip(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.create(session)
        for (position, event) in events.enumerated() { try await store.append(event, to: "one", at: position) }
        let loaded = try #require(try await store.load("one"))
        #expect(loaded.events == events)
        #expect(loaded.flow == "tea" && loaded.entry == "tea" && loaded.digest == "d1")
    }

    @Test("What an event answered is kept with it, where it is given", arguments: StoreKind.available)
    func awaited(kind: StoreKind) async throws {
        let store = try await kind.make()
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

    @Test("An event at the wrong position is a conflict, and nothing is stored", arguments: StoreKind.available)
    func conflict(kind: StoreKind) async throws {
        let store = try await kind.make()
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

    @Test("A name is taken only once, and an unknown one is said", arguments: StoreKind.available)
    func names(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.create(session)
        #expect(await #expect(throws: SessionStoreError.self) { try await store.create(session) }?.code == .exists)
        let unknown = await #expect(throws: SessionStoreError.self) {
            try await store.append(.reply("a"), to: "two", at: 0)
        }
        #expect(unknown?.code == .notFound)
        #expect(try await store.load("two") == nil)
    }

    @Test("The session that went on last is listed first", arguments: StoreKind.available)
    func order(kind: StoreKind) async throws {
        let store = try await kind.make()
        for id in ["a", "b", "c"] { try await store.create(SessionRecord(id: id, flow: "f", entry: "f", digest: "d")) }
        try await store.append(.reply("x"), to: "a", at: 0)
        #expect(try await store.list() == ["a", "c", "b"])
        try await store.delete("c")
        try await store.delete("nobody")
        #expect(try await store.list() == ["a", "b"])
    }

    private static let call = ActionCall(id: 1, name: "heat", input: ["cup": "blue"])

    private func say(_ texts: String...) -> [Message] {
        texts.map { Message(role: .statement, prompt: "p", text: $0) }
    }

    @Test(
        "A turn's messages are numbered without gaps and come back from any number on",
        arguments: StoreKind.available
    )
    func messages(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.create(session)
        let first = TurnRecord(session: "one", position: 0, event: .started(hints: [:]), messages: say("a", "b"))
        #expect(try await store.commit(first) == .stored(messages: 2))
        #expect(
            try await store.commit(TurnRecord(session: "one", position: 1, event: .reply(""))) == .stored(messages: 2)
        )
        let last = TurnRecord(session: "one", position: 2, event: .reply("x"), messages: say("c"))
        #expect(try await store.commit(last) == .stored(messages: 3))
        let all = try await store.messages(of: "one", after: 0, limit: 10)
        #expect(all.map(\.number) == [1, 2, 3])
        #expect(all.map(\.position) == [0, 0, 2])
        #expect(all.map(\.message) == say("a", "b", "c"))
        #expect(try await store.messages(of: "one", after: 1, limit: 1).map(\.number) == [2])
        #expect(try await store.messages(of: "nobody", after: 0, limit: 1).isEmpty)
    }

    @Test("A delivery is stored once, and another session may have the same key", arguments: StoreKind.available)
    func deliveries(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.create(session)
        try await store.create(SessionRecord(id: "two", flow: "tea", entry: "tea", digest: "d1"))
        let turn = TurnRecord(session: "one", position: 0, event: .reply("a"), messages: say("x"), delivery: "k")
        #expect(try await store.commit(turn) == .stored(messages: 1))
        var again = turn
        again.position = 1
        again.event = .reply("b")
        #expect(try await store.commit(again) == .repeated(position: 0))
        #expect(try await store.load("one")?.events == [.reply("a")])
        #expect(try await store.messages(of: "one", after: 0, limit: 9).count == 1)
        #expect(try await store.position(ofDelivery: "k", in: "one") == 0)
        #expect(try await store.position(ofDelivery: "k", in: "two") == nil)
        again.session = "two"
        again.position = 0
        #expect(try await store.commit(again) == .stored(messages: 1))
    }

    @Test("Of many turns at the same position one is stored", arguments: StoreKind.available)
    func race(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.create(session)
        let stored = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let turn = TurnRecord(session: "one", position: 0, event: .reply("\(number)"))
                    return (try? await store.commit(turn)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(stored == 1)
        #expect(try await store.load("one")?.events.count == 1)
    }

    @Test("A turn of a session that was made anew since is refused", arguments: StoreKind.available)
    func madeAnew(kind: StoreKind) async throws {
        let store = try await kind.make()
        var record = session
        record.time = 5
        try await store.create(record)
        let turn = TurnRecord(session: "one", position: 0, event: .reply("a"), made: 5)
        try await store.delete("one")
        record.time = 6
        try await store.create(record)
        await #expect(throws: SessionStoreError.self) { try await store.commit(turn) }
        var next = turn
        next.made = 6
        next.time = 9
        #expect(try await store.commit(next) == .stored(messages: 0))
        #expect(try await store.load("one")?.time == 6, "the time of a record is when it was made")
    }

    @Test("An action is one worker's until its lease ends or the action does", arguments: StoreKind.available)
    func actions(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.create(session)
        #expect(try await store.claimAction(of: "one", by: "w1", now: 0, until: 10) == nil)
        _ = try await store.commit(TurnRecord(session: "one", position: 0, event: .reply("a"), call: Self.call))
        #expect(try await store.sessionsWithUnclaimedActions(now: 0, limit: 5) == ["one"])
        #expect(try await store.claimAction(of: "one", by: "w1", now: 0, until: 10) == Self.call)
        #expect(try await store.claimAction(of: "one", by: "w2", now: 5, until: 15) == nil)
        #expect(try await store.sessionsWithUnclaimedActions(now: 5, limit: 5).isEmpty)
        #expect(try await store.claimAction(of: "one", by: "w1", now: 5, until: 20) == Self.call)
        #expect(try await store.claimAction(of: "one", by: "w2", now: 15, until: 25) == nil)
        // A reply while it runs changes nothing of that.
        _ = try await store.commit(TurnRecord(session: "one", position: 1, event: .reply("b"), call: Self.call))
        #expect(try await store.claimAction(of: "one", by: "w2", now: 19, until: 30) == nil)
        #expect(try await store.sessionsWithUnclaimedActions(now: 20, limit: 5) == ["one"])
        #expect(try await store.claimAction(of: "one", by: "w2", now: 20, until: 30) == Self.call)
        _ = try await store.commit(TurnRecord(session: "one", position: 2, event: .reply("c")))
        #expect(try await store.claimAction(of: "one", by: "w2", now: 20, until: 30) == nil)
        #expect(try await store.sessionsWithUnclaimedActions(now: 99, limit: 5).isEmpty)
    }

    @Test("A claim that a clock far ahead has made does not hold", arguments: StoreKind.available)
    func claimsFromTheFuture(kind: StoreKind) async throws {
        let store = try await kind.make()
        var session = session
        (session.channel, session.address) = ("slack", "C1")
        try await store.create(session)
        var turn = TurnRecord(session: "one", position: 0, event: .reply("a"), call: Self.call)
        turn.messages = [Message(role: .statement, prompt: "hot", text: "It is hot.")]
        _ = try await store.commit(turn)
        let (day, hour): (Int64, Int64) = (86_400_000, 3_600_000)
        #expect(try await store.claimAction(of: "one", by: "w1", now: day, until: day + hour) == Self.call)
        func messages(_ worker: String, _ now: Int64) async throws -> Int {
            try await store.claimOutbox(channel: "slack", by: worker, now: now, until: now + hour, limit: 9).count
        }
        #expect(try await messages("w1", day) == 1)
        // A lease of an hour, which is the longest, and an hour between two clocks are nothing out of the way.
        #expect(try await store.claimAction(of: "one", by: "w2", now: day - hour, until: day) == nil)
        #expect(try await messages("w2", day - hour) == 0)
        #expect(try await store.sessionsWithUnclaimedActions(now: 0, limit: 5) == ["one"])
        #expect(try await store.claimAction(of: "one", by: "w2", now: 0, until: hour) == Self.call)
        #expect(try await messages("w2", 0) == 1)
    }

    @Test(
        "Messages to deliver are given in order, to one worker at a time, until they are",
        arguments: StoreKind.available
    )
    func outbox(kind: StoreKind) async throws {
        let store = try await kind.make()
        var slack = session
        slack.channel = "slack"
        slack.address = "C1/17.2"
        try await store.create(slack)
        try await store.create(SessionRecord(id: "two", flow: "tea", entry: "tea", digest: "d1"))
        _ = try await store.commit(TurnRecord(session: "two", position: 0, event: .reply("a"), messages: say("no")))
        _ = try await store.commit(TurnRecord(session: "one", position: 0, event: .reply("a"), messages: say("x", "y")))
        let entries = try await store.claimOutbox(channel: "slack", by: "w1", now: 0, until: 10, limit: 9)
        #expect(entries.map(\.message.message.text) == ["x", "y"])
        #expect(entries.map(\.address) == ["C1/17.2", "C1/17.2"])
        #expect(try await store.claimOutbox(channel: "slack", by: "w2", now: 5, until: 15, limit: 9).isEmpty)
        #expect(try await store.claimOutbox(channel: "irc", by: "w2", now: 5, until: 15, limit: 9).isEmpty)
        try await store.markDelivered("one", upTo: 1)
        let rest = try await store.claimOutbox(channel: "slack", by: "w2", now: 10, until: 20, limit: 9)
        #expect(rest.map(\.message.number) == [2])
        try await store.markDelivered("one", upTo: 7)
        #expect(try await store.claimOutbox(channel: "slack", by: "w2", now: 10, until: 20, limit: 9).isEmpty)
        _ = try await store.commit(TurnRecord(session: "one", position: 1, event: .reply("b"), messages: say("z")))
        // Nothing was left, so another worker need not wait for the lease to end.
        let next = try await store.claimOutbox(channel: "slack", by: "w3", now: 11, until: 20, limit: 9)
        #expect(next.map(\.message.message.text) == ["z"])
    }

    @Test("An owner's sessions are listed, and removed with all that is kept of them", arguments: StoreKind.available)
    func owners(kind: StoreKind) async throws {
        let store = try await kind.make()
        for (id, owner) in [("a", "ann"), ("b", "bob"), ("c", "ann")] {
            try await store.create(SessionRecord(id: id, flow: "f", entry: "f", digest: "d", owner: owner))
            _ = try await store.commit(TurnRecord(session: id, position: 0, event: .reply("x"), messages: say("m")))
        }
        #expect(try await store.list(owner: "ann") == ["c", "a"])
        #expect(try await store.list() == ["c", "b", "a"])
        #expect(Set(try await store.deleteAll(of: "ann")) == ["a", "c"])
        #expect(try await store.list() == ["b"])
        #expect(try await store.messages(of: "a", after: 0, limit: 9).isEmpty)
    }

    @Test("What is old goes, but not what waits for an action or has no known time", arguments: StoreKind.available)
    func expiry(kind: StoreKind) async throws {
        let store = try await kind.make()
        for (id, time) in [("old", 5), ("new", 5), ("busy", 5), ("timeless", 0)] as [(String, Int64)] {
            try await store.create(SessionRecord(id: id, flow: "f", entry: "f", digest: "d", time: time))
        }
        _ = try await store.commit(TurnRecord(session: "new", position: 0, event: .reply("x"), time: 50))
        _ = try await store.commit(
            TurnRecord(session: "busy", position: 0, event: .reply("x"), call: Self.call, time: 6)
        )
        #expect(try await store.expire(before: 50) == ["old"])
        #expect(Set(try await store.list()) == ["new", "busy", "timeless"])
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

    @Test("Many may make the same file at once", arguments: 0..<4)
    func openedAtOnce(round: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        let path = folder.appending(path: "sessions.sqlite").path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let record = SessionRecord(id: "\(number)", flow: "tea", entry: "tea", digest: "d1")
                    try await SQLiteSessionStore(path: path).create(record)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await SQLiteSessionStore(path: path).list().count == 8)
    }

    @Test("A file that is no store is said to be none")
    func notAStore() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)").path
        try Data(repeating: 0x41, count: 4_096).write(to: URL(filePath: path))
        let error = #expect(throws: SessionStoreError.self) { try SQLiteSessionStore(path: path) }
        #expect(error?.code == .unreadable)
    }

    @Test(
        "A session that is carried over has its new events alone, and keeps its messages and positions",
        arguments: StoreKind.available
    )
    func migration(kind: StoreKind) async throws {
        let store = try await kind.make()
        var begun = session
        begun.time = 5
        try await store.create(begun)
        let said = Message(role: .statement, prompt: "p", text: "old")
        for (position, event) in [Event.started(hints: [:]), .reply("a"), .reply("b")].enumerated() {
            _ = try await store.commit(
                TurnRecord(
                    session: "one",
                    position: position,
                    event: event,
                    messages: [said],
                    delivery: "d\(position)",
                    call: position == 2 ? Self.call : nil
                )
            )
        }
        let old = try #require(try await store.load("one"))
        let steps = [
            Migration.Step(event: .started(hints: [:]), awaited: "start"),
            Migration.Step(event: .reply("a"), awaited: "ask cup"),
        ]
        let news = Message(role: .statement, prompt: "p", text: "new")
        let move = MigrationRecord(of: old, digest: "d2", steps: steps, messages: [news], delivery: "d3", time: 9)
        #expect(try await store.migrate(move) == 4)
        let loaded = try #require(try await store.load("one"))
        #expect(loaded.digest == "d2" && loaded.base == 3 && loaded.position == 5 && loaded.steps == steps)
        let messages = try await store.messages(of: "one", after: 0, limit: 9)
        #expect(messages.map(\.position) == [0, 1, 2, 4] && messages.last?.message == news)
        #expect(try await store.position(ofDelivery: "d1", in: "one") == 1)
        #expect(try await store.position(ofDelivery: "d3", in: "one") == 4)
        // The action of the old version is nobody's any more, and the next turn comes after all that there was.
        #expect(try await store.claimAction(of: "one", by: "w", now: 0, until: 9) == nil)
        try await store.append(.reply("c"), answering: "ask tea", to: "one", at: 5)
        #expect(try await store.load("one")?.steps.map(\.awaited) == ["start", "ask cup", "ask tea"])
        // What was carried over happened only once.
        let history = try await store.history(of: "one", from: 0)
        #expect(history.map(\.position) == [0, 1, 2, 5])
        #expect(history.map(\.event) == [.started(hints: [:]), .reply("a"), .reply("b"), .reply("c")])
        #expect(try await store.history(of: "one", from: 2).map(\.position) == [2, 5])
        #expect(try await store.history(of: "two", from: 0).isEmpty)
        // What was carried over by somebody else, or went on, or was made anew is not carried over again.
        for other in [move, MigrationRecord(of: loaded, digest: "d3", steps: steps, messages: [], time: 9)] {
            #expect(await #expect(throws: SessionStoreError.self) { try await store.migrate(other) }?.code == .conflict)
        }
        var unknown = move
        unknown.session = "two"
        #expect(await #expect(throws: SessionStoreError.self) { try await store.migrate(unknown) }?.code == .notFound)
    }

    @Test("The first and the last time that a version was announced are kept", arguments: StoreKind.available)
    func announcements(kind: StoreKind) async throws {
        let store = try await kind.make()
        try await store.announce(["b", "a"], at: 10)
        try await store.announce(["a"], at: 30)
        try await store.announce(["a"], at: 20)
        #expect(try await store.announcement(of: "a") == FlowAnnouncement(first: 10, last: 30))
        #expect(try await store.announcement(of: "b") == FlowAnnouncement(first: 10, last: 10))
        #expect(try await store.announcement(of: "c") == nil)
    }
}
