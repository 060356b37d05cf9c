import Dialogue
import Foundation
import KettleFlow
import Logging
import ServiceLifecycleTestKit
import Sessions
import Testing

@testable import ChatOps

@Suite("What the bot says is delivered")
struct OutboxCourierTests {
    /// A courier that runs while something is done.
    private func running<Result: Sendable>(
        _ channel: FakeChannel,
        _ desk: Desk,
        worker: String = "c1",
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in await Task.yield() },
        _ body: @escaping @Sendable (ChannelDesk) async throws -> Result
    ) async throws -> Result {
        let log = desk.log
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, write: log.write) }
        let now = desk.now
        let courier = OutboxCourier(
            channel: channel,
            engine: desk.engine,
            store: desk.store,
            worker: worker,
            lease: .seconds(30),
            // Resting moves the time on.
            clock: SessionClock(
                now: { now.time },
                sleep: {
                    try await sleep($0)
                    now.pass($0.components.seconds * 1_000 + $0.components.attoseconds / 1_000_000_000_000_000)
                }
            ),
            logger: logger
        )
        let counter = ChannelDesk(channel: channel.name, engine: desk.engine, flow: "kettle", logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await courier.run() }
            defer { group.cancelAll() }
            return try await body(counter)
        }
    }

    private func message(_ text: String, _ key: String, at place: String = "hall") -> IncomingMessage {
        IncomingMessage(user: "ann", place: place, text: text, key: key, isAddressed: true)
    }

    private func undelivered(_ desk: Desk, by worker: String = "c1") async -> [String] {
        await desk.store.claimOutbox(channel: "fake", by: worker, now: desk.now.time, until: desk.now.time, limit: 99)
            .map(\.message.message.text)
    }

    @Test("A turn's messages arrive in order, with where they go, and an action's when it is done")
    func wholeConversation() async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        try await running(channel, desk) { counter in
            _ = try await counter.receive(message("hi", "1"))
            let first = await channel.next(1)
            #expect(first.map(\.message.text) == ["Which cup?"] && first.map(\.place) == ["hall"])
            #expect(first.map(\.user) == ["ann"] && first.map(\.number) == [1])
            _ = try await counter.receive(message("blue", "2"))
            #expect(await channel.next(1).map(\.message.text) == ["It is hot."])
        }
        #expect(await undelivered(desk).isEmpty)
    }

    @Test("What was left by a process that died arrives when its lease has ended, and not before")
    func leftBehind() async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        let now = desk.now
        let counter = ChannelDesk(channel: "fake", engine: desk.engine, flow: "kettle", logger: Logger(label: "test"))
        _ = try await counter.receive(message("hi", "1"))
        let left = await desk.store.claimOutbox(
            channel: "fake",
            by: "dead",
            now: now.time,
            until: now.time + 30_000,
            limit: 9
        )
        #expect(left.count == 1)
        try await running(channel, desk) { counter in
            _ = try await counter.receive(message("hi", "1", at: "garden"))
            #expect(await channel.next(1).map(\.place) == ["garden"])
            now.pass(30_000)
            _ = try await counter.receive(message("help", "2", at: "garden"))
            #expect(Set(await channel.next(3).map(\.place)) == ["garden", "hall"])
        }
    }

    @Test("What failed is tried again until it arrives, in order, and nothing is skipped")
    func failures() async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        channel.failNext(
            DeliveryFailure.failed(reason: "no"),
            DeliveryFailure.busy(.seconds(7), reason: "too many"),
            CocoaError(.fileNoSuchFile)
        )
        try await running(channel, desk) { counter in
            _ = try await counter.receive(message("hi", "1"))
            _ = try await counter.receive(message("help", "2"))
            #expect(await channel.next(3).map(\.number) == [1, 2, 3])
        }
        #expect(await undelivered(desk).isEmpty)
        #expect(desk.log.text.contains("message not delivered yet") && !desk.log.text.contains("Which cup"))
    }

    @Test("A channel that takes nothing for a while is left alone for so long, and nothing is lost")
    func retryAfter() async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        channel.failNext(DeliveryFailure.busy(.seconds(7), reason: "too many"))
        let begin = desk.now.time
        try await running(channel, desk) { counter in
            _ = try await counter.receive(message("hi", "1"))
            _ = await channel.next(1)
        }
        #expect(desk.now.time - begin >= 7_000)
    }

    @Test("However often the channel takes nothing, and however short, the message arrives")
    func manyShortRests() async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        for number in 0..<500 {
            channel.failNext(DeliveryFailure.busy(.seconds(number % 2), reason: "too many"))
        }
        try await running(channel, desk) { counter in
            _ = try await counter.receive(message("hi", "1"))
            #expect(await channel.next(1).map(\.number) == [1])
        }
    }

    @Test("A place that fails again and again keeps no other place waiting, and rests longer and longer")
    func oneBadPlace() async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        channel.fail(at: "cellar")
        let rests = AsyncStream<Duration>.makeStream()
        try await running(
            channel,
            desk,
            sleep: {
                rests.continuation.yield($0)
                if $0 >= .seconds(60) { while true { try await Task.sleep(for: .seconds(86_400)) } }
            }
        ) { counter in
            _ = try await counter.receive(message("hi", "1", at: "cellar"))
            var times: [Duration] = []
            for await time in rests.stream {
                times.append(time)
                if times.count == 7 { break }
            }
            #expect(times == [1, 2, 4, 8, 16, 32, 60].map { Duration.seconds($0) })
            for number in 0..<30 { _ = try await counter.receive(message("hi", "1", at: "room \(number)")) }
            #expect(await channel.next(30).allSatisfy { $0.place != "cellar" })
        }
        #expect(await undelivered(desk) == ["Which cup?"])
    }

    @Test(
        "What will never arrive is dropped and said so, and the rest goes on",
        arguments: [DeliveryFailure.gone(reason: "is_archived"), .refused(reason: "msg_too_long")]
    )
    func dropped(failure: DeliveryFailure) async throws {
        let desk = try Desk()
        let channel = FakeChannel()
        channel.failNext(failure)
        try await running(channel, desk) { counter in
            _ = try await counter.receive(message("hi", "1"))
            _ = try await counter.receive(message("help", "2"))
            #expect(await channel.next(2).map(\.number) == [2, 3])
        }
        #expect(desk.log.text.contains("message dropped") && desk.log.text.contains(failure.description))
    }

    @Test("When the server stops, what is on its way arrives and is marked, and nothing else begins")
    func stop() async throws {
        let desk = try Desk()
        let door = Door()
        let channel = FakeChannel(beforeDelivery: door.pass)
        let metrics = MetricsRegistry()
        let courier = OutboxCourier(
            channel: channel,
            engine: desk.engine,
            store: desk.store,
            worker: "c1",
            lease: .seconds(30),
            clock: SessionClock(now: { [now = desk.now] in now.time }),
            metrics: metrics,
            logger: Logger(label: "test")
        )
        let counter = ChannelDesk(channel: "fake", engine: desk.engine, flow: "kettle", logger: Logger(label: "test"))
        _ = try await counter.receive(message("hi", "1"))
        _ = try await counter.receive(message("help", "2"))
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await courier.run() }
                await door.wait()
                trigger.triggerGracefulShutdown()
                door.open()
                try await group.waitForAll()
            }
        }
        #expect(channel.messages.map(\.number) == [1])
        let left = await undelivered(desk)
        #expect(left.count == 2 && left.first?.isEmpty == false)
        #expect(metrics.text.contains(#"usher_deliveries_total{channel="fake",outcome="delivered"} 1"#))
    }

    @Test("Two couriers of one store deliver each message once")
    func twoCouriers() async throws {
        let desk = try Desk()
        let (one, two) = (FakeChannel(), FakeChannel())
        try await running(one, desk, worker: "c1") { counter in
            try await running(two, desk, worker: "c2") { _ in
                for number in 0..<20 { _ = try await counter.receive(message("hi", "1", at: "room \(number)")) }
                while one.messages.count + two.messages.count < 20 { await Task.yield() }
            }
        }
        #expect(Set((one.messages + two.messages).map(\.key)).count == 20)
        #expect(one.messages.count + two.messages.count == 20)
    }
}
