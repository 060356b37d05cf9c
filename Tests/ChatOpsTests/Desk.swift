import ChatOps
import Dialogue
import Foundation
import HTTPTypes
import Hummingbird
import KettleFlow
import Logging
import NIOCore
import Sessions
import Synchronization

/// A server with a small flow, for one test: its parts, and requests to it.
struct Desk: Sendable {
    let store: FailingStore
    let engine: SessionEngine
    let tokens: TokenFile?
    let files: (any SessionFiles)?
    let settings: ServerSettings
    let log = Log()
    let now: Hands

    /// A time that tests move.
    final class Hands: Sendable {
        private let now = Mutex<Int64>(1_700_000_000_000)
        func pass(_ milliseconds: Int64) { now.withLock { $0 += milliseconds } }
        var time: Int64 { now.withLock { $0 } }
    }

    /// What was logged.
    final class Log: Sendable {
        private let bytes = Mutex(Data())
        func write(_ data: Data) { bytes.withLock { $0 += data } }
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    /// Another process with the same store and time.
    init(sharing other: Desk) throws { try self.init(store: other.store, now: other.now) }

    init(
        tokens: TokenFile? = nil,
        files: (any SessionFiles)? = nil,
        store: FailingStore = FailingStore(),
        now: Hands = Hands(),
        adjust: (inout ServerSettings) -> Void = { _ in }
    ) throws {
        self.store = store
        self.now = now
        var settings = ServerSettings(stateFolder: "/nowhere")
        settings.store = .memory
        settings.flows = ["kettle"]
        settings.port = 0
        // However slow the machine is, nothing here ends because of time.
        settings.limits.requestTime = .seconds(86_400)
        settings.limits.bodyTime = .seconds(86_400)
        adjust(&settings)
        self.settings = settings
        self.tokens = tokens
        self.files = files
        engine = SessionEngine(
            catalog: FlowCatalog([try Kettle.flow()]),
            store: store,
            settings: SessionEngine.Settings(worker: UUID().uuidString),
            clock: SessionClock(now: { now.time }, sleep: { _ in try await Self.forEver() }),
            runner: { _ in Kettle() }
        )
    }

    /// Waits until a session is over, as it is when its action is done.
    func ended(_ session: String) async -> Bool {
        for await _ in engine.news(of: session) {
            guard let owner = await store.load(session)?.owner,
                let view = try? await engine.view(of: session, owner: owner)
            else { return false }
            if case .ended(.completed) = view.rest { return true }
        }
        return false
    }

    private static func forEver() async throws {
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }

    /// The server.
    var server: ChatServer { server(channels: []) }

    /// The server, with channels.
    func server(channels: [any ChatChannel]) -> ChatServer {
        let log = log
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, write: log.write) }
        let now = now
        return ChatServer(
            settings: settings,
            engine: engine,
            store: store,
            tokens: tokens,
            channels: channels,
            files: files,
            clock: SessionClock(now: { now.time }),
            logger: logger
        )
    }

    /// Asks a server over the loopback interface.
    func ask<Result: Sendable>(
        _ body: @escaping @Sendable (TestClient) async throws -> Result
    ) async throws -> Result {
        try await server.application().test(body)
    }
}

extension TestClient {
    /// Sends JSON, with an `Idempotency-Key` where one is given.
    func post(
        _ uri: String,
        _ json: String,
        key: String? = nil,
        headers: [String: String] = [:],
        type: String? = "application/json"
    ) async throws -> TestResponse {
        var fields = HTTPFields(headers)
        fields[.contentType] = type
        if let key, let name = HTTPField.Name("Idempotency-Key") { fields[name] = key }
        return try await execute(uri: uri, method: .post, headers: fields, body: ByteBuffer(string: json))
    }

    /// Asks for something.
    func get(
        _ uri: String,
        method: HTTPRequest.Method = .get,
        headers: [String: String] = [:]
    ) async throws -> TestResponse {
        try await execute(uri: uri, method: method, headers: HTTPFields(headers))
    }
}

extension HTTPFields {
    fileprivate init(_ headers: [String: String]) {
        self.init()
        for (name, value) in headers { if let name = HTTPField.Name(name) { self[name] = value } }
    }
}

extension TestResponse {
    /// The body.
    var text: String { String(buffer: body) }
    /// The body as a JSON value.
    var json: JSON { (try? JSONDecoder().decode(JSON.self, from: Data(body.readableBytesView))) ?? .null }
    /// The last part of a problem's type.
    var problem: String? {
        guard headers[.contentType] == "application/problem+json" else { return nil }
        return json["type"].text?.split(separator: ":").last.map(String.init)
    }
}

/// Any JSON value.
enum JSON: Decodable, Hashable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([JSON])
    case object([String: JSON])
    case null

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = (try? value.decode([String: JSON].self)).map(JSON.object) ?? .null
        }
    }

    subscript(key: String) -> JSON { if case .object(let fields) = self { fields[key] ?? .null } else { .null } }
    subscript(index: Int) -> JSON {
        if case .list(let list) = self, list.indices.contains(index) { list[index] } else { .null }
    }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { Int(number) } else { nil } }
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var list: [JSON] { if case .list(let list) = self { list } else { [] } }
}
