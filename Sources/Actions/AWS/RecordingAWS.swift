import Synchronization

/// Passes calls on to another client and keeps what came back, to be played later by ``RecordedAWS``.
///
/// Exchanges are kept in the order in which calls began, each with its whole request. A cancelled call leaves none.
public final class RecordingAWS: AWSClient {
    private let client: any AWSClient
    private let exchanges: Mutex<[AWSExchange?]> = Mutex([])

    /// Makes a recorder around a client.
    public init(_ client: any AWSClient) {
        self.client = client
    }

    /// What was recorded until now.
    public var cassette: Cassette {
        Cassette(exchanges: exchanges.withLock { $0.compactMap(\.self) })
    }

    /// Makes the call with the wrapped client.
    ///
    /// - Throws: What the wrapped client throws.
    public func call(_ request: AWSRequest) async throws -> AWSResponse {
        let place = exchanges.withLock { exchanges in
            exchanges.append(nil)
            return exchanges.count - 1
        }
        do {
            let response = try await client.call(request)
            keep(request, .success(response), at: place)
            return response
        } catch let failure as AWSFailure {
            keep(request, .failure(failure), at: place)
            throw failure
        }
    }

    /// What the wrapped client says; it is not recorded.
    public func knows(_ member: String, inInputOf operation: String, of service: String) async -> Bool {
        await client.knows(member, inInputOf: operation, of: service)
    }

    private func keep(_ request: AWSRequest, _ answer: Result<AWSResponse, AWSFailure>, at place: Int) {
        let exchange = AWSExchange(
            request.service,
            request.operation,
            region: request.region,
            parameters: request.parameters,
            answer: answer
        )
        exchanges.withLock { $0[place] = exchange }
    }
}
