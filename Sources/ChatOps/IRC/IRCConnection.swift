internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Opens connections to an IRC server, which give its lines one by one.
enum IRCConnection {
    typealias Stream = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func open(_ settings: ServerSettings.IRC) async throws -> Stream {
        let tls = settings.isTLS ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(10))
            .connect(host: settings.host, port: settings.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: settings.host)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(IRCLineDecoder()))
                    return try Stream(wrappingChannelSynchronously: channel)
                }
            }
    }
}

/// Cuts what comes in into lines, without their ends.
struct IRCLineDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer
    /// A server sends that there was more.
    struct TooLong: Error {}
    /// 512 bytes, and 8191 of tags that nobody asked for.
    private static let limit = 8_703

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let bytes = buffer.readableBytesView
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            if bytes.count > Self.limit { throw TooLong() }
            return .needMoreData
        }
        var line = buffer.readSlice(length: end - bytes.startIndex + 1) ?? ByteBuffer()
        line.moveWriterIndex(to: line.writerIndex - 1)
        if line.readableBytesView.last == UInt8(ascii: "\r") { line.moveWriterIndex(to: line.writerIndex - 1) }
        context.fireChannelRead(wrapInboundOut(line))
        return .continue
    }
}
