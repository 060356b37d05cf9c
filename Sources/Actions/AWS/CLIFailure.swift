/// Tells from the exit code and the error text of the `aws` command why a call failed.
///
/// Version 1 ends with 255 for every failure at run time and 2 for a usage error; version 2 with 252 (usage), 253
/// (configuration), 254 (the service refused) or 255. The texts say more than the codes, so they decide: first the
/// service's code in `An error occurred (CODE) when calling the OPERATION operation: MESSAGE`, then sentences of the
/// command itself, and the exit code last. Source: AWS CLI sources (`clidriver.py`, `errorhandler.py`), botocore
/// `exceptions.py`.
enum CLIFailure {
    /// Classifies one failure; pure.
    ///
    /// - Parameters:
    ///   - exitCode: The exit code; 128 plus the signal where a signal ended the command.
    ///   - errors: What the command wrote to its standard error.
    /// - Returns: A failure whose detail is one clean line, without secrets.
    static func classify(_ exitCode: Int32, _ errors: String) -> AWSFailure {
        let text = errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let refusal = Refusal(text) {
            let kind = refusal.kind ?? sentenceKind(refusal.message) ?? .other
            return AWSFailure(kind, code: refusal.code, detail: SecretText.cleaned(refusal.message))
        }
        let detail = SecretText.cleaned(telling(errors))
        if let kind = sentenceKind(text) { return AWSFailure(kind, detail: detail) }
        switch exitCode {
        case 126, 127: return AWSFailure(.cliMissing, detail: detail)
        default:
            return AWSFailure(.other, detail: detail.isEmpty ? "the aws command ended with code \(exitCode)" : detail)
        }
    }

    private static func sentenceKind(_ text: String) -> AWSFailure.Kind? {
        let text = text.lowercased()
        return sentences.first { text.contains($0.part) }?.kind
    }

    /// The part of the error text worth showing: from the line that carries the command's name or a known sentence on,
    /// without the usage lines and warnings before it.
    private static func telling(_ errors: String) -> String {
        let lines = errors.split(whereSeparator: \.isNewline).map(String.init)
        let start = lines.firstIndex { line in
            line.hasPrefix("aws: ") || sentences.contains { line.lowercased().contains($0.part) }
        }
        let text = lines[(start ?? 0)...].joined(separator: " ")
        for prefix in ["aws: [ERROR]: ", "aws: error: "] where text.hasPrefix(prefix) {
            return String(text.dropFirst(prefix.count))
        }
        return text
    }

    /// Sentences of the command itself, in lower case; the first that occurs decides.
    private static let sentences: [(part: String, kind: AWSFailure.Kind)] = [
        // Credentials that were good once.
        ("sso session associated with this profile has expired", .expiredCredentials),
        ("your session has expired", .expiredCredentials),
        ("token has expired and refresh failed", .expiredCredentials),
        ("session token not found or invalid", .expiredCredentials),
        ("refreshed credentials are still expired", .expiredCredentials),
        ("mfa token required", .expiredCredentials),
        ("included in the request is expired", .expiredCredentials),
        ("expiredtoken", .expiredCredentials),
        // None, or none that could be loaded.
        ("unable to locate credentials", .noCredentials),
        ("unable to locate authorization token", .noCredentials),
        ("partial credentials found", .noCredentials),
        ("error loading sso token", .noCredentials),
        ("error when retrieving credentials from", .noCredentials),
        ("error when retrieving token from", .noCredentials),
        ("error retrieving metadata", .noCredentials),
        ("the config profile (", .noCredentials),
        // A region.
        ("you must specify a region", .noRegion),
        ("invalid endpoint: https://", .noRegion),
        // The network.
        ("could not connect to the endpoint url", .unreachable),
        ("connect timeout on endpoint url", .unreachable),
        ("read timeout on endpoint url", .unreachable),
        ("connection was closed before we received", .unreachable),
        ("failed to connect to proxy url", .unreachable),
        ("ssl validation failed", .unreachable),
        ("an http client failed to establish", .unreachable),
        ("an http client raised an unhandled exception", .unreachable),
        ("error occurred while reading from response stream", .unreachable),
        // A command that is too old or not whole.
        ("invalid choice", .cliMissing),
        ("unknown options:", .cliMissing),
        ("unknown parameter in input", .cliMissing),
        ("unknown service:", .cliMissing),
        ("modulenotfounderror", .cliMissing),
        ("command not found", .cliMissing),
        ("error while loading shared libraries", .cliMissing),
    ]
}

/// What a service refused, as the command tells it.
private struct Refusal {
    var code: String
    var message: String

    /// Finds the refusal in a text whose white space is single spaces.
    init?(_ text: String) {
        guard let start = text.firstRange(of: "An error occurred (") else { return nil }
        let rest = text[start.upperBound...]
        guard let end = rest.firstRange(of: ")") else { return nil }
        var tail = rest[end.upperBound...]
        if let retries = tail.firstRange(of: " operation (reached max retries: ") { tail = tail[retries.upperBound...] }
        guard let colon = tail.firstRange(of: ": ") else { return nil }
        code = String(rest[..<end.lowerBound])
        // Version 2 adds a list of further fields below the message.
        let message = tail[colon.upperBound...]
        let addition = message.firstRange(of: " Additional error details:")
        self.message = String(message[..<(addition?.lowerBound ?? message.endIndex)])
    }

    var kind: AWSFailure.Kind? {
        let words = message.lowercased()
        if words.contains("token included in the request is expired") { return .expiredCredentials }
        // The clock of this machine is wrong; other credentials would not help.
        if code == "RequestTimeTooSkewed" || words.contains("signature expired") || words.contains("signature not yet")
        {
            return .other
        }
        if let kind = Self.kinds[code] { return kind }
        if code.hasPrefix("ExpiredToken") { return .expiredCredentials }
        if code.hasPrefix("AccessDenied") { return .denied }
        if code.hasPrefix("Throttl") || code.hasPrefix("TooManyRequests") { return .throttled }
        if code.hasPrefix("NoSuch") || code.contains("NotFound") { return .notFound }
        if code.hasPrefix("Validation") {
            let isMissing = Self.missing.contains { words.contains($0) }
            return isMissing ? .notFound : .other
        }
        return nil
    }

    /// What a validation error says of a thing that is not there: SageMaker has no code of its own for it.
    private static let missing = [
        "does not exist", "doesn't exist", "could not find", "cannot find", "can not find", "unable to find",
        "was not found", "not found", "no such",
    ]

    private static let kinds: [String: AWSFailure.Kind] = [
        "404": .notFound,
        "403": .denied,
        "AllAccessDisabled": .denied,
        "AuthorizationError": .denied,
        "AuthorizationErrorException": .denied,
        "Forbidden": .denied,
        "ForbiddenException": .denied,
        "NotAuthorized": .denied,
        "OptInRequired": .denied,
        "SubscriptionRequiredException": .denied,
        "UnauthorizedOperation": .denied,
        "InvalidGrantException": .expiredCredentials,
        "RequestExpired": .expiredCredentials,
        "TokenRefreshRequired": .expiredCredentials,
        "UnauthorizedException": .expiredCredentials,
        "AuthFailure": .noCredentials,
        "IncompleteSignature": .noCredentials,
        "IncompleteSignatureException": .noCredentials,
        "InvalidAccessKeyId": .noCredentials,
        "InvalidClientTokenId": .noCredentials,
        "InvalidSignatureException": .noCredentials,
        "InvalidToken": .noCredentials,
        "MissingAuthenticationToken": .noCredentials,
        "MissingAuthenticationTokenException": .noCredentials,
        "NoCredentials": .noCredentials,
        "SignatureDoesNotMatch": .noCredentials,
        "UnrecognizedClientException": .noCredentials,
        "NoRegion": .noRegion,
        "BandwidthLimitExceeded": .throttled,
        "EC2ThrottledException": .throttled,
        "ProvisionedThroughputExceededException": .throttled,
        "RequestLimitExceeded": .throttled,
        "RequestThrottled": .throttled,
        "RequestThrottledException": .throttled,
        "SlowDown": .throttled,
        "502": .unreachable,
        "503": .unreachable,
        "504": .unreachable,
        "GatewayTimeout": .unreachable,
        "RequestTimeout": .unreachable,
        "ServiceUnavailable": .unreachable,
        "ServiceUnavailableException": .unreachable,
    ]
}
