import ChatOps
import Foundation
import Synchronization

/// A channel that keeps what is delivered to it, and fails when told to.
final class FakeChannel: ChatChannel {
    let name: String
    private struct Box {
        var messages: [OutgoingMessage] = []
        var failures: [any Error] = []
        var failing: Set<String> = []
    }
    private let box = Mutex(Box())
    private let arrivals: AsyncStream<OutgoingMessage>
    private let arrived: AsyncStream<OutgoingMessage>.Continuation

    private let beforeDelivery: @Sendable () async -> Void

    init(_ name: String = "fake", beforeDelivery: @escaping @Sendable () async -> Void = {}) {
        self.name = name
        self.beforeDelivery = beforeDelivery
        (arrivals, arrived) = AsyncStream.makeStream()
    }

    /// Makes the next deliveries fail.
    func failNext(_ errors: any Error...) { box.withLock { $0.failures += errors } }

    /// Makes all deliveries to a place fail.
    func fail(at place: String) { box.withLock { _ = $0.failing.insert(place) } }

    func deliver(_ message: OutgoingMessage) async throws {
        let error: (any Error)? = box.withLock { box in
            if box.failing.contains(message.place) { return DeliveryFailure.failed(reason: "this place fails") }
            return box.failures.isEmpty ? nil : box.failures.removeFirst()
        }
        if let error { throw error }
        await beforeDelivery()
        box.withLock { $0.messages.append(message) }
        arrived.yield(message)
    }

    /// What arrived so far.
    var messages: [OutgoingMessage] { box.withLock { $0.messages } }

    /// Waits for so many messages since the last time.
    func next(_ count: Int) async -> [OutgoingMessage] {
        var messages: [OutgoingMessage] = []
        for await message in arrivals {
            messages.append(message)
            if messages.count == count { break }
        }
        return messages
    }
}

/// Holds what passes until the test lets it go.
final class Door: Sendable {
    private let key = AsyncStream<Void>.makeStream()
    private let bell = AsyncStream<Void>.makeStream()

    func pass() async {
        bell.continuation.yield()
        for await _ in key.stream {}
    }

    /// Waits until something stands before it.
    func wait() async { for await _ in bell.stream { return } }

    func open() { key.continuation.finish() }
}
