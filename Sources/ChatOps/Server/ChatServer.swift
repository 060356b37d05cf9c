internal import Foundation
public import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import Sessions
internal import Tracing
internal import UnixSignals

/// Usher behind HTTP: sessions of many users, answered from one store.
public struct ChatServer: Sendable {
    private let settings: ServerSettings
    private let engine: SessionEngine
    private let store: any SessionStore
    private let tokens: TokenFile?
    private let channels: [any ChatChannel]
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
        channels: [any ChatChannel] = [],
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
            services: work + [application, readiness],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = settings.drain
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Usher's routes, for a router of one's own.
    ///
    /// ```swift
    /// let router = Router()
    /// router.add(middleware: server.routes())
    /// router.get("menu") { _, _ in "coffee" }
    /// try await Application(router: router, services: server.services).runService()
    /// ```
    ///
    /// Tokens, limits of users and problem documents are those of ``run(onRunning:)``. The address, the limits of connections
    /// and what is logged of requests to other routes are the application's own.
    ///
    /// - Parameter own: Paths that Usher leaves to the application, such as `/`, where it has its page for talking.
    /// - Returns: A middleware; it may be added before or after the application's routes.
    public func routes<Context: RequestContext>(except own: Set<String> = []) -> ChatRoutes<Context> {
        let routing = routing()
        return ChatRoutes((routing.router, routing.paths.filter { !own.contains($0) }))
    }

    /// What has to run for as long as ``routes(except:)`` are used: it takes over what others left behind, delivers to channels, and
    /// stops taking new work when it is told to stop.
    public var services: [any Service] { work + [readiness] }

    /// What goes on beside requests.
    private var work: [any Service] {
        [EngineService(engine: engine, keep: settings.keep, logger: logger)] + couriers()
            + channels.map { ChannelService(channel: $0, desk: desk(for: $0)) }
    }

    /// The application without its services, for tests and for who runs it among services of their own.
    public func application(
        onRunning: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = settings.limits
        let connection = HTTP1Channel.Configuration(
            additionalChannelHandlers: [FlushOnce()],
            idleTimeout: .nanoseconds(limits.idleTime.components.seconds * 1_000_000_000),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16_384,
                maxHeaderListSize: 32_768,
                maxHeaderFieldCount: 100
            )
        )
        return Application(
            router: routing().router,
            server: HTTPServerBuilder { LoopChannel(HTTP1Channel(responder: $0, configuration: connection)) },
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
                metrics: metrics,
                logger: logger
            )
        }
    }

    private func desk(for channel: any ChatChannel) -> ChannelDesk {
        ChannelDesk(channel: channel.name, engine: engine, flow: settings.flows.first ?? "", logger: logger)
    }

    private func routing() -> (router: Router<ServerContext>, paths: [String]) {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        if InstrumentationSystem.isRecording { router.add(middleware: TracingMiddleware()) }
        router.add(middleware: ReceptionMiddleware(metrics: metrics))
        let limits = RequestLimits(settings.limits, now: clock.now)
        let gatekeeper = Gatekeeper(tokens: tokens, now: clock.now)
        var table = RouteTable(router, gatekeeper: gatekeeper, limits: limits)
        // A path is looked for in the order in which paths were added: what is asked for most comes first.
        let flows = settings.flows
        SessionRoutes(engine: engine, limits: limits, flow: flows.first ?? "", flows: flows, files: files)
            .add(to: &table)
        OperationRoutes(store: store, readiness: readiness, metrics: metrics).add(to: &table)
        for channel in channels {
            for route in channel.routes(desk(for: channel)) {
                table.channel(route, bodyTime: settings.limits.bodyTime)
            }
        }
        PageRoutes().add(to: &table)
        let paths = table.paths
        table.finish()
        return (router, paths)
    }
}
