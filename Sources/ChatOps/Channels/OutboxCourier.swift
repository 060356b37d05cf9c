internal import Logging
internal import Metrics
internal import ServiceLifecycle
internal import Sessions
internal import Synchronization

/// Brings what the bot says to a channel: claims it in the store, delivers it in the order of each session, marks it.
///
/// It is woken by the turns of this process, and looks from time to time for what other processes left. A message that
/// arrived but could not be marked, because of a crash in between, is delivered again: at least once.
final class OutboxCourier: Service {
    private struct Desk {
        /// Sessions that are worked on, or rest after a failure.
        var taken: Set<String> = []
        var resting = 0
        /// How often the first message of a session failed.
        var failures: [String: Int] = [:]
        /// Until when the channel takes nothing, in milliseconds since 1970.
        var pause: Int64 = 0
    }

    private let channel: any ChatChannel
    private let engine: SessionEngine
    private let store: any SessionStore
    private let worker: String
    private let lease: Duration
    private let clock: SessionClock
    private let logger: Logger
    private let series: MetricsSeries
    private let desk = Mutex(Desk())

    /// How many sessions are delivered to at once.
    private static let width = 16
    private static let longestRest = Duration.seconds(60)

    /// Makes a courier.
    ///
    /// - Parameters:
    ///   - channel: Where it delivers.
    ///   - engine: Tells when there is something to deliver.
    ///   - store: Where it lies.
    ///   - worker: What this courier is called among those that share the store; unique.
    ///   - lease: How long a session's messages are this courier's without a sign of life.
    ///   - clock: The time.
    ///   - metrics: Where it counts deliveries.
    ///   - logger: Where it logs.
    init(
        channel: any ChatChannel,
        engine: SessionEngine,
        store: any SessionStore,
        worker: String,
        lease: Duration,
        clock: SessionClock = .system,
        metrics: MetricsRegistry = MetricsRegistry(),
        logger: Logger
    ) {
        self.channel = channel
        self.engine = engine
        self.store = store
        self.worker = worker
        self.lease = lease
        self.clock = clock
        self.logger = logger
        series = MetricsSeries(metrics)
    }

    /// Delivers until the server stops; what is on its way then arrives and is marked.
    func run() async throws {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                for await _ in engine.deliveries(to: channel.name).cancelOnGracefulShutdown() { wake.yield() }
                wake.finish()
            }
            for await _ in wakes {
                for batch in await claim() {
                    group.addTask { [self] in
                        await deliver(batch)
                        wake.yield()
                    }
                }
            }
        }
    }

    /// The messages of one session, and until when they are this courier's.
    private struct Batch: Sendable {
        var session: String
        var entries: [OutboxEntry]
        var until: Int64
    }

    private func claim() async -> [Batch] {
        let taken = desk.withLock { $0.taken.count }
        let now = clock.now()
        let until = now + lease.components.seconds * 1_000
        var batches: [Batch] = []
        do {
            // Those that are taken come again, so there must be room for others beside them.
            let limit = min(100 + 50 * taken, 5_000)
            let entries = try await store.claimOutbox(
                channel: channel.name,
                by: worker,
                now: now,
                until: until,
                limit: limit
            )
            for entry in entries {
                if batches.last?.session == entry.session {
                    batches[batches.count - 1].entries.append(entry)
                } else {
                    batches.append(Batch(session: entry.session, entries: [entry], until: until))
                }
            }
        } catch {
            logger.error("outbox not read", metadata: ["channel": "\(channel.name)", "error": "\(error)"])
        }
        return desk.withLock { desk in
            batches.filter { batch in
                guard desk.taken.count - desk.resting < Self.width else { return false }
                return desk.taken.insert(batch.session).inserted
            }
        }
    }

    private func deliver(_ batch: Batch) async {
        defer { desk.withLock { _ = $0.taken.remove(batch.session) } }
        for entry in batch.entries {
            await waitForChannel()
            // What is left is claimed again, by this courier or by another one; none begins when the lease is about to end.
            let end = batch.until - lease.components.seconds * 1_000 / 3
            guard !Task.isShuttingDownGracefully, !Task.isCancelled, clock.now() < end else { return }
            do {
                try await deliver(entry)
                try await store.markDelivered(entry.session, upTo: entry.message.number)
                desk.withLock { $0.failures[entry.session] = nil }
            } catch {
                await rest(after: error, entry)
                return
            }
        }
    }

    /// Delivers a message, or drops it where it can never arrive.
    private func deliver(_ entry: OutboxEntry) async throws {
        do {
            guard let message = OutgoingMessage(entry) else { throw DeliveryFailure.gone(reason: "no address") }
            try await channel.deliver(message)
        } catch let failure as DeliveryFailure {
            switch failure {
            case .busy, .failed: throw failure
            case .gone, .refused:
                log(.error, "message dropped", entry, failure)
                return count("dropped")
            }
        }
        count("delivered")
    }

    private func rest(after error: any Error, _ entry: OutboxEntry) async {
        guard !(error is CancellationError) else { return }
        log(.warning, "message not delivered yet", entry, error)
        count("failed")
        if case DeliveryFailure.busy(let time, _) = error {
            let end = clock.now() + time.components.seconds * 1_000 + 1
            desk.withLock { $0.pause = max($0.pause, end) }
            return await waitForChannel()
        }
        let failures = desk.withLock { desk in
            desk.failures[entry.session, default: 0] += 1
            desk.resting += 1
            return desk.failures[entry.session] ?? 1
        }
        defer { desk.withLock { $0.resting -= 1 } }
        await sleep(min(Self.longestRest, .seconds(1 << min(failures - 1, 6))))
    }

    private func waitForChannel() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let left = desk.withLock { $0.pause } - clock.now()
            guard left > 0 else { return }
            await sleep(.milliseconds(left))
        }
    }

    /// Waits, but not when the server stops.
    private func sleep(_ time: Duration) async {
        try? await cancelledByShutdown { [clock] in try await clock.sleep(time) }
    }

    private func count(_ outcome: String) {
        series.counter("usher_deliveries_total", [("channel", channel.name), ("outcome", outcome)]).increment()
    }

    private func log(_ level: Logger.Level, _ words: Logger.Message, _ entry: OutboxEntry, _ error: any Error) {
        logger.log(
            level: level,
            words,
            metadata: [
                "channel": "\(channel.name)", "session": "\(entry.session)", "number": "\(entry.message.number)",
                "reason": "\(error)",
            ]
        )
    }
}
