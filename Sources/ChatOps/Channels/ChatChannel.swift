internal import ServiceLifecycle

/// A place where people write to the bot, such as Slack, Matrix or IRC.
///
/// An adapter turns what comes in there into an ``IncomingMessage`` and hands it to a ``ChannelDesk``, which takes the turn
/// once and for all. It never answers by itself: what the bot says is stored together with the turn, and an
/// outbox brings it to ``deliver(_:)``, in the order of each session, again and again until it is delivered.
public protocol ChatChannel: Sendable {
    /// What sessions and owners are named by: short, of ASCII letters, and never changed.
    var name: String { get }

    /// Delivers a message; when this returns, it has arrived.
    ///
    /// After a crash or a lost answer a message comes again. Where the other side takes a key of idempotency, give it
    /// ``OutgoingMessage/key``, so that the message is shown once all the same.
    ///
    /// - Throws: ``DeliveryFailure``, which says whether and when to try again. Any other error means later.
    func deliver(_ message: OutgoingMessage) async throws

    /// The addresses at which the channel is called over HTTP; none where it listens by itself.
    func routes(_ desk: ChannelDesk) -> [ChannelRoute]

    /// Listens until the server stops: for channels that are not called.
    ///
    /// It ends when the task is cancelled. An error that it throws stops the server, so what passes is tried again here.
    func listen(_ desk: ChannelDesk) async throws
}

extension ChatChannel {
    /// None.
    public func routes(_ desk: ChannelDesk) -> [ChannelRoute] { [] }

    /// Waits for the server to stop.
    public func listen(_ desk: ChannelDesk) async throws { try await gracefulShutdown() }
}

/// Lets a channel listen for as long as the server runs.
struct ChannelService: Service {
    let channel: any ChatChannel
    let desk: ChannelDesk

    func run() async throws {
        do {
            try await cancelledByShutdown { try await channel.listen(desk) }
        } catch is CancellationError {
            // The server stops.
        }
    }
}
