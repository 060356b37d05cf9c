import Intents
import Synchronization

/// An AWS account that is made of recordings, and whose buckets keep what is put into them.
///
/// A conversation so reads again what it has written, which recordings alone could not know.
public final class RecordedAccount: AWSClient {
    private let recordings: RecordedAWS
    private let region: String
    private let kept: Mutex<Cassette>
    private let save: @Sendable (Cassette) -> Void

    /// Makes an account.
    ///
    /// - Parameters:
    ///   - cassettes: Files of recorded calls, each with its name for messages; earlier ones come first.
    ///   - region: The Region of calls that name none.
    ///   - kept: The objects that were put before, as `save` got them.
    ///   - save: Takes all objects that were put, after each that is.
    /// - Throws: Errors with file, line and column.
    public init(
        cassettes: [(name: String, text: String)],
        region: String,
        kept: Cassette = Cassette(),
        save: @escaping @Sendable (Cassette) -> Void = { _ in }
    ) throws {
        recordings = RecordedAWS(
            Cassette(exchanges: try cassettes.flatMap { try Cassette(yaml: $0.text, file: $0.name).exchanges })
        )
        self.region = region
        self.kept = Mutex(kept)
        self.save = save
    }

    /// Answers with an object that was put, else as recorded.
    ///
    /// The recordings decide whether an object may be put.
    ///
    /// - Throws: The recorded ``AWSFailure``; one with the code `NotRecorded` where there is no recording of the request.
    public func call(_ request: AWSRequest) async throws -> AWSResponse {
        try Task.checkCancellation()
        var request = request
        request.region = request.region ?? region
        guard request.service == "s3api", let place = Self.place(in: request) else {
            return try await recordings.call(request)
        }
        switch request.operation {
        case "put-object":
            guard request.parameters["IfNoneMatch"] == nil || object(at: place) == nil else {
                throw AWSFailure(.other, code: "PreconditionFailed", detail: "something of that name is there")
            }
            let response = try await recordings.call(request)
            keep(request.body, at: place)
            return response
        case "get-object":
            if let object = object(at: place) { return object }
        case "head-object":
            if object(at: place) != nil { return AWSResponse(result: .record([:])) }
        default: break
        }
        return try await recordings.call(request)
    }

    /// Bucket and key, where a request names both.
    private static func place(in request: AWSRequest) -> [String: Value]? {
        guard let bucket = request.parameters["Bucket"], let key = request.parameters["Key"] else { return nil }
        return ["Bucket": bucket, "Key": key]
    }

    private func object(at place: [String: Value]) -> AWSResponse? {
        kept.withLock { kept in try? kept.exchanges.first { $0.parameters == place }?.answer.get() }
    }

    private func keep(_ bytes: [UInt8], at place: [String: Value]) {
        kept.withLock { kept in
            kept.exchanges.removeAll { $0.parameters == place }
            kept.exchanges.append(.success("s3api", "get-object", parameters: place, body: bytes))
            save(kept)
        }
    }
}
