import Foundation
import Logging
import ServiceLifecycleTestKit
import Testing

@testable import ChatOps

/// A channel that listens.
private struct ListeningChannel: ChatChannel {
    let name = "listening"
    var body: @Sendable () async throws -> Void

    func deliver(_ message: OutgoingMessage) async throws {}
    func listen(_ desk: ChannelDesk) async throws { try await body() }
}

@Suite("A channel listens for as long as the server runs")
struct ChannelServiceTests {
    private func service(_ channel: any ChatChannel) throws -> ChannelService {
        let logger = Logger(label: "test")
        let desk = ChannelDesk(channel: channel.name, engine: try Desk().engine, flow: "kettle", logger: logger)
        return ChannelService(channel: channel, desk: desk)
    }

    @Test("It is cancelled when the server stops", arguments: [true, false])
    func stop(isListening: Bool) async throws {
        let began = AsyncStream<Void>.makeStream()
        let listening = ListeningChannel {
            began.continuation.yield()
            while true { try await Task.sleep(for: .seconds(86_400)) }
        }
        if !isListening { began.continuation.yield() }
        let service = try service(isListening ? listening : FakeChannel())
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await service.run() }
                for await _ in began.stream { break }
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    @Test("An error stops the server, however soon it comes")
    func error() async throws {
        let service = try service(ListeningChannel { throw CocoaError(.featureUnsupported) })
        for _ in 0..<100 {
            await #expect(throws: CocoaError.self) { try await service.run() }
        }
    }
}
