public import Intents

/// One AWS API call.
public struct AWSRequest: Sendable, Hashable, Codable {
    /// The service as the AWS CLI names it, e.g. `sagemaker`, `s3api`, `bedrock`, `sts`, `iam`.
    public var service: String
    /// The operation as the AWS CLI names it, e.g. `list-model-packages`.
    public var operation: String
    /// The region to ask; `nil` means the one the user's configuration names.
    public var region: String?
    /// The parameters under their API names, e.g. `ModelPackageGroupName`.
    public var parameters: [String: Value]

    /// Makes a request.
    public init(_ service: String, _ operation: String, region: String? = nil, parameters: [String: Value] = [:]) {
        self.service = service
        self.operation = operation
        self.region = region
        self.parameters = parameters
    }
}

/// What AWS answered.
public struct AWSResponse: Sendable, Hashable {
    /// The JSON result, keys as the API names them. Numbers with a fraction come as text.
    public var result: Value
    /// The bytes of a streamed body (`s3api get-object`); empty where there is none.
    public var body: [UInt8]

    /// Makes a response.
    public init(result: Value, body: [UInt8] = []) {
        self.result = result
        self.body = body
    }
}

/// Makes AWS calls. One real implementation runs the `aws` command; the others record, play back or refuse.
public protocol AWSClient: Sendable {
    /// Makes one call.
    ///
    /// - Throws: ``AWSFailure``, classified; never anything else but `CancellationError`.
    func call(_ request: AWSRequest) async throws -> AWSResponse
}
