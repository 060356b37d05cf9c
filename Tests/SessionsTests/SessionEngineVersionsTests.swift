import Dialogue
import Foundation
import KettleFlow
import Sessions
import Testing

/// What becomes of sessions when their flow changes while they go on.
@Suite("An engine carries sessions over into a flow that has changed")
struct SessionEngineVersionsTests {
    private let time = HandClock()

    private func engine(
        _ worker: String,
        _ flows: [Flow],
        store: any SessionStore,
        runner: any ActionRunner = Kettle()
    ) -> SessionEngine {
        let now = time.clock.now
        return SessionEngine(
            catalog: FlowCatalog(flows),
            store: store,
            settings: SessionEngine.Settings(worker: worker),
            clock: SessionClock(now: now, sleep: { _ in try await forEver() }),
            runner: { _ in runner }
        )
    }

    /// The kettle's flow with a second question after the first one.
    private static func later() throws -> Flow {
        let files = Kettle.source.files.map { file in
            var text = file.text
            if file.path == "kettle/flow.yaml" {
                text = text.replacing(
                    "  cup: {type: text, names: [cup]}\n",
                    with: "  cup: {type: text, names: [cup]}\n  tea: {type: text, names: [tea]}\n"
                ).replacing("  - {id: heat,", with: "  - {id: tea, collect: tea}\n  - {id: heat,")
            }
            if file.path == "kettle/prompts/k.yaml" { text += "ask_tea: Which tea?\n" }
            return FlowSource.File(path: file.path, text: text)
        }
        return try FlowCompiler(actions: [ActionSignature(name: "heat", outcomes: ["hot"], isRepeatable: false)])
            .compile(FlowSource("kettle", files: files))
    }

    private func reply(
        _ text: String,
        to engine: SessionEngine,
        key: String? = nil
    ) async throws -> Answer {
        try await engine.reply(Array(text.utf8), in: "s", by: "ann", delivery: key)
    }

    private func texts(_ answer: Answer) -> [String] { answer.messages.map(\.message.text) }

    @Test(
        "The next reply is answered with what was kept and what is asked now, and is not taken itself",
        arguments: StoreKind.available
    )
    func carriesOver(kind: StoreKind) async throws {
        let store = try await kind.make()
        let old = engine("w", [try Kettle.flow()], store: store)
        _ = try await old.begin("s", flow: "kettle", owner: "ann")
        _ = try await reply("help", to: old, key: "1")
        let new = engine("w", [try Self.later()], store: store)
        // Who was answered before is answered again, and misses nothing of what becomes of the session.
        #expect(try await reply("help", to: new, key: "1").isRepeated)
        #expect(try await store.load("s")?.base == 0)
        let answer = try await reply("blue", to: new, key: "2")
        #expect(texts(answer).last == "Which cup?" && answer.rest == .waiting && !answer.isRepeated)
        #expect(answer.messages.first?.message.prompt == "system_migrated")
        // The same delivery brings the same answer, and those before it theirs.
        let again = try await reply("blue", to: new, key: "2")
        #expect(again.isRepeated && again.messages == answer.messages && again.rest == answer.rest)
        let first = try await reply("help", to: new, key: "1")
        #expect(first.isRepeated && !first.messages.isEmpty && first.messages.allSatisfy { $0.position == 1 })
        // The conversation goes on in the new version, by numbers that go on.
        #expect(texts(try await reply("blue", to: new)).last == "Which tea?")
        #expect(texts(try await reply("mint", to: new)) == ["It is hot."])
        let messages = try await new.messages(of: "s", owner: "ann", after: 0)
        #expect(messages.map(\.number) == Array(1...messages.count))
        let view = try await new.view(of: "s", owner: "ann")
        #expect(view.record.base == 2 && view.rest == .ended(.completed(outcome: "done")))
    }

    @Test("Looking at a session carries nothing over")
    func looks() async throws {
        let store = MemorySessionStore()
        let old = engine("w", [try Kettle.flow()], store: store)
        _ = try await old.begin("s", flow: "kettle", owner: "ann")
        let before = await store.load("s")
        let new = engine("w", [try Self.later()], store: store)
        #expect(try await new.view(of: "s", owner: "ann").flow.digest == Self.later().digest)
        #expect(try await new.rest(of: "s", owner: "ann") == .waiting)
        #expect(await store.load("s") == before)
    }

    @Test("A session that was made and has not begun begins in the flow as it is now")
    func beginsAnew() async throws {
        let store = MemorySessionStore()
        let old = try Kettle.flow()
        try await store.create(
            SessionRecord(id: "s", flow: "kettle", entry: "kettle", digest: old.digest, owner: "ann", time: 1_000)
        )
        let new = engine("w", [try Self.later()], store: store)
        let answer = try await new.begin("s", flow: "kettle", owner: "ann")
        #expect(texts(answer) == ["Which cup?"])
        #expect(await store.load("s")?.digest == (try Self.later()).digest)
    }

    @Test("While two versions run, sessions go to the later one and not back; afterwards they may")
    func order() async throws {
        let store = MemorySessionStore()
        let (oldFlow, newFlow) = (try Kettle.flow(), try Self.later())
        let old = engine("old", [oldFlow], store: store)
        _ = try await old.begin("s", flow: "kettle", owner: "ann")
        await store.announce([oldFlow.digest], at: time.clock.now())
        time.advance(by: 10)
        let new = engine("new", [newFlow], store: store)
        _ = try await reply("blue", to: new)
        let error = await #expect(throws: SessionEngineError.self) { try await reply("blue", to: old, key: "k") }
        #expect(error?.code == .newerFlow)
        #expect(await store.load("s")?.digest == newFlow.digest)
        #expect(texts(try await reply("blue", to: new, key: "k")).last == "Which tea?")
        // The later version is not run any more.
        time.advance(by: 100_000)
        let answer = try await reply("mint", to: old)
        #expect(answer.messages.first?.message.prompt == "system_migrated")
        #expect(await store.load("s")?.digest == oldFlow.digest)
    }

    @Test("An action that was under way is run again by the new version only where it may be repeated")
    func pendingAction() async throws {
        let store = MemorySessionStore()
        let kettle = Kettle()
        let old = engine("old", [try Kettle.flow()], store: store)
        _ = try await old.begin("s", flow: "kettle", owner: "ann")
        // A process took the turn and died before it ran the action.
        let flow = try Kettle.flow()
        let state = try await old.view(of: "s", owner: "ann").state
        let transition = flow.advance(state, on: .reply("blue"))
        guard case .action(let call) = transition.next else {
            Issue.record("no action")
            return
        }
        _ = try await store.commit(
            TurnRecord(
                session: "s",
                position: 1,
                event: .reply("blue"),
                awaited: flow.awaited(in: state),
                call: call,
                time: 1
            )
        )
        let new = engine("new", [try Kettle.flow(isAnnounced: true)], store: store, runner: kettle)
        let answer = try await reply("hello", to: new)
        // The action may not be repeated, so its question is asked again.
        #expect(texts(answer).last == "Which cup?" && answer.rest == .waiting && kettle.runs == 0)
        #expect(texts(try await reply("blue", to: new)) == ["This takes some minutes.", "It is hot."])
        #expect(kettle.runs == 1)
    }

    @Test("A flow that is not there any more is said")
    func goneFlow() async throws {
        let store = MemorySessionStore()
        try await store.create(
            SessionRecord(
                id: "s",
                flow: "coffee",
                entry: "coffee",
                digest: "d",
                owner: "ann",
                time: 1,
                events: [.started(hints: [:])]
            )
        )
        let error = await #expect(throws: SessionEngineError.self) {
            try await reply("blue", to: engine("w", [try Kettle.flow()], store: store))
        }
        #expect(error?.code == .flowChanged)
    }
}
