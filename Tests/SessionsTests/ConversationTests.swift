import Dialogue
import Foundation
import Intents
import KettleFlow
import Sessions
import Synchronization
import Testing

@Suite("A conversation stores before it speaks, and loses nothing")
struct ConversationTests {
    private final class Ear: Sendable {
        let heard = Mutex<[String]>([])
        var show: @Sendable (Conversation.Show) -> Void {
            { [self] shown in
                if case .message(let message) = shown { heard.withLock { $0.append(message.text) } }
            }
        }
        var all: [String] { heard.withLock { $0 } }
    }

    @Test("From the beginning to the end, every event is in the store")
    func wholeConversation() async throws {
        let store = MemorySessionStore()
        let ear = Ear()
        let conversation = try await Conversation.begin("s", flow: Kettle.flow(), store: store, runner: Kettle())
        #expect(try await conversation.open(show: ear.show) == .waiting)
        #expect(try await conversation.reply(Array("blue".utf8), show: ear.show) == .ended(.completed(outcome: "done")))
        #expect(ear.all == ["Which cup?", "It is hot."])
        let stored = try #require(await store.load("s")?.events)
        let events = stored.map { $0.at(nil) }
        let times = stored.compactMap(\.time)
        #expect(times.count == stored.count && times == times.sorted(), "each event has its time")
        #expect(
            events == [
                .started(hints: [:]), .reply("blue"), .actionFinished(id: 1, result: ActionResult(outcome: "hot")),
            ]
        )
    }

    @Test("The last replies are known with what became of them, after a resumption too")
    func recentReplies() async throws {
        let store = MemorySessionStore()
        let ear = Ear()
        let flow = try Kettle.flow()
        let conversation = try await Conversation.begin("s", flow: flow, store: store, runner: Kettle())
        _ = try await conversation.open(show: ear.show)
        #expect(await conversation.recentReplies.isEmpty)
        for reply in ["help", "AKIAIOSFODNN7EXAMPLE", "blue"] {
            _ = try await conversation.reply(Array(reply.utf8), show: ear.show)
        }
        let replies = await conversation.recentReplies
        try #require(replies.count == 3)
        guard case .taken("help", let help?) = replies[0].content, case .taken("blue", let blue?) = replies[2].content
        else {
            Issue.record("\(replies)")
            return
        }
        #expect(help.decision == .command("help"))
        #expect(replies[1].content == .refused(.secret(kind: "an AWS access key ID")))
        #expect(blue.decision == .value("blue"))
        #expect(replies.map(\.ended) == [[], [], [RecentReply.Ended(step: "heat", outcome: "hot")]])

        let record = try #require(await store.load("s"))
        let resumed = Conversation.resume(record, flow: flow, store: store, runner: Kettle())
        #expect(await resumed.recentReplies == replies)
    }

    @Test("Only the last replies are known")
    func fewReplies() async throws {
        let conversation = try await Conversation.begin(
            "s",
            flow: Kettle.flow(),
            store: MemorySessionStore(),
            runner: Kettle()
        )
        let ear = Ear()
        _ = try await conversation.open(show: ear.show)
        for number in 1...30 {
            _ = try await conversation.reply(Array("help".utf8) + (number == 30 ? [0x21] : []), show: ear.show)
        }
        let replies = await conversation.recentReplies
        #expect(replies.count == 20)
        guard case .taken("help!", _)? = replies.last?.content else {
            Issue.record("\(replies.count)")
            return
        }
    }

    @Test("A reply that cannot be stored was not taken: nothing is said, and it can be sent again")
    func unsavedReply() async throws {
        let store = FailingStore()
        let ear = Ear()
        let conversation = try await Conversation.begin("s", flow: Kettle.flow(), store: store, runner: Kettle())
        _ = try await conversation.open(show: ear.show)
        let before = await conversation.state
        await store.failNext(1)
        await #expect(throws: SessionStoreError.self) {
            _ = try await conversation.reply(Array("blue".utf8), show: ear.show)
        }
        #expect(await conversation.state == before)
        #expect(ear.all == ["Which cup?"])
        #expect(try await conversation.reply(Array("blue".utf8), show: ear.show) == .ended(.completed(outcome: "done")))
    }

    @Test("An action's end that cannot be stored is stored later; the action does not run again")
    func unsavedActionEnd() async throws {
        let store = FailingStore()
        let kettle = Kettle { await store.failNext(1) }
        let ear = Ear()
        let conversation = try await Conversation.begin("s", flow: Kettle.flow(), store: store, runner: kettle)
        _ = try await conversation.open(show: ear.show)
        await #expect(throws: SessionStoreError.self) {
            _ = try await conversation.reply(Array("blue".utf8), show: ear.show)
        }
        #expect(
            try await conversation.reply(Array("hello?".utf8), show: ear.show) == .ended(.completed(outcome: "done"))
        )
        #expect(kettle.runs == 1)
        #expect(ear.all == ["Which cup?", "It is hot."])
    }

    @Test("A defect of an action is said and logged, and the conversation goes on, after a resumption too")
    func defectiveAction() async throws {
        struct Defect: Error {}
        struct Broken: ActionRunner {
            func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
                throw Defect()
            }
        }
        let store = MemorySessionStore()
        let flow = try Kettle.flow()
        let ear = Ear()
        let defects = Mutex<[String]>([])
        let show: @Sendable (Conversation.Show) -> Void = { shown in
            ear.show(shown)
            if case .defect(let detail) = shown { defects.withLock { $0.append(detail) } }
        }
        let conversation = try await Conversation.begin("s", flow: flow, store: store, runner: Broken())
        _ = try await conversation.open(show: show)
        #expect(try await conversation.reply(Array("blue".utf8), show: show) == .waiting)
        #expect(ear.all.contains { $0.contains("the action heat") })
        #expect(
            defects.withLock { $0 } == [
                "Defect()", "the action 'heat' at the step 'heat' ended with 'broken', which it does not declare",
            ]
        )
        let record = try #require(await store.load("s"))
        let resumed = Conversation.resume(record, flow: flow, store: store, runner: Kettle())
        #expect(try await resumed.open(show: show) == .waiting)
        #expect(try await resumed.reply(Array("back".utf8), show: show) == .waiting)
        #expect(ear.all.last == "Which cup?")
        #expect(try await resumed.reply(Array("red".utf8), show: show) == .ended(.completed(outcome: "done")))
    }

    @Test("A session that was cut off in the middle of an action takes the action up again")
    func resumedInAction() async throws {
        let store = MemorySessionStore()
        let flow = try Kettle.flow()
        try await store.create(
            SessionRecord(
                id: "s",
                flow: "kettle",
                entry: "kettle",
                digest: flow.digest,
                events: [.started(hints: [:]), .reply("blue")]
            )
        )
        let record = try #require(await store.load("s"))
        let ear = Ear()
        let conversation = Conversation.resume(record, flow: flow, store: store, runner: Kettle())
        #expect(try await conversation.open(show: ear.show) == .ended(.completed(outcome: "done")))
        #expect(ear.all == ["It is hot."])
    }

    @Test(
        "After a change of the flow the session goes on under a name of its own, and the old one stays",
        arguments: StoreKind.available
    )
    func migrated(kind: StoreKind) async throws {
        let store = try await kind.make()
        let kettle = Kettle()
        let begun = try await Conversation.begin("s", flow: Kettle.flow(), store: store, runner: kettle)
        _ = try await begun.open { _ in }
        _ = try await begun.reply(Array("blue".utf8)) { _ in }
        let old = try #require(try await store.load("s"))
        let files = Kettle.source.files.map {
            FlowSource.File(path: $0.path, text: $0.text.replacing("done, end: done", with: "bye, end: bye"))
        }
        let changed = try FlowCompiler(
            actions: [ActionSignature(name: "heat", outcomes: ["hot"], isRepeatable: false)]
        ).compile(FlowSource("kettle", files: files))
        let ear = Ear()
        let conversation = try await Conversation.migrate(old, to: "s@2", flow: changed, store: store, runner: kettle)
        _ = try await conversation.open(show: ear.show)
        #expect(
            ear.all.first == "The questions have changed since we last talked. I have kept what you said about cup."
        )
        #expect(kettle.runs == 1, "nothing ran a second time")
        #expect(try await store.load("s") == old)
        let new = try #require(try await store.load("s@2"))
        #expect(new.digest == changed.digest)
        #expect(changed.fold(new.events).situation.pending == .ended(outcome: "bye"))
        #expect(new.awaited.count == new.events.count && !new.awaited.contains(nil))
        _ = try await conversation.open(show: ear.show)
        #expect(ear.all.count { $0.hasPrefix("The questions have changed") } == 1, "it is said once")
    }

    @Test("A secret reaches neither the store nor the state")
    func secret() async throws {
        let store = MemorySessionStore()
        let ear = Ear()
        let conversation = try await Conversation.begin("s", flow: Kettle.flow(), store: store, runner: Kettle())
        _ = try await conversation.open(show: ear.show)
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        _ = try await conversation.reply(Array("aws_secret_access_key = \(secret)".utf8), show: ear.show)
        let encoder = JSONEncoder()
        let stored = String(decoding: try encoder.encode(await store.load("s")?.events), as: UTF8.self)
        let state = String(decoding: try encoder.encode(await conversation.state), as: UTF8.self)
        #expect(!stored.contains("wJalrXUtnFEMI") && !state.contains("wJalrXUtnFEMI"))
        #expect(!ear.all.joined().contains("wJalrXUtnFEMI"))
    }
}
