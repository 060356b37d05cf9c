internal import Intents

extension Flow {
    /// Makes an event of what a user sent, before anything of it is stored or logged.
    ///
    /// What is too long, is no text or holds a secret becomes ``Event/refused(_:)``, which says what it was and holds
    /// nothing of it.
    ///
    /// - Parameters:
    ///   - bytes: What was sent; any bytes.
    ///   - length: How many bytes were sent, where only a part of them was kept.
    ///   - state: Where the session stands, which says how long a reply may be.
    /// - Returns: A reply, or a refusal.
    public func admit(_ bytes: [UInt8], length: Int? = nil, in state: State) -> Event {
        let limit = replyLimit(in: state)
        let sent = length ?? bytes.count
        guard sent <= limit else { return .refused(.tooLong(bytes: sent, limit: limit)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused(.notText) }
        if let secret = SecretScan.findAll(in: text).first {
            return .refused(.secret(kind: Self.withArticle(secret.kind.description)))
        }
        return .reply(text)
    }

    private static func withArticle(_ noun: String) -> String {
        ("AEIO".contains(noun.prefix(1)) ? "an " : "a ") + noun
    }
}
