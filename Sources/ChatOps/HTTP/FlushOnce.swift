internal import NIOCore

/// Sends what is written within one turn of the event loop at once.
///
/// The answers of one turn then wake their readers together, and parts of an answer that are written one after the other
/// are not each a call of the system and a packet of their own.
final class FlushOnce: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = Any

    /// Whether a flush was asked for and has not been done.
    private var isDue = false

    func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let (handler, context) = bound.value
            handler.flushNow(context)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushNow(context)
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) { flushNow(context) }

    private func flushNow(_ context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}
