/// Why an AWS call gave no answer, in the classes a user can do something about.
public struct AWSFailure: Error, Sendable, Hashable {
    /// The class of a failure.
    ///
    /// Its raw value is the outcome that actions report, so flows branch on it.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// The thing named does not exist (in this account and region).
        case notFound = "not_found"
        /// The caller's permissions forbid it.
        case denied
        /// The credentials were valid once and have expired.
        case expiredCredentials = "expired_credentials"
        /// No credentials were found, or AWS does not know them.
        case noCredentials = "no_credentials"
        /// No region was given and none is configured.
        case noRegion = "no_region"
        /// Too many requests; retries were used up.
        case throttled
        /// No connection, or no answer in time.
        case unreachable
        /// There is no `aws` command, or it is too old to know the operation.
        case cliMissing = "cli_missing"
        /// The user works offline; nothing was tried.
        case offline
        /// AWS refused the request as invalid, or something that fits no other class.
        case other = "aws_error"
    }

    /// The class.
    public var kind: Kind
    /// The service's own code, such as `AccessDeniedException`, where one was given.
    public var code: String?
    /// What happened in the service's or the command's own words, one line, without secrets; for logs and details.
    public var detail: String

    /// Makes a failure.
    public init(_ kind: Kind, code: String? = nil, detail: String = "") {
        self.kind = kind
        self.code = code
        self.detail = detail
    }
}
