/// Secrets that only their place gives away: in the query of an address, or before its host.
extension SecretSearch {
    /// Names of query parameters whose value lets its holder in; letters and digits alone, in lower case.
    private static let signatureNames: Set<String> = ["signature", "sig", "xamzsignature", "xgoogsignature"]
    private static let passwordNames: Set<String> = ["password", "passwd", "pwd", "secret", "clientsecret"]
    private static let tokenNames: Set<String> = [
        "token", "accesstoken", "apitoken", "authtoken", "idtoken", "refreshtoken", "sessiontoken", "securitytoken",
        "xamzsecuritytoken", "accesskey", "accountkey", "apikey", "secretkey", "subscriptionkey", "xapikey",
    ]

    /// The credential that begins at an offset, or whose user name does.
    func credentialInAddress(at start: Int) -> SecretScan.Finding? {
        credentialInQuery(at: start) ?? passwordBeforeHost(at: start)
    }

    /// The value of a parameter such as `X-Amz-Signature`; elsewhere than in a query `name=value` is the name of a folder.
    private func credentialInQuery(at start: Int) -> SecretScan.Finding? {
        guard let name = parameterName(before: start) else { return nil }
        let isPassword = Self.passwordNames.contains(name)
        let isSignature = Self.signatureNames.contains(name)
        // "key" is the name of an object as well, which has a folder or an ending, or reads as words do.
        let isKey = name == "key"
        guard isPassword || isSignature || isKey || Self.tokenNames.contains(name) else { return nil }
        let end = reply.endWithoutPunctuation(
            start..<endOfRun(from: start) { byte in
                byte > 0x20 && byte < 0x7F && !Self.isOneOf(byte, "&#\"'`<>[]") && !(isKey && Self.isOneOf(byte, "/."))
            }
        )
        if isKey, Self.isOneOf(reply.byte(end), "/.") { return nil }
        guard isPassword ? end - start >= 6 : end - start >= 16 && looksOpaque(start..<end) else { return nil }
        return SecretScan.Finding(kind: isSignature ? .urlSignature : .urlCredential, range: start..<end)
    }

    /// The name of the query parameter whose value begins at an offset.
    private func parameterName(before start: Int) -> String? {
        guard reply.byte(start - 1) == UInt8(ascii: "=") else { return nil }
        var nameStart = start - 1
        while start - nameStart <= 40,
            ByteClass.isAlphanumeric(reply.byte(nameStart - 1))
                || Self.isOneOf(reply.byte(nameStart - 1), "-_.")
        {
            nameStart -= 1
        }
        guard Self.isOneOf(reply.byte(nameStart - 1), "?&#;") else { return nil }
        return String(decoding: folded(nameStart..<(start - 1)), as: UTF8.self)
    }

    /// The password in `scheme://user:password@host`, where the user begins at an offset.
    private func passwordBeforeHost(at start: Int) -> SecretScan.Finding? {
        guard reply.hasWord("://", at: start - 3) else { return nil }
        func belongs(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !Self.isOneOf(byte, "/@:\"'`<>[]") }
        let colon = endOfRun(from: start, belongs)
        guard reply.byte(colon) == UInt8(ascii: ":") else { return nil }
        let end = endOfRun(from: colon + 1, belongs)
        guard end > colon + 1, reply.byte(end) == UInt8(ascii: "@") else { return nil }
        return SecretScan.Finding(kind: .urlCredential, range: (colon + 1)..<end)
    }

    /// Letters and digits that alternate more than they do in names, where words and years stand in pieces.
    private func looksOpaque(_ range: Range<Int>) -> Bool {
        guard looksMixed(range) else { return false }
        return alternations(in: reply.bytes[range]) * 4 >= range.count
    }
}
