internal import Foundation
public import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import ServiceLifecycle
public import Sessions
internal import UnixSignals

/// Usher behind HTTP: sessions of many users, answered from one store.
public struct ChatServer: Sendable {
    private let settings: ServerSettings
    private let engine: SessionEngine
    private let store: any SessionStore
    private let tokens: TokenFile?
    private let channels: [any Channel]
    private let files: (any SessionFiles)?
    private let metrics: MetricsRegistry
    private let clock: SessionClock
    private let logger: Logger
    private let readiness = Readiness()

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - settings: What it is run with.
    ///   - engine: Takes the turns.
    ///   - store: Where the engine's sessions live.
    ///   - tokens: Who may use it; `nil` for a server that only this machine can reach.
    ///   - channels: Where else people write to it.
    ///   - files: What sessions have written, for their users to fetch; `nil` where they write nothing.
    ///   - metrics: Where it counts.
    ///   - clock: The time.
    ///   - logger: Where it logs.
    public init(
        settings: ServerSettings,
        engine: SessionEngine,
        store: any SessionStore,
        tokens: TokenFile? = nil,
        channels: [any Channel] = [],
        files: (any SessionFiles)? = nil,
        metrics: MetricsRegistry = MetricsRegistry(),
        clock: SessionClock = .system,
        logger: Logger = Logger(label: "usher")
    ) {
        self.settings = settings
        self.engine = engine
        self.store = store
        self.tokens = tokens
        self.channels = channels
        self.files = files
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
    }

    /// Runs the server until it is told to stop (`SIGTERM`, `SIGINT`): then it takes no new connections, finishes what is
    /// under way and gives its actions back.
    ///
    /// - Parameter onRunning: Told when it listens, with the port.
    /// - Throws: Where the address cannot be listened at.
    public func run(onRunning: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let application = application(onRunning: onRunning)
        // The last of them stops first.
        var configuration = ServiceGroupConfiguration(
            services: [EngineService(engine: engine, keep: settings.keep, logger: logger)] + couriers()
                + channels.map { ChannelService(channel: $0, desk: desk(for: $0)) } + [application, readiness],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = settings.drain
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The application without its services, for tests and for who runs it among services of their own.
    public func application(
        onRunning: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = settings.limits
        return Application(
            router: router(),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: .nanoseconds(limits.idleTime.components.seconds * 1_000_000_000),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384,
                        maxHeaderListSize: 32_768,
                        maxHeaderFieldCount: 100
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
            ),
            onServerRunning: { channel in onRunning(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    /// Who deliver what the bot says in channels.
    func couriers() -> [any Service] {
        channels.map { channel in
            OutboxCourier(
                channel: channel,
                engine: engine,
                store: store,
                worker: "outbox-\(UUID().uuidString)",
                lease: settings.lease,
                clock: clock,
                logger: logger
            )
        }
    }

    private func desk(for channel: any Channel) -> ChannelDesk {
        ChannelDesk(channel: channel.name, engine: engine, flow: settings.flows.first ?? "", logger: logger)
    }

    private func router() -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestIDMiddleware())
        router.add(middleware: TracingMiddleware())
        router.add(middleware: ObservationMiddleware(metrics: metrics))
        router.add(middleware: ProblemMiddleware())
        let limits = RequestLimits(settings.limits, now: clock.now)
        let gatekeeper = Gatekeeper(tokens: tokens, now: clock.now)
        var table = RouteTable(router, gatekeeper: gatekeeper, limits: limits)
        OperationRoutes(store: store, readiness: readiness, metrics: metrics).add(to: &table)
        let flows = settings.flows
        SessionRoutes(engine: engine, limits: limits, flow: flows.first ?? "", flows: flows, files: files)
            .add(to: &table)
        for channel in channels {
            for route in channel.routes(desk(for: channel)) {
                table.channel(route, bodyTime: settings.limits.bodyTime)
            }
        }
        PageRoutes().add(to: &table)
        table.finish()
        return router
    }
}
