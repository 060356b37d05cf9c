public import Dialogue
internal import Foundation
public import Logging
public import Sessions

extension ChatServer {
    /// Makes a server of flows, with an engine of its own: for programs that embed Usher.
    ///
    /// It listens at 127.0.0.1 for the user of this machine, and for the channels.
    ///
    /// - Parameters:
    ///   - flows: The flows; new sessions go through the first one where they name none.
    ///   - store: Where sessions live.
    ///   - channels: Where else people write to it.
    ///   - port: The port; 0 for any that is free.
    ///   - logger: Where it logs.
    ///   - runner: Who runs a session's actions; a flow without actions needs none.
    public init(
        flows: [Flow],
        store: any SessionStore,
        channels: [any ChatChannel] = [],
        port: Int = 8_080,
        logger: Logger = Logger(label: "usher"),
        runner: @escaping @Sendable (SessionRecord) -> any ActionRunner = { _ in NoActions() }
    ) {
        var settings = ServerSettings(stateFolder: FileManager.default.currentDirectoryPath)
        settings.port = port
        settings.flows = flows.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        let metrics = MetricsRegistry()
        let engine = SessionEngine(
            catalog: FlowCatalog(flows),
            store: store,
            settings: SessionEngine.Settings(worker: UUID().uuidString),
            observer: EngineMetrics(metrics, logger: logger),
            runner: runner
        )
        self.init(
            settings: settings,
            engine: engine,
            store: store,
            channels: channels,
            metrics: metrics,
            logger: logger
        )
    }
}

/// Runs no action: for flows that have none.
public struct NoActions: ActionRunner {
    /// Why an action was not run.
    public struct Unknown: Error, Sendable, Hashable {
        /// The action.
        public var name: String
    }

    /// Makes a runner.
    public init() {}

    /// Throws.
    public func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
        throw Unknown(name: call.name)
    }
}
