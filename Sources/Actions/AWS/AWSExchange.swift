public import Intents

/// A recorded call: which requests it answers, and with what.
public struct AWSExchange: Sendable, Hashable {
    /// The service, as in ``AWSRequest/service``.
    public var service: String
    /// The operation, as in ``AWSRequest/operation``.
    public var operation: String
    /// The region that the request must name; `nil` answers any, also none.
    public var region: String?
    /// Parameters that the request must have, equal, beside any others; `nil` answers any.
    public var parameters: [String: Value]?
    /// What comes back.
    public var answer: Result<AWSResponse, AWSFailure>

    /// Makes an exchange.
    public init(
        _ service: String,
        _ operation: String,
        region: String? = nil,
        parameters: [String: Value]? = nil,
        answer: Result<AWSResponse, AWSFailure>
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        self.parameters = parameters
        self.answer = answer
    }

    /// An exchange that answers with a result.
    public static func success(
        _ service: String,
        _ operation: String,
        region: String? = nil,
        parameters: [String: Value]? = nil,
        result: Value = .record([:]),
        body: [UInt8] = []
    ) -> AWSExchange {
        AWSExchange(
            service,
            operation,
            region: region,
            parameters: parameters,
            answer: .success(AWSResponse(result: result, body: body))
        )
    }

    /// An exchange that answers with a failure.
    public static func failure(
        _ service: String,
        _ operation: String,
        region: String? = nil,
        parameters: [String: Value]? = nil,
        _ kind: AWSFailure.Kind,
        code: String? = nil,
        detail: String = ""
    ) -> AWSExchange {
        AWSExchange(
            service,
            operation,
            region: region,
            parameters: parameters,
            answer: .failure(AWSFailure(kind, code: code, detail: detail))
        )
    }
}

extension AWSExchange {
    /// Which requests an exchange answers; exchanges with the same pattern are the answers to one request in turn.
    struct Pattern: Hashable {
        var service: String
        var operation: String
        var region: String?
        var parameters: [String: Value]?
    }

    var pattern: Pattern {
        Pattern(service: service, operation: operation, region: region, parameters: parameters)
    }
}

extension AWSExchange.Pattern {
    func matches(_ request: AWSRequest) -> Bool {
        guard service == request.service, operation == request.operation else { return false }
        if let region, region != request.region { return false }
        return (parameters ?? [:]).allSatisfy { request.parameters[$0.key] == $0.value }
    }

    /// How much of a request it fixes; of the patterns that match, the one that fixes most answers.
    var precision: Int {
        (parameters?.count ?? 0) + (region == nil ? 0 : 1)
    }
}
