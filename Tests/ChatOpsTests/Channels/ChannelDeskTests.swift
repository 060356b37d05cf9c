import Dialogue
import Foundation
import KettleFlow
import Logging
import Sessions
import Testing

@testable import ChatOps

@Suite("A channel's messages come to the session that they belong to")
struct ChannelDeskTests {
    private func message(
        _ text: String,
        _ key: String,
        by user: String = "ann",
        at place: String = "hall",
        isAddressed: Bool = true
    ) -> IncomingMessage {
        IncomingMessage(user: user, place: place, text: text, key: key, isAddressed: isAddressed)
    }

    private func desk(_ desk: Desk) -> ChannelDesk {
        ChannelDesk(channel: "fake", engine: desk.engine, flow: "kettle", logger: Logger(label: "test"))
    }

    private func session(_ receipt: Receipt) -> String? {
        switch receipt {
        case .begun(let session), .answered(let session), .repeated(let session): session
        case .ignored, .closed, .others: nil
        }
    }

    @Test("The first message begins a session, the next ones go on with it, and after its end another begins")
    func generations() async throws {
        let parts = try Desk()
        let desk = desk(parts)
        let first = try await desk.receive(message("hello", "1"))
        let name = try #require(session(first))
        #expect(first == .begun(session: name))
        // An action runs by itself: nobody waits for it here.
        #expect(try await desk.receive(message("blue", "2")) == .answered(session: name))
        #expect(await parts.ended(name))
        #expect(try await desk.receive(message("again", "3")) == .begun(session: name + "@2"))
        #expect(await parts.store.load(name)?.owner == "fake/ann")
        #expect(await parts.store.load(name)?.events.count == 3)
        #expect(await parts.store.load(name + "@2")?.events.map { $0.at(nil) } == [.started(hints: [:])])
    }

    @Test("What comes again changes nothing: the beginning, a reply, the last reply, in any process")
    func repeated() async throws {
        let parts = try Desk()
        let first = desk(parts)
        let name = try #require(session(try await first.receive(message("hello", "1"))))
        // Another process remembers nothing of it.
        let other = desk(try Desk(sharing: parts))
        #expect(try await other.receive(message("hello", "1")) == .repeated(session: name))
        #expect(try await first.receive(message("blue", "2")) == .answered(session: name))
        #expect(try await other.receive(message("blue", "2")) == .repeated(session: name))
        #expect(await parts.ended(name))
        #expect(try await other.receive(message("blue", "2")) == .repeated(session: name))
        #expect(try await other.receive(message("hello", "1")) == .repeated(session: name))
        #expect(try await first.receive(message("more", "3")) == .begun(session: name + "@2"))
        #expect(try await other.receive(message("more", "3")) == .repeated(session: name + "@2"))
        #expect(try await other.receive(message("blue", "2")) == .repeated(session: name))
        #expect(await parts.store.list(owner: nil).count == 2)
    }

    @Test("Many deliveries of one message at once begin one session")
    func racing() async throws {
        let parts = try Desk()
        let desks = [desk(parts), desk(try Desk(sharing: parts))]
        let message = message("hello", "1")
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for number in 0..<20 { group.addTask { try await desks[number % 2].receive(message) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(receipts.count { if case .begun = $0 { true } else { false } } == 1)
        #expect(Set(receipts.compactMap(session)).count == 1)
        let name = try #require(session(receipts[0]))
        #expect(await parts.store.load(name)?.events.count == 1)
    }

    @Test("Users and places are apart, and what is not meant for the bot begins nothing")
    func apart() async throws {
        let parts = try Desk()
        let desk = desk(parts)
        #expect(try await desk.receive(message("hi", "1", isAddressed: false)) == .ignored)
        let names = try await [
            desk.receive(message("hi", "1")), desk.receive(message("hi", "1", by: "bob")),
            desk.receive(message("hi", "1", at: "garden")),
        ].map { try #require(session($0)) }
        #expect(Set(names).count == 3)
        #expect(try await desk.receive(message("blue", "2", isAddressed: false)) == .answered(session: names[0]))
        #expect(try await desk.isOpen(at: "hall", for: "bob"))
        #expect(try await !desk.isOpen(at: "garden", for: "bob"))
    }

    @Test("A session that was made, and never began because of a crash, begins with the next message")
    func halfBegun() async throws {
        let parts = try Desk()
        let desk = desk(parts)
        let name = try #require(session(try await desk.receive(message("hi", "1"))))
        var record = try #require(await parts.store.load(name))
        await parts.store.delete(name)
        record.events = []
        record.awaited = []
        try await parts.store.create(record)
        let other = self.desk(try Desk(sharing: parts))
        #expect(try await other.receive(message("hi", "2")) == .begun(session: name))
        #expect(await parts.store.load(name)?.events.count == 1)
    }

    @Test("A button answers its own question and no other, for its own user and nobody else")
    func buttons() async throws {
        let parts = try Desk()
        let desk = desk(parts)
        let name = try #require(session(try await desk.receive(message("hi", "1"))))
        let choice = try #require(Choice(token: Choice(session: name, position: 0, text: "a blue cup").token))
        #expect(choice == Choice(session: name, position: 0, text: "a blue cup"))
        #expect(try await desk.choose(choice, by: "bob", key: "b1") == .others)
        #expect(try await desk.choose(Choice(session: "none", position: 0, text: "x"), by: "ann", key: "b1") == .others)
        // The question is asked again, so its first buttons are old.
        #expect(try await desk.receive(message("help", "2")) == .answered(session: name))
        #expect(try await desk.choose(choice, by: "ann", key: "b2") == .closed)
        let fresh = Choice(session: name, position: 1, text: "a blue cup")
        #expect(try await desk.choose(fresh, by: "ann", key: "b3") == .answered(session: name))
        #expect(try await desk.choose(fresh, by: "ann", key: "b3") == .repeated(session: name))
        #expect(await parts.ended(name))
        #expect(try await desk.choose(fresh, by: "ann", key: "b4") == .closed)
        let replies = await parts.store.load(name)?.events.map(\.kind).filter {
            if case .reply = $0 { true } else { false }
        }
        #expect(replies == [.reply("help"), .reply("a blue cup")])
    }

    @Test("What is no choice of ours is none", arguments: ["", "1", "1 s", "x s t", "-1 s t", "1  t"])
    func brokenTokens(token: String) { #expect(Choice(token: token) == nil) }

    @Test("The open question can be shown again")
    func openQuestion() async throws {
        let parts = try Desk()
        let desk = desk(parts)
        #expect(try await desk.openQuestion(of: "ann", at: "hall") == nil)
        let name = try #require(session(try await desk.receive(message("hi", "1"))))
        let question = try #require(try await desk.openQuestion(of: "ann", at: "hall"))
        #expect(question.message.text == "Which cup?" && question.key == "\(name)-1" && question.place == "hall")
        _ = try await desk.receive(message("blue", "2"))
        #expect(await parts.ended(name))
        #expect(try await desk.openQuestion(of: "ann", at: "hall") == nil)
    }

    @Test("A session goes on in a changed flow; where its flow is gone, its user's next message begins another")
    func changedFlow() async throws {
        let parts = try Desk()
        let name = try #require(session(try await desk(parts).receive(message("hi", "1"))))
        var record = try #require(await parts.store.load(name))
        let choice = Choice(session: name, position: 0, text: "blue")
        for (flow, digest) in [("kettle", "another"), ("gone", "third")] {
            await parts.store.delete(name)
            record.flow = flow
            record.digest = digest
            try await parts.store.create(record)
            let other = desk(try Desk(sharing: parts))
            if flow == "kettle" {
                // What was pressed answered a question of the earlier version.
                #expect(try await other.choose(choice, by: "ann", key: "b1") == .answered(session: name))
                #expect(try await other.choose(choice, by: "ann", key: "b2") == .closed)
                #expect(try await other.isOpen(at: "hall", for: "ann"))
            } else {
                #expect(try await other.choose(choice, by: "ann", key: "b3") == .closed)
                let receipt = try await other.receive(message("blue", "2", isAddressed: false))
                #expect(receipt == .begun(session: name + "@2"))
            }
        }
    }

    @Test("Where the store fails, the message is not taken and can come again")
    func failingStore() async throws {
        let parts = try Desk()
        await parts.store.failNext(1)
        let desk = desk(parts)
        await #expect(throws: SessionStoreError.self) { try await desk.receive(message("hi", "1")) }
        let receipt = try await desk.receive(message("hi", "1"))
        #expect(receipt == .begun(session: try #require(session(receipt))))
    }
}
