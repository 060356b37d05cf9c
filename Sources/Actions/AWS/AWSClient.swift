internal import Foundation
public import Intents

/// One AWS API call.
public struct AWSRequest: Sendable, Hashable, Codable {
    /// The service as the AWS CLI names it, such as `sagemaker`, `s3api`, `bedrock`, `sts`, `iam`.
    public var service: String
    /// The operation as the AWS CLI names it, such as `list-model-packages`.
    public var operation: String
    /// The region to ask; `nil` means the one the user's configuration names.
    public var region: String?
    /// The parameters under their API names, such as `ModelPackageGroupName`.
    public var parameters: [String: Value]
    /// The bytes to send as the streamed `Body` (`s3api put-object`, `s3api upload-part`); empty where there is none.
    public var body: [UInt8]

    /// Makes a request.
    public init(
        _ service: String,
        _ operation: String,
        region: String? = nil,
        parameters: [String: Value] = [:],
        body: [UInt8] = []
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        self.parameters = parameters
        self.body = body
    }

    private enum CodingKeys: String, CodingKey {
        case service, operation, region, parameters, body
    }

    /// Reads a request; the body, where there is one, in Base64.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        service = try container.decode(String.self, forKey: .service)
        operation = try container.decode(String.self, forKey: .operation)
        region = try container.decodeIfPresent(String.self, forKey: .region)
        parameters = try container.decode([String: Value].self, forKey: .parameters)
        body = try container.decodeIfPresent(Data.self, forKey: .body).map { [UInt8]($0) } ?? []
    }

    /// Writes a request; an empty body is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(service, forKey: .service)
        try container.encode(operation, forKey: .operation)
        try container.encodeIfPresent(region, forKey: .region)
        try container.encode(parameters, forKey: .parameters)
        if !body.isEmpty { try container.encode(Data(body), forKey: .body) }
    }
}

/// What AWS answered.
public struct AWSResponse: Sendable, Hashable {
    /// The JSON result, keys as the API names them.
    ///
    /// Numbers with a fraction come as text.
    public var result: Value
    /// The bytes of a streamed body (`s3api get-object`); empty where there is none.
    public var body: [UInt8]

    /// Makes a response.
    public init(result: Value, body: [UInt8] = []) {
        self.result = result
        self.body = body
    }
}

/// Makes AWS calls.
///
/// One real implementation runs the `aws` command; the others record, play back or refuse.
public protocol AWSClient: Sendable {
    /// Makes one call.
    ///
    /// - Throws: ``AWSFailure``, classified; never anything else but `CancellationError`.
    func call(_ request: AWSRequest) async throws -> AWSResponse

    /// Whether what makes the calls knows a member of an operation's input, at any depth.
    ///
    /// An old `aws` command leaves out of an answer what its version does not know, without a word. Where an answer
    /// lacks something, this tells whether AWS could have said it.
    ///
    /// - Parameters:
    ///   - member: The member's API name, such as `BaseModel`.
    ///   - operation: The operation as the AWS CLI names it.
    ///   - service: The service as the AWS CLI names it.
    /// - Returns: `false` only where it is certain.
    func knows(_ member: String, inInputOf operation: String, of service: String) async -> Bool
}

extension AWSClient {
    /// Everything is known, unless an implementation says otherwise.
    public func knows(_ member: String, inInputOf operation: String, of service: String) async -> Bool { true }
}
