import Actions
import ChatOps
import Dialogue
import Foundation
import Logging
import PostgreSQLSessions
import Sessions

/// What a server is put together of, as its settings say.
struct ServerStage {
    let server: ChatServer

    init(_ settings: ServerSettings) async throws {
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        let logger = Logger(label: "usher") { label in
            var handler = JSONLogHandler(label: label)
            handler.logLevel = level
            return handler
        }
        if let traces = settings.traces { try TraceRecorder.install(service: "usher", path: traces) }
        let metrics = MetricsRegistry()
        var options = FlowOptions()
        options.flow = settings.flows.first ?? ""
        options.entry = nil
        options.prompts = settings.prompts
        let sources = try settings.flows.map { try options.source($0) }
        let flows = try sources.flatMap { try options.compileAll($0) }
        let store = try await settings.openStore()
        let aws: any AWSClient =
            settings.isOffline
            ? OfflineAWS() : CLIAWSClient(settings: .init(profile: settings.profile, region: settings.region))
        let data = Dictionary(sources.map { ($0.name, $0.data) }, uniquingKeysWith: { first, _ in first })
        let workspaces = Workspaces(root: settings.workspaces)
        let engine = SessionEngine(
            catalog: FlowCatalog(flows),
            store: store,
            settings: SessionEngine.Settings(
                worker: "\(ProcessInfo.processInfo.hostName)-\(UUID().uuidString)",
                patience: settings.patience,
                lease: settings.lease
            ),
            observer: EngineMetrics(metrics, logger: logger),
            removed: { session in
                do { try workspaces.remove(session) } catch {
                    logger.error("workspace not removed", metadata: ["session": "\(session)", "error": "\(error)"])
                }
            }
        ) { record in
            let actions = ActionRegistry.all
            do {
                let files = try workspaces.files(of: record.id)
                return actions.runner(in: World(aws: aws, files: files, data: data[record.flow] ?? { _ in nil }))
            } catch {
                logger.error("no workspace", metadata: ["session": "\(record.id)", "error": "\(error)"])
                return NoWorkspace(reason: "\(error)")
            }
        }
        let tokens = settings.tokens.map(TokenFile.init(path:))
        if let tokens, try tokens.all().isEmpty {
            throw ServerSettingsError(messages: [
                "\(tokens.path) holds no token; make one with: usher token add --tokens \(tokens.path) NAME"
            ])
        }
        server = ChatServer(
            settings: settings,
            engine: engine,
            store: store,
            tokens: tokens,
            channels: settings.channels,
            files: workspaces,
            metrics: metrics,
            logger: logger
        )
    }
}

extension ServerSettings {
    /// Where else people write to the server.
    fileprivate var channels: [any ChatChannel] {
        var channels: [any ChatChannel] = []
        if let slack {
            channels.append(SlackChannel(signingSecret: slack.signingSecret, botToken: slack.botToken, api: slack.api))
        }
        if let irc { channels.append(IRCChannel(irc)) }
        if let matrix {
            channels.append(
                MatrixChannel(
                    homeserver: matrix.homeserver,
                    accessToken: matrix.accessToken,
                    stateFile: matrix.stateFile
                )
            )
        }
        return channels
    }

    /// The store that they name.
    fileprivate func openStore() async throws -> any SessionStore {
        switch store {
        case .memory: return MemorySessionStore()
        case .sqlite(let path): return try SQLiteSessionStore(path: path)
        case .postgreSQL(let target):
            return try await PostgreSQLSessionStore(target, connections: storeConnections)
        }
    }
}

/// Fails every action of a session whose workspace cannot be had, which the flow tells the user.
private struct NoWorkspace: ActionRunner {
    struct Failure: Error {
        var reason: String
    }

    let reason: String

    func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
        throw Failure(reason: reason)
    }
}
