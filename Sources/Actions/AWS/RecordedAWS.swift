import Intents
import Synchronization

/// Plays back recorded calls, so that a conversation runs without AWS and always the same.
///
/// Of the recordings that match a request, those that fix most of it (region and parameters) answer; where two fix as
/// much, the first of the file. Recordings with the same pattern are answered in order, the last one again and again.
public final class RecordedAWS: AWSClient {
    private let groups: [Group]
    private let next: Mutex<[Int: Int]> = Mutex([:])

    /// The answers to requests of one pattern, in order.
    struct Group: Sendable {
        var pattern: AWSExchange.Pattern
        var answers: [Result<AWSResponse, AWSFailure>]
    }

    /// Makes a client of its recordings.
    ///
    /// - Complexity: O(n) memory; a call looks at every pattern.
    public convenience init(_ exchanges: [AWSExchange]) { self.init(groups: Self.groups(exchanges)) }

    /// Makes a client of recordings that are grouped already.
    init(groups: [Group]) { self.groups = groups }

    /// The recordings by their patterns, in the order of the first of each.
    static func groups(_ exchanges: [AWSExchange]) -> [Group] {
        var groups: [Group] = []
        var indices: [AWSExchange.Pattern: Int] = [:]
        for exchange in exchanges {
            if let index = indices[exchange.pattern] {
                groups[index].answers.append(exchange.answer)
            } else {
                indices[exchange.pattern] = groups.count
                groups.append(Group(pattern: exchange.pattern, answers: [exchange.answer]))
            }
        }
        return groups
    }

    /// Makes a client that plays a cassette.
    public convenience init(_ cassette: Cassette) {
        self.init(cassette.exchanges)
    }

    /// Answers as recorded.
    ///
    /// - Throws: The recorded ``AWSFailure``; one with the code `NotRecorded` that names the request where there is no
    ///   recording of it.
    public func call(_ request: AWSRequest) async throws -> AWSResponse {
        try Task.checkCancellation()
        let matching = groups.indices.filter { groups[$0].pattern.matches(request) }
        guard let most = matching.map({ groups[$0].pattern.precision }).max(),
            let group = matching.first(where: { groups[$0].pattern.precision == most })
        else {
            throw AWSFailure(.other, code: "NotRecorded", detail: "no recording answers \(request.summary)")
        }
        let answers = groups[group].answers
        let turn = next.withLock { next in
            defer { next[group, default: 0] += 1 }
            return next[group, default: 0]
        }
        return try answers[min(turn, answers.count - 1)].get()
    }
}

extension AWSRequest {
    /// The request on one line, for messages: service, operation, region and parameters as JSON.
    var summary: String {
        var text = "\(service) \(operation)"
        if let region { text += " in \(region)" }
        if !parameters.isEmpty { text += " with \(AWSJSON.encode(.record(parameters)))" }
        return text
    }
}
