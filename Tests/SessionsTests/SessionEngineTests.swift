import Dialogue
import Foundation
import Intents
import KettleFlow
import Sessions
import Synchronization
import Testing

@Suite("An engine takes each turn once")
struct SessionEngineTests {
    private func engine(
        _ worker: String = "w1",
        store: any SessionStore,
        runner: any ActionRunner = Kettle(),
        clock: SessionClock = SessionClock(now: { 1_000 }, sleep: { _ in try await forEver() })
    ) throws -> SessionEngine {
        SessionEngine(
            catalog: FlowCatalog([try Kettle.flow()]),
            store: store,
            settings: SessionEngine.Settings(worker: worker),
            clock: clock,
            runner: { _ in runner }
        )
    }

    private func texts(_ answer: Answer) -> [String] { answer.messages.map(\.message.text) }

    @Test(
        "A conversation goes from its beginning to its end, with what its action brought",
        arguments: StoreKind.available
    )
    func wholeConversation(kind: StoreKind) async throws {
        let store = try await kind.make()
        let engine = try engine(store: store)
        let first = try await engine.begin("s", flow: "kettle", owner: "ann")
        #expect(texts(first) == ["Which cup?"])
        #expect(first.rest == .waiting)
        let last = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        #expect(texts(last) == ["It is hot."])
        #expect(last.messages.map(\.number) == [2])
        #expect(last.rest == .ended(.completed(outcome: "done")))
        #expect(try await store.load("s")?.events.count == 3)
    }

    @Test("Without patience the answer comes before the action ends, which goes on by itself")
    func noPatience() async throws {
        let door = Door()
        let store = MemorySessionStore()
        let engine = try engine(store: store, runner: Kettle(beforeReturn: door.pass))
        _ = try await engine.begin("s", flow: "kettle", owner: "ann", patience: .zero)
        let reply = Array("blue".utf8)
        for isRepeated in [false, true] {
            let answer = try await engine.reply(reply, in: "s", by: "ann", delivery: "1", patience: .zero)
            #expect(answer.rest == .working && answer.messages.isEmpty && answer.isRepeated == isRepeated)
        }
        door.open()
        for await _ in engine.news(of: "s") {
            if case .ended = try await engine.view(of: "s", owner: "ann").rest { break }
        }
        #expect(await store.load("s")?.events.count == 3)
    }

    @Test("A reply to one question is refused when another one is open, also by an engine that knows an old state")
    func oneQuestion() async throws {
        let store = MemorySessionStore()
        let (one, two) = (try engine("w1", store: store), try engine("w2", store: store))
        _ = try await one.begin("s", flow: "kettle", owner: "ann")
        _ = try await two.rest(of: "s", owner: "ann")
        let help = Array("help".utf8)
        _ = try await one.reply(help, in: "s", by: "ann", delivery: "1", after: 1)
        let error = await #expect(throws: SessionEngineError.self) {
            _ = try await two.reply(help, in: "s", by: "ann", delivery: "2", after: 1)
        }
        #expect(error?.code == .movedOn)
        #expect(try await two.reply(help, in: "s", by: "ann", delivery: "1", after: 1).isRepeated)
        #expect(try await !two.reply(help, in: "s", by: "ann", delivery: "3", after: 2).isRepeated)
        // This one remembers fewer events than there are.
        #expect(try await !one.reply(help, in: "s", by: "ann", delivery: "4", after: 3).isRepeated)
        #expect(await store.load("s")?.events.count == 4)
    }

    @Test("A delivery that is repeated brings its first answer, on any engine, and nothing runs again")
    func repeatedDelivery() async throws {
        let store = MemorySessionStore()
        let kettle = Kettle()
        let first = try engine("w1", store: store, runner: kettle)
        let second = try engine("w2", store: store, runner: kettle)
        let begun = try await first.begin("s", flow: "kettle", owner: "ann")
        let again = try await second.begin("s", flow: "kettle", owner: "ann")
        #expect(again.isRepeated && again.messages == begun.messages && again.rest == begun.rest)
        let answer = try await first.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        for engine in [first, second] {
            let repeated = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
            #expect(repeated.isRepeated)
            #expect(repeated.messages == answer.messages && repeated.rest == answer.rest)
            #expect(repeated.position == answer.position)
        }
        #expect(kettle.runs == 1)
        #expect(await store.load("s")?.events.count == 3)
    }

    @Test("Engines whose memory is old take the next turn all the same")
    func staleEngines() async throws {
        let store = MemorySessionStore()
        let engines = try ["a", "b", "c"].map { try engine($0, store: store) }
        _ = try await engines[0].begin("s", flow: "kettle", owner: "ann")
        for (number, word) in ["help", "status", "help", "why"].enumerated() {
            let engine = engines[(number + 1) % 3]
            let answer = try await engine.reply(Array(word.utf8), in: "s", by: "ann", delivery: "\(number)")
            #expect(answer.position == number + 1)
            #expect(answer.rest == .waiting)
        }
    }

    @Test("Somebody else's session is as unknown as one that is not there")
    func strangers() async throws {
        let engine = try engine(store: MemorySessionStore())
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        for (session, owner) in [("s", "bob"), ("t", "ann"), ("s", "")] {
            let error = await #expect(throws: SessionEngineError.self) {
                _ = try await engine.reply(Array("x".utf8), in: session, by: owner, delivery: nil)
            }
            #expect(error?.code == .unknownSession)
        }
        let error = await #expect(throws: SessionEngineError.self) {
            _ = try await engine.begin("s", flow: "kettle", owner: "bob")
        }
        #expect(error?.code == .unknownSession)
        #expect(
            await #expect(throws: SessionEngineError.self) {
                _ = try await engine.begin("x", flow: "tea", owner: "ann")
            }?
            .code == .unknownFlow
        )
    }

    @Test("A reply that could not be stored was not taken, and can be sent again")
    func failingStore() async throws {
        let store = FailingStore()
        let engine = try engine(store: store)
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        await store.failNext(1)
        await #expect(throws: SessionStoreError.self) {
            _ = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        }
        let answer = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        #expect(!answer.isRepeated && texts(answer) == ["It is hot."])
    }

    @Test("An action that takes long is waited for only so long; others go on, and what it brings comes later")
    func slowAction() async throws {
        let hands = HandClock()
        let door = Door()
        let store = MemorySessionStore()
        let engine = try engine(store: store, runner: Kettle { await door.pass() }, clock: hands.clock)
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        async let slow = engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        for await _ in door.entered { break }
        let other = try await engine.begin("t", flow: "kettle", owner: "ann")
        #expect(texts(other) == ["Which cup?"])
        let busy = try await engine.reply(Array("hello?".utf8), in: "s", by: "ann", delivery: "2")
        #expect(texts(busy) == ["I am still working on the last step."])
        #expect(busy.rest == .working)
        // The patience of both has ended by now, and no lease.
        hands.advance(by: 10_000)
        #expect(try await slow.rest == .working)
        door.open()
        while await store.load("s")?.events.count != 4 { await Task.yield() }
        let all = await store.messages(of: "s", after: 0, limit: 9)
        #expect(all.last?.message.text == "It is hot.")
        let repeated = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        #expect(repeated.isRepeated)
    }

    @Test("An action that was cut off is taken over when its lease ends, and not before")
    func takenOver() async throws {
        let hands = HandClock()
        let store = MemorySessionStore()
        let flow = try Kettle.flow()
        let events: [Event] = [.started(hints: [:]), .reply("blue")]
        guard case .action(let call, _) = flow.fold(events).situation.pending else {
            Issue.record("no action is pending")
            return
        }
        try await store.create(
            SessionRecord(id: "s", flow: "kettle", entry: "kettle", digest: flow.digest, events: [.started(hints: [:])])
        )
        _ = try await store.commit(TurnRecord(session: "s", position: 1, event: .reply("blue"), call: call))
        _ = await store.claimAction(of: "s", by: "dead", now: 1_000, until: 31_000)
        let kettle = Kettle()
        let engine = try engine("alive", store: store, runner: kettle, clock: hands.clock)
        let service = Task { await engine.run() }
        for _ in 0..<5 {
            hands.advance(by: 5_000)
            for _ in 0..<50 { await Task.yield() }
        }
        #expect(kettle.runs == 0)
        while await store.load("s")?.events.count != 3 {
            hands.advance(by: 5_000)
            await Task.yield()
        }
        #expect(kettle.runs == 1)
        service.cancel()
        await service.value
    }

    @Test("An action whose lease is lost is stopped, and what it comes to is not stored")
    func lostLease() async throws {
        let hands = HandClock()
        let store = MemorySessionStore()
        let (cancelled, bell) = AsyncStream.makeStream(of: Void.self)
        struct Sleeper: ActionRunner {
            var bell: AsyncStream<Void>.Continuation
            var entered: AsyncStream<Void>.Continuation
            func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
                entered.yield()
                let (never, held) = AsyncStream.makeStream(of: Void.self)
                await withTaskCancellationHandler {
                    for await _ in never {}
                } onCancel: {
                    held.finish()
                }
                bell.yield()
                return ActionResult(outcome: "hot")
            }
        }
        let (entered, door) = AsyncStream.makeStream(of: Void.self)
        let slow = try engine("slow", store: store, runner: Sleeper(bell: bell, entered: door), clock: hands.clock)
        _ = try await slow.begin("s", flow: "kettle", owner: "ann")
        let reply = Task { try await slow.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1") }
        for await _ in entered { break }
        // As if the process had been stopped for longer than its lease lasts.
        let call = try #require(await store.claimAction(of: "s", by: "quick", now: 99_000, until: 999_000))
        let stopped = Task { for await _ in cancelled { break } }
        let ticking = Task {
            while !Task.isCancelled {
                hands.advance(by: 10_000)
                await Task.yield()
            }
        }
        await stopped.value
        _ = try await reply.value
        ticking.cancel()
        let end = TurnRecord(
            session: "s",
            position: 2,
            event: .actionFinished(id: call.id, result: ActionResult(outcome: "hot"))
        )
        #expect(try await store.commit(end) != .repeated(position: 2))
        #expect(await store.load("s")?.events.count == 3)
    }

    @Test("Engines whose clocks are an hour apart may both run an action, and store its end once")
    func clocksApart() async throws {
        let door = Door()
        let store = MemorySessionStore()
        let kettle = Kettle { await door.pass() }
        let behind = try engine("behind", store: store, runner: kettle)
        let ahead = try engine(
            "ahead",
            store: store,
            runner: kettle,
            clock: SessionClock(now: { 3_601_000 }, sleep: { _ in try await forEver() })
        )
        _ = try await behind.begin("s", flow: "kettle", owner: "ann")
        async let first = behind.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        for await _ in door.entered { break }
        let service = Task { await ahead.run() }
        while kettle.runs < 2 { await Task.yield() }
        door.open()
        #expect(try await texts(first) == ["It is hot."])
        let again = try await ahead.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        #expect(again.isRepeated && texts(again) == ["It is hot."])
        service.cancel()
        await service.value
        #expect(await store.load("s")?.events.count == 3)
        #expect(await store.messages(of: "s", after: 0, limit: 9).count == 2)
    }

    @Test("A clock that is set back or far forward changes nothing of a session", arguments: StoreKind.available)
    func clockJumps(kind: StoreKind) async throws {
        let store = try await kind.make()
        let now = Mutex<Int64>(10_000_000_000)
        let clock = SessionClock(now: { now.withLock { $0 } }, sleep: { _ in try await forEver() })
        let engine = try engine(store: store, clock: clock)
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        for (number, time) in [1_000, 90_000_000_000, 5_000].enumerated() {
            now.withLock { $0 = Int64(time) }
            let answer = try await engine.reply(Array("help".utf8), in: "s", by: "ann", delivery: "\(number)")
            #expect(answer.position == number + 1)
        }
        let last = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "last")
        #expect(last.rest == .ended(.completed(outcome: "done")))
        // Its last event is as late as any clock has said, so it is not removed for being old.
        now.withLock { $0 = 20_000_000_000 }
        #expect(try await engine.expire(after: .seconds(60)) == 0)
    }

    @Test("A repeated delivery waits for the action that its first one asked for")
    func repeatedWhileWorking() async throws {
        let door = Door()
        let store = MemorySessionStore()
        let engine = try engine(store: store, runner: Kettle { await door.pass() }, clock: HandClock().clock)
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        async let first = engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        for await _ in door.entered { break }
        async let second = engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: "1")
        door.open()
        #expect(try await texts(first) == ["It is hot."])
        #expect(try await texts(second) == ["It is hot."])
        #expect(await store.load("s")?.events.count == 3)
    }

    @Test("A session that another engine removed is unknown here too")
    func removedElsewhere() async throws {
        let store = MemorySessionStore()
        let engine = try engine(store: store)
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        await store.delete("s")
        let error = await #expect(throws: SessionEngineError.self) {
            _ = try await engine.reply(Array("help".utf8), in: "s", by: "ann", delivery: "1")
        }
        #expect(error?.code == .unknownSession)
    }

    @Test("Who follows a session hears of every turn, and what is new is there")
    func following() async throws {
        let store = MemorySessionStore()
        let engine = try engine(store: store)
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        let news = engine.news(of: "s")
        _ = try await engine.reply(Array("help".utf8), in: "s", by: "ann", delivery: "1")
        for await _ in news { break }
        let new = try await engine.messages(of: "s", owner: "ann", after: 1)
        #expect(!new.isEmpty && new.first?.number == 2)
        await #expect(throws: SessionEngineError.self) { try await engine.messages(of: "s", owner: "bob", after: 0) }
    }

    @Test("A user's sessions are removed with all that is kept of them, and no one else's")
    func removal() async throws {
        let removed = Mutex<[String]>([])
        let engine = SessionEngine(
            catalog: FlowCatalog([try Kettle.flow()]),
            store: MemorySessionStore(),
            settings: SessionEngine.Settings(worker: "w1"),
            clock: SessionClock(now: { 1_000 }, sleep: { _ in try await forEver() }),
            removed: { session in removed.withLock { $0.append(session) } },
            runner: { _ in Kettle() }
        )
        for (id, owner) in [("a", "ann"), ("b", "bob"), ("c", "ann")] {
            _ = try await engine.begin(id, flow: "kettle", owner: owner)
        }
        await #expect(throws: SessionEngineError.self) { try await engine.remove("b", owner: "ann") }
        try await engine.remove("c", owner: "ann")
        #expect(try await engine.sessions(of: "ann") == ["a"])
        #expect(try await engine.removeAll(of: "ann") == 1)
        #expect(try await engine.sessions(of: "bob") == ["b"])
        #expect(try await engine.expire(after: .seconds(-1)) == 1)
        #expect(removed.withLock { $0 } == ["c", "a", "b"])
    }

    @Test("An action that throws is told to the user, is not run again and again, and leaves a session that goes on")
    func defectiveAction() async throws {
        struct Broken: ActionRunner {
            struct Defect: Error {}
            func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
                throw Defect()
            }
        }
        let engine = try engine(store: MemorySessionStore(), runner: Broken())
        _ = try await engine.begin("s", flow: "kettle", owner: "ann")
        let answer = try await engine.reply(Array("blue".utf8), in: "s", by: "ann", delivery: nil)
        #expect(texts(answer).joined().contains("heat"))
        #expect(answer.rest == .waiting)
        #expect(try await engine.rest(of: "s", owner: "ann") == .waiting)
        let restarted = try await engine.reply(Array("restart".utf8), in: "s", by: "ann", delivery: nil)
        #expect(texts(restarted) == ["Starting over.", "Which cup?"])
    }

    @Test("Many users at once on several engines: each conversation is whole", arguments: StoreKind.available)
    func manyUsers(kind: StoreKind) async throws {
        let store = try await kind.make()
        let engines = try ["a", "b", "c"].map { try engine($0, store: store) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for user in 0..<40 {
                group.addTask {
                    let owner = "u\(user)"
                    _ = try await engines[user % 3].begin(owner, flow: "kettle", owner: owner)
                    for (number, word) in ["help", "where are we", "cup \(user)"].enumerated() {
                        for engine in engines {
                            _ = try await engine.reply(Array(word.utf8), in: owner, by: owner, delivery: "\(number)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        for user in 0..<40 {
            let events = try #require(try await store.load("u\(user)")).events
            #expect(events.count == 5)
            #expect(events.map(\.kind).contains(.reply("cup \(user)")))
            let numbers = try await store.messages(of: "u\(user)", after: 0, limit: 99).map(\.number)
            #expect(numbers == Array(1...numbers.count))
        }
    }
}
