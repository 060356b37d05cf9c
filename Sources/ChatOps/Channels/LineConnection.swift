internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Opens connections to a server that sends lines, which are given one by one.
enum LineConnection {
    typealias Stream = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Opens one.
    ///
    /// - Parameters:
    ///   - host: The server.
    ///   - port: Its port.
    ///   - isTLS: Whether the connection is encrypted, and the server shows a certificate for its name.
    ///   - limit: How many bytes a line may have; at a longer one the connection fails.
    /// - Returns: The connection; lines come without their ends.
    /// - Throws: Where the server cannot be reached.
    static func open(host: String, port: Int, isTLS: Bool, lineLimit limit: Int) async throws -> Stream {
        let tls = isTLS ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(10))
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: host)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(LineDecoder(limit: limit)))
                    return try Stream(wrappingChannelSynchronously: channel)
                }
            }
    }
}

/// Cuts what comes in into lines, without their ends.
struct LineDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer
    /// A line is longer than it may be.
    struct TooLong: Error {}
    /// How many bytes a line may have.
    let limit: Int

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let bytes = buffer.readableBytesView
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            if bytes.count > limit { throw TooLong() }
            return .needMoreData
        }
        var line = buffer.readSlice(length: end - bytes.startIndex + 1) ?? ByteBuffer()
        line.moveWriterIndex(to: line.writerIndex - 1)
        if line.readableBytesView.last == UInt8(ascii: "\r") { line.moveWriterIndex(to: line.writerIndex - 1) }
        context.fireChannelRead(wrapInboundOut(line))
        return .continue
    }
}
