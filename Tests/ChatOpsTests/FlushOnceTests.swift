import NIOCore
import NIOEmbedded
import Testing

@testable import ChatOps

/// What is written within one turn of an event loop is sent at once, and nothing is kept back for ever.
struct FlushOnceTests {
    /// Counts what reaches the network.
    private final class Network: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var flushes = 0
        func flush(context: ChannelHandlerContext) {
            flushes += 1
            context.flush()
        }
    }

    private let network = Network()
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers([network, FlushOnce()])
        // Only a channel that is connected sends.
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func write(_ texts: String...) {
        for text in texts { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    }

    private func sent() throws -> [String] {
        var texts: [String] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { texts.append(String(buffer: buffer)) }
        return texts
    }

    @Test("Head, body and end go together, and the next answer by itself")
    func joins() throws {
        write("head", "body", "end")
        #expect(try sent().isEmpty)
        channel.embeddedEventLoop.run()
        #expect(try sent() == ["head", "body", "end"] && network.flushes == 1)
        write("next")
        channel.embeddedEventLoop.run()
        #expect(try sent() == ["next"] && network.flushes == 2)
        channel.embeddedEventLoop.run()
        #expect(network.flushes == 2)
    }

    @Test("A connection that is closed sends what was written before")
    func closes() throws {
        write("last words")
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
        #expect(try sent() == ["last words"] && network.flushes == 1)
    }

    @Test("What is taken out of a connection leaves nothing behind")
    func leaves() throws {
        write("last words")
        let context = try channel.pipeline.syncOperations.context(handlerType: FlushOnce.self)
        channel.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        channel.embeddedEventLoop.run()
        #expect(try sent() == ["last words"])
    }
}
