/// The client of a user who works offline: it refuses every call and tries nothing.
public struct OfflineAWS: AWSClient {
    /// Makes the client.
    public init() {}

    /// Refuses.
    ///
    /// - Throws: ``AWSFailure`` with ``AWSFailure/Kind/offline``, always.
    public func call(_ request: AWSRequest) async throws -> AWSResponse {
        throw AWSFailure(.offline, detail: "working offline: \(request.service) \(request.operation) was not tried")
    }
}
