/// Looks for secrets at the words of a reply.
struct SecretSearch {
    let reply: ReplyBytes
    private let runs: [Range<Int>]
    private let hasAccessKeyID: Bool

    init(_ reply: ReplyBytes) {
        self.reply = reply
        runs = Self.runs(in: reply)
        hasAccessKeyID = runs.contains { Self.endOfAccessKeyID(at: $0.lowerBound, in: reply) != nil }
    }

    func findAll() -> [SecretScan.Finding] {
        var found: [SecretScan.Finding] = []
        for run in runs {
            guard run.lowerBound >= found.last?.range.upperBound ?? 0 else { continue }
            if let finding = finding(at: run) { found.append(finding) }
        }
        return found
    }

    /// The runs of letters, digits, `+` and `/`, and what is left of each after a `/`, a `+` or an encoded sign: a secret may
    /// stand in a path.
    private static func runs(in reply: ReplyBytes) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for offset in 0...reply.count where offset == reply.count || !isKeyByte(reply.bytes[offset]) {
            // Prefixes such as "ghp" and "BEGIN" are short; what they begin is measured where they are looked at.
            if offset - start >= 2 || start < offset && reply.byte(start - 1) == UInt8(ascii: "=") {
                runs.append(start..<offset)
                for inner in start..<offset where inner > start && opensInside(inner, in: reply) {
                    runs.append(inner..<offset)
                }
            }
            start = offset + 1
        }
        return runs
    }

    /// Whether a secret may begin inside of a run: after `/` or `+`, or after an encoded sign such as `%2F`.
    private static func opensInside(_ offset: Int, in reply: ReplyBytes) -> Bool {
        let before = reply.byte(offset - 1)
        return before == UInt8(ascii: "/") || before == UInt8(ascii: "+") || followsEncodedSign(offset, in: reply)
    }

    private static func followsEncodedSign(_ offset: Int, in reply: ReplyBytes) -> Bool {
        reply.byte(offset - 3) == UInt8(ascii: "%") && ByteClass.isHex(reply.byte(offset - 2))
            && ByteClass.isHex(reply.byte(offset - 1))
    }

    /// The secret that begins at a run.
    private func finding(at run: Range<Int>) -> SecretScan.Finding? {
        if let end = endOfPrivateKey(at: run) {
            return SecretScan.Finding(kind: .privateKey, range: (run.lowerBound - 5)..<end)
        }
        return finding(inValueAt: run) ?? credentialInAddress(at: run.lowerBound)
    }

    private func finding(inValueAt run: Range<Int>) -> SecretScan.Finding? {
        let start = run.lowerBound
        if let token = prefixedToken(at: run) { return token }
        if let end = Self.endOfAccessKeyID(at: start, in: reply) {
            return SecretScan.Finding(kind: .awsAccessKeyID, range: start..<end)
        }
        if let end = endOfSessionToken(at: run) {
            return SecretScan.Finding(kind: .awsSessionToken, range: start..<end)
        }
        if let end = endOfSecretAccessKey(at: run) {
            return SecretScan.Finding(kind: .awsSecretAccessKey, range: start..<end)
        }
        if let end = endOfBearerToken(at: run) {
            return SecretScan.Finding(kind: .bearerToken, range: start..<end)
        }
        return nil
    }

    /// Whether a run is what is left of a longer one.
    private func isInside(_ run: Range<Int>) -> Bool { Self.isKeyByte(reply.byte(run.lowerBound - 1)) }

    // MARK: AWS

    private static let accessKeyPrefixes: [StaticString] = ["akia", "asia", "abia", "acca"]

    /// The end of the ID of an access key: one of four prefixes and 16 or more of `A-Z0-9`.
    ///
    /// `AKIA` begins long-term keys, `ASIA` temporary ones, `ABIA` and `ACCA` bearer and context-specific ones. `AROA`
    /// and `AIDA` name roles and users and are no keys. In a path or a chain of words `ASIA` may begin a name
    /// (`ASIAPACIFICSALES2024`), so there a letter must follow a digit, as it does in 19 of 20 IDs.
    private static func endOfAccessKeyID(at start: Int, in reply: ReplyBytes) -> Int? {
        guard accessKeyPrefixes.contains(where: { reply.hasWord($0, at: start) }) else { return nil }
        var end = start
        var isMixed = false
        while ByteClass.isUpper(reply.byte(end)) || ByteClass.isDigit(reply.byte(end)) {
            isMixed = isMixed || ByteClass.isDigit(reply.byte(end)) && ByteClass.isUpper(reply.byte(end + 1))
            end += 1
        }
        let before = reply.byte(start - 1)
        guard (20...128).contains(end - start), !ByteClass.isAlphanumeric(reply.byte(end)),
            !ByteClass.isAlphanumeric(before) || followsEncodedSign(start, in: reply)
        else { return nil }
        let isInChain = isOneOf(before, "/+_-.") || isOneOf(reply.byte(end), "/+_-")
        return !isInChain || isMixed || reply.hasWord("akia", at: start) ? end : nil
    }

    /// The end of a secret access key: exactly 40 of `A-Za-z0-9+/` that look random, and a reason to think so.
    ///
    /// A reason is a label before it, an access key ID in the same reply, or nothing else in the reply. Inside of a path
    /// only the ID is one: names there may look random.
    private func endOfSecretAccessKey(at run: Range<Int>) -> Int? {
        let end = run.lowerBound + 40
        let isWholeRun = run.count == 40 && !isInside(run)
        guard isWholeRun || hasAccessKeyID, run.upperBound >= end else { return nil }
        guard Self.isBoundary(reply.byte(end)) else { return nil }
        let bytes = reply.bytes[run.lowerBound..<end]
        guard !bytes.allSatisfy(ByteClass.isHex) else { return nil }
        if isWholeRun, hasLabel(["secretaccesskey", "secretkey"], before: run.lowerBound) { return end }
        guard looksRandom(bytes) else { return nil }
        if hasAccessKeyID { return end }
        let token = reply.bytes[reply.token(around: run.lowerBound)]
        let isInAddress = token.contains(UInt8(ascii: ":")) && token.contains(UInt8(ascii: "/")) && token.count > 60
        guard !isInAddress else { return nil }
        return hasLabel(["secret"], before: run.lowerBound) || isWholeReply(run) ? end : nil
    }

    /// Small and capital letters and digits that alternate as in random text, and few slashes.
    ///
    /// In random base64 some 25 of 39 neighbours are of different classes and one sign in 64 is a slash; names in a
    /// path alternate less, and a path has more slashes.
    private func looksRandom(_ bytes: ArraySlice<UInt8>) -> Bool {
        let alternations = alternations(in: bytes)
        return alternations >= 14 && bytes.count { $0 == UInt8(ascii: "/") } <= 3
            && bytes.contains(where: ByteClass.isLower) && bytes.contains(where: ByteClass.isUpper)
            && bytes.contains(where: ByteClass.isDigit)
    }

    /// How many neighbours are of different classes: small letters, capitals, digits, others.
    func alternations(in bytes: ArraySlice<UInt8>) -> Int {
        func group(_ byte: UInt8) -> Int {
            ByteClass.isLower(byte) ? 0 : ByteClass.isUpper(byte) ? 1 : ByteClass.isDigit(byte) ? 2 : 3
        }
        return zip(bytes, bytes.dropFirst()).count { group($0) != group($1) }
    }

    private func isWholeReply(_ run: Range<Int>) -> Bool {
        let whole = reply.trimmedRange
        let outside = [whole.lowerBound..<run.lowerBound, run.upperBound..<whole.upperBound]
        return outside.allSatisfy { range in reply.bytes[range].allSatisfy { "\"'`.,;".utf8.contains($0) } }
    }

    /// The end of a session token: one begins with `IQoJ`, `FwoG`, `FQoG` or `AQoD` and is long.
    ///
    /// Directly after its name 16 signs are enough.
    private func endOfSessionToken(at run: Range<Int>) -> Int? {
        guard run.count >= 12 else { return nil }
        let start = run.lowerBound
        let beginnings = ["IQoJ", "FwoG", "FQoG", "AQoD"]
        let isKnown = beginnings.contains { reply.bytes[run].starts(with: $0.utf8) }
        // Each part of a long path is looked at: only what begins as a token does and soon has a digit is read on.
        guard !isInside(run) || isKnown && looksMixed(run.prefix(60)) else { return nil }
        var end = endOfRun(from: start) { Self.isKeyByte($0) || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "%") }
        guard end - start >= 16 else { return nil }
        let labels = ["sessiontoken", "securitytoken"]
        let isLong = end - start >= 60 && (isKnown || hasLabel(labels, before: start))
        let isNamed = end - start >= 16 && hasLabel(labels, directlyBefore: start)
        guard (isLong || isNamed) && looksMixed(start..<end) else { return nil }
        // A terminal may have broken it into lines.
        while end < reply.count, reply.bytes[end] == 0x0A || reply.bytes[end] == 0x0D {
            var next = end
            while reply.byte(next) == 0x0A || reply.byte(next) == 0x0D { next += 1 }
            let nextEnd = endOfRun(from: next) { Self.isKeyByte($0) || $0 == UInt8(ascii: "=") }
            guard nextEnd - next >= 20 else { break }
            end = nextEnd
        }
        return end
    }

    // MARK: Others

    private struct Prefix {
        var text: String
        var kind: SecretScan.Kind
        /// Letters and digits, and these.
        var extraBytes: StaticString
        var minimumLength: Int
    }

    /// What tokens begin with; the first letters are those that ``prefixedToken(at:)`` looks for.
    private static let prefixes: [Prefix] =
        ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map {
            Prefix(text: $0, kind: .gitHubToken, extraBytes: "_", minimumLength: 40)
        }
        + ["xoxa-", "xoxb-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xapp-"].map {
            Prefix(text: $0, kind: .slackToken, extraBytes: "-.%", minimumLength: 15)
        }
        + [
            Prefix(text: "github_pat_", kind: .gitHubToken, extraBytes: "_", minimumLength: 33),
            Prefix(text: "hf_", kind: .apiKey, extraBytes: "", minimumLength: 33),
            Prefix(text: "sk-", kind: .apiKey, extraBytes: "-_", minimumLength: 35),
            Prefix(text: "ABSK", kind: .apiKey, extraBytes: "+/=", minimumLength: 60),
            Prefix(text: "bedrock-api-key-", kind: .apiKey, extraBytes: "+/=-_", minimumLength: 60),
        ]

    /// A token that its prefix gives away; it must hold a digit, which prose does not.
    ///
    /// After `sk-` it must hold capitals too: "sk-learn-churn-model-2024" is a name.
    private func prefixedToken(at run: Range<Int>) -> SecretScan.Finding? {
        let start = run.lowerBound
        let first = reply.bytes[start]
        guard Self.isOneOf(first, "gxhsAb"), Self.opensToken(reply.byte(start - 1)) else { return nil }
        for prefix in Self.prefixes where prefix.text.utf8.first == first {
            guard reply.bytes[start...].starts(with: prefix.text.utf8) else { continue }
            guard !isInside(run) || prefix.minimumLength < 60 || looksMixed(run.prefix(60)) else { continue }
            let end = endOfRun(from: start + prefix.text.utf8.count) { byte in
                ByteClass.isAlphanumeric(byte) || Self.isOneOf(byte, prefix.extraBytes)
            }
            let token = reply.bytes[start..<end]
            guard token.count >= prefix.minimumLength, token.contains(where: ByteClass.isDigit) else { continue }
            guard prefix.text != "sk-" || token.contains(where: ByteClass.isUpper) else { continue }
            return SecretScan.Finding(kind: prefix.kind, range: start..<end)
        }
        return nil
    }

    /// The end of three base64url parts of which the first two begin with `eyJ`, the code of `{"`, or of what follows
    /// `Bearer`.
    private func endOfBearerToken(at run: Range<Int>) -> Int? {
        let start = run.lowerBound
        if reply.bytes[start...].starts(with: "eyJ".utf8), Self.opensToken(reply.byte(start - 1)) {
            let end = endOfRun(from: start) { ByteClass.isAlphanumeric($0) || Self.isOneOf($0, "._=-") }
            let parts = reply.bytes[start..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return parts.count == 3 && parts[1].starts(with: "eyJ".utf8) ? end : nil
        }
        guard !isInside(run), hasLabel(["bearer"], directlyBefore: start) else { return nil }
        let end = endOfRun(from: start) { Self.isKeyByte($0) || Self.isOneOf($0, "._~=-") }
        guard end - start >= 20, looksMixed(start..<end) else { return nil }
        return reply.endWithoutPunctuation(start..<end)
    }

    /// The end of a PEM block whose `-----BEGIN` has its `BEGIN` at a run; the end of the reply if it is cut short.
    private func endOfPrivateKey(at run: Range<Int>) -> Int? {
        guard reply.hasWord("begin", at: run.lowerBound), run.lowerBound >= 5,
            reply.bytes[(run.lowerBound - 5)..<run.lowerBound].allSatisfy({ $0 == 0x2D })
        else { return nil }
        let header = endOfRun(from: run.lowerBound) { ByteClass.isAlphanumeric($0) || $0 == 0x20 }
        guard reply.hasWord("private key", at: header - 11) else { return nil }
        var offset = header
        while offset < reply.count {
            if reply.hasWord("-----end", at: offset) {
                let footer = endOfRun(from: offset + 5) { ByteClass.isAlphanumeric($0) || $0 == 0x20 }
                return endOfRun(from: footer) { $0 == 0x2D }
            }
            offset += 1
        }
        return reply.trimmedRange.upperBound
    }

    // MARK: Bytes

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    private static func isBoundary(_ byte: UInt8) -> Bool {
        !ByteClass.isAlphanumeric(byte) && byte != UInt8(ascii: "_")
    }

    /// Whether a token can begin after a byte: not inside a longer word or a chain of words.
    private static func opensToken(_ byte: UInt8) -> Bool {
        isBoundary(byte) && byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".")
    }

    static func isOneOf(_ byte: UInt8, _ set: StaticString) -> Bool {
        set.withUTF8Buffer { $0.contains(byte) }
    }

    func endOfRun(from start: Int, _ belongs: (UInt8) -> Bool) -> Int {
        var end = start
        while end < reply.count, belongs(reply.bytes[end]) { end += 1 }
        return end
    }

    /// A digit, and letters: long words of prose and names of models have no digits or come in small pieces.
    func looksMixed(_ range: Range<Int>) -> Bool {
        let bytes = reply.bytes[range]
        return bytes.contains(where: ByteClass.isDigit) && bytes.contains(where: ByteClass.isLetter)
    }

    /// Whether one of some words stands in the 48 bytes before an offset, in either case, `_`, `-` and spaces ignored.
    private func hasLabel(_ labels: [String], before offset: Int) -> Bool {
        let folded = folded(max(0, offset - 48)..<offset)
        return labels.contains { label in folded.contains(Array(label.utf8)) }
    }

    /// Whether one of some words ends directly before an offset, with only white space, quotes, `:` and `=` between.
    private func hasLabel(_ labels: [String], directlyBefore offset: Int) -> Bool {
        var end = offset
        while end > 0, ByteClass.isSpace(reply.bytes[end - 1]) || Self.isOneOf(reply.bytes[end - 1], "\"'`:=") {
            end -= 1
        }
        let last = ByteClass.lowercased(reply.byte(end - 1))
        guard labels.contains(where: { $0.utf8.last == last }) else { return false }
        let folded = folded(max(0, end - 24)..<end)
        return labels.contains { label in folded.suffix(label.utf8.count).elementsEqual(label.utf8) }
    }

    /// The letters and digits of a range, in lower case.
    func folded(_ range: Range<Int>) -> [UInt8] {
        reply.bytes[range].filter(ByteClass.isAlphanumeric).map(ByteClass.lowercased)
    }
}
