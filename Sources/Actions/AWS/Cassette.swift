/// Recorded AWS calls as a file that people read and write: YAML, one entry a call.
///
/// ```yaml
/// exchanges:
///   - service: sagemaker                 # as the aws command names it
///     operation: list-model-packages
///     region: us-west-2                  # optional; without it any region is answered
///     parameters:                        # optional; the request must have these, it may have others
///       ModelPackageGroupName: support-bot
///     result:                            # the JSON answer, keys as the API names them
///       ModelPackageSummaryList: []
///   - service: sts
///     operation: get-caller-identity
///     failure:
///       kind: expired_credentials        # a raw value of AWSFailure.Kind
///       code: ExpiredToken               # optional
///       detail: The security token included in the request is expired   # optional
///   - service: s3api
///     operation: get-object
///     body: |                            # or body_base64: for bytes that are no text
///       {"query": "Where is my order?"}
/// ```
///
/// Each entry has either `failure` or at least one of `result`, `body`, `body_base64`. Plain `true`, `false` and whole
/// numbers are what they look like, `null` is absent, every other scalar is a text. Which entry answers a request is
/// ``RecordedAWS``'s rule.
public struct Cassette: Sendable, Hashable {
    /// The calls in the order of the file.
    public var exchanges: [AWSExchange]

    /// Makes a cassette.
    public init(exchanges: [AWSExchange] = []) {
        self.exchanges = exchanges
    }
}
