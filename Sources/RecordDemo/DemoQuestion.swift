import Actions
import Intents

/// A call to be recorded, and which calls its answer is an answer to.
struct DemoQuestion: Sendable {
    /// The call that is made.
    var request: AWSRequest
    /// The parameters that a call must have in common with it to be answered so; with none of them and without the
    /// Region, it is what answers where nothing more precise does.
    var fixed: Set<String>
    /// A flag that says that a call must name the same Region.
    var fixesRegion = false

    /// Makes the call; the answer without what differs from one recording to the next.
    func ask(_ client: CLIAWSClient) async throws -> AWSExchange {
        let recorder = RecordingAWS(client)
        do {
            _ = try await recorder.call(request)
        } catch is AWSFailure {
            // It is recorded, and looked at below.
        }
        guard var exchange = recorder.cassette.exchanges.first else { throw CancellationError() }
        exchange.region = fixesRegion ? exchange.region : nil
        exchange.parameters = exchange.parameters?.filter { fixed.contains($0.key) }
        if exchange.parameters?.isEmpty == true { exchange.parameters = nil }
        switch exchange.answer {
        case .success(var response):
            response.result = Self.settled(response.result)
            exchange.answer = .success(response)
        case .failure(var failure):
            guard [.notFound, .other].contains(failure.kind), failure.code != nil else { throw failure }
            let asked = request.parameters.filter { !fixed.contains($0.key) }.compactMap(\.value.text)
            // What names the thing that was asked for would be wrong of others.
            if asked.contains(where: { failure.detail.contains($0) }) { failure.detail = "" }
            exchange.answer = .failure(failure)
        }
        return exchange
    }

    private static let times: Set = ["CreateDate", "CreationTime", "LastModified", "LastModifiedTime", "LastUsedDate"]
    private static let identifiers: Set = ["RoleId", "UserId"]
    /// Members that depend on the requested range, which isn't fixed.
    private static let ranges: Set = ["ContentRange"]

    private static func settled(_ value: Value) -> Value {
        switch value {
        case .record(let fields):
            .record(
                Dictionary(
                    uniqueKeysWithValues: fields.compactMap { key, value in
                        if ranges.contains(key) { return nil }
                        if times.contains(key) { return (key, "2026-11-02T09:00:00+00:00") }
                        if identifiers.contains(key) { return (key, "AROAUSHERDEMO") }
                        return (key, settled(value))
                    }
                )
            )
        case .list(let elements): .list(elements.map(settled))
        case .text, .number, .flag: value
        }
    }
}
