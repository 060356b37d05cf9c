public import Foundation
internal import Networking

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

    private static let client = HTTPClient(sizeLimit: 16_777_216)
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
        var request = HTTPClient.Request(
            url,
            method: method,
            headers: [("Authorization", "Bearer " + token)],
            timeLimit: time
        )
        if let json {
            request.headers.append(("Content-Type", "application/json; charset=utf-8"))
            request.body = try WebJSON.encoder().encode(json)
        }
        let response: HTTPClient.Response
        do { response = try await Self.client.send(request) } catch let failure as ConnectionFailure {
            throw DeliveryFailure.failed(reason: "no answer: \(failure)")
        }
        let answer = Answer(status: response.status, body: response.body)
        let wait = response.header("Retry-After").flatMap { Int($0) }.map { Duration.seconds($0) }
        if answer.status == 429 {
            let given = answer.json(Wait.self)?.retryAfterMs.map { Duration.milliseconds($0) }
            throw DeliveryFailure.busy(wait ?? given ?? .seconds(1), reason: "too many requests")
        }
        if answer.status >= 500 { throw DeliveryFailure.failed(reason: "status \(answer.status)") }
        return answer
    }
}
