internal import AsyncHTTPClient
public import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Calls the web interfaces of chat services; what goes wrong comes as a ``DeliveryFailure``.
///
/// Requests are not redirected, so that a token goes nowhere else than it was meant for.
public struct WebClient: Sendable {
    /// An answer.
    public struct Answer: Sendable {
        /// The status.
        public var status: Int
        /// The body.
        public var body: Data

        /// The body as JSON of a form; `nil` where it is none.
        public func json<Body: Decodable>(_ type: Body.Type) -> Body? {
            try? WebJSON.decoder().decode(type, from: body)
        }
    }

    /// How Matrix says how long to wait.
    private struct Wait: Decodable { var retryAfterMs: Int? }

    /// Lives as long as the process, since connections are shared by all channels.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
    private static let answerLimit = 16_777_216
    private let token: String

    /// Makes a client.
    ///
    /// - Parameter token: Sent with each request as `Authorization: Bearer TOKEN`.
    public init(token: String) { self.token = token }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - method: The method, such as `POST`.
    ///   - url: The address.
    ///   - json: The body, as JSON; `nil` for none.
    ///   - time: How long the answer may take.
    /// - Returns: The answer, with any status but those below.
    /// - Throws: ``DeliveryFailure``: `busy` for 429, with what `Retry-After` says; `failed` for 500 and more, and where there is no
    ///   answer.
    public func send(
        _ method: String,
        _ url: String,
        json: (any Encodable & Sendable)? = nil,
        time: Duration = .seconds(10)
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "Authorization", value: "Bearer " + token)
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
            request.body = .bytes(ByteBuffer(bytes: try WebJSON.encoder().encode(json)))
        }
        let answer: Answer
        let wait: Duration?
        do {
            let response = try await Self.client.execute(request, timeout: .nanoseconds(time.nanoseconds))
            let body = try await response.body.collect(upTo: Self.answerLimit)
            answer = Answer(status: Int(response.status.code), body: Data(body.readableBytesView))
            wait = response.headers.first(name: "Retry-After").flatMap { Int($0) }.map { .seconds($0) }
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            // The error's own words may hold the address, with what is in it.
            throw DeliveryFailure.failed(
                reason: "no answer: \((error as? HTTPClientError)?.shortDescription ?? "connection")"
            )
        }
        if answer.status == 429 {
            let given = answer.json(Wait.self)?.retryAfterMs.map { Duration.milliseconds($0) }
            throw DeliveryFailure.busy(wait ?? given ?? .seconds(1), reason: "too many requests")
        }
        if answer.status >= 500 { throw DeliveryFailure.failed(reason: "status \(answer.status)") }
        return answer
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
