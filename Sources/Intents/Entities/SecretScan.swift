/// Finds secrets that a user pasted into a reply, so that they are refused before anything is stored or logged.
///
/// It looks for the forms that secrets have, never at what they mean, alone and inside of other values (S3 URIs, paths,
/// addresses). It errs on the side of silence for what users write all day: ARNs, S3 URIs with random-looking names, model
/// ids, hashes, paths and prose.
///
/// - Note: Source: AWS IAM User Guide "IAM identifiers" (prefixes `AKIA`, `ASIA`) and AWS STS API reference
///   "Credentials"; the documented prefixes of GitHub, Slack, Hugging Face and OpenAI tokens; RFC 6750 and RFC 7519;
///   RFC 7468 (PEM); RFC 3986 section 3.2.1 (user information); AWS Signature Version 4, query parameters. The length of AWS secret keys (40) and the beginnings of session tokens are observed.
public enum SecretScan {
    /// What kind of secret it is; the kinds may grow without breaking a caller.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String {
            case awsAccessKeyID = "AWS access key ID"
            case awsSecretAccessKey = "AWS secret access key"
            case awsSessionToken = "AWS session token"
            case apiKey = "API key"
            case bearerToken = "bearer token"
            case gitHubToken = "GitHub token"
            case slackToken = "Slack token"
            case privateKey = "private key"
            case urlSignature = "signature of a pre-signed URL"
            case urlCredential = "password or token in an address"
        }

        private let base: Base

        private init(_ base: Base) { self.base = base }

        /// The ID of an access key: not secret alone, and half of what is.
        public static let awsAccessKeyID = Kind(.awsAccessKeyID)
        /// The secret half of an access key.
        public static let awsSecretAccessKey = Kind(.awsSecretAccessKey)
        /// The token of temporary credentials.
        public static let awsSessionToken = Kind(.awsSessionToken)
        /// A key of Bedrock, Hugging Face, OpenAI or Anthropic.
        public static let apiKey = Kind(.apiKey)
        /// What follows `Bearer`, or a JSON Web Token.
        public static let bearerToken = Kind(.bearerToken)
        /// A token of GitHub.
        public static let gitHubToken = Kind(.gitHubToken)
        /// A token of Slack.
        public static let slackToken = Kind(.slackToken)
        /// A private key in PEM form, with its frame.
        public static let privateKey = Kind(.privateKey)
        /// What makes a pre-signed URL work, of S3 or another store.
        public static let urlSignature = Kind(.urlSignature)
        /// A password, token or key in the query of an address, or a password before its host.
        public static let urlCredential = Kind(.urlCredential)

        /// What to call it when talking to the user: "AWS access key ID".
        public var description: String { base.rawValue }
    }

    /// A secret and its place.
    public struct Finding: Sendable, Hashable {
        /// What it is.
        public var kind: Kind
        /// Where: a half-open UTF-8 byte range.
        public var range: Range<Int>

        /// A finding with all of its parts.
        public init(kind: Kind, range: Range<Int>) {
            self.kind = kind
            self.range = range
        }
    }

    /// Finds the secrets in a reply.
    ///
    /// - Parameter text: any text; normalised or not.
    /// - Returns: the findings in the order of the text; ranges do not overlap.
    /// - Complexity: O(n), n = bytes of the text; a reply without a word of 15 characters or more costs one pass.
    public static func findAll(in text: String) -> [Finding] {
        guard mayHoldSecret(text) else { return [] }
        return SecretSearch(ReplyBytes(text)).findAll()
    }

    /// The text with each secret replaced by its kind: `[removed: AWS session token]`.
    public static func redacted(_ text: String) -> String {
        let findings = findAll(in: text)
        guard !findings.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var redacted: [UInt8] = []
        var position = 0
        for finding in findings {
            redacted += bytes[position..<finding.range.lowerBound]
            redacted += "[removed: \(finding.kind)]".utf8
            position = finding.range.upperBound
        }
        redacted += bytes[position...]
        return String(decoding: redacted, as: UTF8.self)
    }

    /// Whether there is a word as long as a secret, or the frame of a PEM block, whose words are shorter.
    private static func mayHoldSecret(_ text: String) -> Bool {
        var length = 0
        var hyphens = 0
        return text.hasByte { byte in
            // The shortest secret has 15 characters, all of them visible.
            length = byte > 0x20 ? length + 1 : 0
            hyphens = byte == UInt8(ascii: "-") ? hyphens + 1 : 0
            return length >= 15 || hyphens >= 5
        }
    }
}
