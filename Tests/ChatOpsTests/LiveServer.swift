import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Networking
import ServiceLifecycle

/// A server that is asked over the loopback interface, by ``TestClient``.
private struct LiveServer<Base: ApplicationProtocol>: ApplicationProtocol {
    let base: Base
    let isRunning: @Sendable (Int) -> Void

    var responder: Base.Responder { get async throws { try await base.responder } }
    var server: HTTPServerBuilder { base.server }
    var configuration: ApplicationConfiguration {
        var configuration = base.configuration
        configuration.address = .hostname("127.0.0.1", port: 0)
        return configuration
    }
    var logger: Logger { base.logger }
    var services: [any Service] { base.services }

    func onServerRunning(_ channel: any Channel) async {
        await base.onServerRunning(channel)
        isRunning(channel.localAddress?.port ?? 0)
    }
}

extension ApplicationProtocol {
    /// Runs the application on a free port, as long as something is done with it.
    func test<Value: Sendable>(
        _ body: @escaping @Sendable (TestClient) async throws -> Value
    ) async throws -> Value {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = LiveServer(base: self) { continuation.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            guard let port = await ports.first(where: { _ in true }) else {
                try await tasks.waitForAll()
                throw TestClient.NotRunning()
            }
            let result: Result<Value, any Error>
            do { result = .success(try await body(TestClient(port: port))) } catch { result = .failure(error) }
            await group.triggerGracefulShutdown()
            return try result.get()
        }
    }
}

/// Asks a server on this machine.
struct TestClient: Sendable {
    /// The server stopped before it listened.
    struct NotRunning: Error {}

    let port: Int
    private let client = HTTPClient(sizeLimit: 16_777_216)

    func execute(
        uri: String,
        method: HTTPRequest.Method,
        headers: HTTPFields = [:],
        body: ByteBuffer? = nil
    ) async throws -> TestResponse {
        let answer = try await client.send(
            HTTPClient.Request(
                "http://127.0.0.1:\(port)\(uri)",
                method: method.rawValue,
                headers: headers.map { ($0.name.rawName, $0.value) },
                body: body.map { Data($0.readableBytesView) },
                timeLimit: .seconds(60)
            )
        )
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return TestResponse(status: .init(code: answer.status), headers: fields, body: ByteBuffer(bytes: answer.body))
    }
}

/// An answer of a server.
struct TestResponse: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: ByteBuffer
}
