internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// An HTTP/1 connection whose requests are handled on the thread that reads them.
///
/// A turn takes less time than it takes to wake another thread, which would happen several times in each request.
struct LoopChannel: ServerChildChannel {
    private let http: HTTP1Channel

    /// Makes a channel; it does what `HTTP1Channel` does.
    init(_ http: HTTP1Channel) { self.http = http }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger)
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        let executor = LoopExecutor(value.channel.eventLoop)
        await LoopExecutor.$current.withValue(executor) {
            await withTaskExecutorPreference(executor) { await http.handle(value: value, logger: logger) }
        }
    }
}

/// Runs tasks on an event loop.
final class LoopExecutor: TaskExecutor {
    /// The loop of the connection that is being handled, for tasks that do not take it over by themselves; `nil` where none
    /// is.
    @TaskLocal static var current: LoopExecutor?

    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
