import Dialogue
import KettleFlow
import Sessions
import Testing

@Suite(
    "An action that takes minutes is announced once, holds nobody up, and outlasts its engine"
)
struct SlowActionTests {
    private static let told = "This takes some minutes."

    private func engine(
        _ worker: String,
        store: any SessionStore,
        runner: any ActionRunner,
        clock: SessionClock
    ) throws -> SessionEngine {
        SessionEngine(
            catalog: FlowCatalog([try Kettle.flow(isAnnounced: true)]),
            store: store,
            settings: SessionEngine.Settings(worker: worker),
            clock: clock,
            runner: { _ in runner }
        )
    }

    private func texts(_ store: any SessionStore, _ session: String) async throws -> [String] {
        try await store.messages(of: session, after: 0, limit: .max).map(\.message.text)
    }

    @Test("The user is told when it begins, and everybody else goes on", arguments: StoreKind.available)
    func othersGoOn(kind: StoreKind) async throws {
        let door = Door()
        let hands = HandClock()
        let store = try await kind.make()
        let quick = Kettle()
        let slow = Kettle { await door.pass() }
        // Ann's water takes long; Bob's does not.
        let engine = SessionEngine(
            catalog: FlowCatalog([try Kettle.flow(isAnnounced: true)]),
            store: store,
            settings: SessionEngine.Settings(worker: "w"),
            clock: hands.clock,
            runner: { $0.owner == "ann" ? slow : quick }
        )
        _ = try await engine.begin("a", flow: "kettle", owner: "ann")
        async let answer = engine.reply(Array("blue".utf8), in: "a", by: "ann", delivery: "1")
        for await _ in door.entered { break }
        // It is in the store while the action runs, for whoever delivers it.
        #expect(try await texts(store, "a") == ["Which cup?", Self.told])

        _ = try await engine.begin("b", flow: "kettle", owner: "bob")
        let other = try await engine.reply(Array("red".utf8), in: "b", by: "bob", delivery: "1")
        #expect(other.messages.map(\.message.text) == [Self.told, "It is hot."])
        #expect(other.rest == .ended(.completed(outcome: "done")))

        hands.advance(by: 10_000)
        let first = try await answer
        #expect(first.messages.map(\.message.text) == [Self.told] && first.rest == .working)
        door.open()
        while try await store.load("a")?.events.count != 3 { await Task.yield() }
        #expect(try await texts(store, "a") == ["Which cup?", Self.told, "It is hot."])
        #expect(slow.runs == 1 && quick.runs == 1)
    }

    @Test("Another engine takes it over when the first one dies, and does not announce it again")
    func takenOver() async throws {
        let door = Door()
        let hands = HandClock()
        let store = MemorySessionStore()
        let first = try engine("first", store: store, runner: Kettle { await door.pass() }, clock: hands.clock)
        let service = Task { await first.run() }
        _ = try await first.begin("a", flow: "kettle", owner: "ann")
        let reply = Task { try await first.reply(Array("blue".utf8), in: "a", by: "ann", delivery: "1") }
        for await _ in door.entered { break }
        // It stops in the middle of the action, and gives it back.
        service.cancel()
        await service.value
        #expect(await store.load("a")?.events.count == 2)
        let kettle = Kettle()
        let second = try engine("second", store: store, runner: kettle, clock: hands.clock)
        let running = Task { await second.run() }
        while await store.load("a")?.events.count != 3 {
            hands.advance(by: 5_000)
            await Task.yield()
        }
        running.cancel()
        await running.value
        #expect(kettle.runs == 1)
        #expect(try await texts(store, "a") == ["Which cup?", Self.told, "It is hot."])
        // The delivery that the first engine did not live to answer.
        let again = try await second.reply(Array("blue".utf8), in: "a", by: "ann", delivery: "1")
        hands.advance(by: 10_000)
        #expect(try await reply.value.messages.first?.message.text == Self.told)
        #expect(again.isRepeated && again.messages.map(\.message.text) == [Self.told, "It is hot."])
    }
}
