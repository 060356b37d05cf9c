public import Sessions

/// Conversations in Slack: mentions in channels, threads, direct messages, the slash command and buttons.
public struct SlackChannel: ChatChannel {
    /// What sessions are named by.
    public let name = "slack"
    let signature: SlackSignature
    let clock: SessionClock
    /// Events that were taken, for longer than Slack sends them again; the store knows messages for ever.
    let events: RecentKeys
    /// Who was told whose conversation it is.
    let told: RecentKeys
    private let client: WebClient
    private let api: String

    /// Makes the channel.
    ///
    /// - Parameters:
    ///   - signingSecret: What Slack signs its requests with.
    ///   - botToken: The app's token (`xoxb-…`).
    ///   - api: Where Slack's Web API is.
    ///   - clock: The time.
    public init(
        signingSecret: String,
        botToken: String,
        api: String = "https://slack.com/api",
        clock: SessionClock = .system
    ) {
        signature = SlackSignature(secret: signingSecret)
        client = WebClient(token: botToken)
        self.api = api
        self.clock = clock
        events = RecentKeys(age: .seconds(90_000), now: clock.now)
        told = RecentKeys(age: .seconds(30 * 86_400), now: clock.now)
    }

    /// Posts a message.
    ///
    /// Slack has no key of idempotency, so that one whose answer was lost is posted again.
    public func deliver(_ message: OutgoingMessage) async throws {
        for var part in SlackMessage.all(for: message) {
            do { try await call("chat.postMessage", part) } catch DeliveryFailure.refused(let reason)
                where reason.hasPrefix("invalid_blocks")
            {
                part.blocks = nil
                try await call("chat.postMessage", part)
            }
        }
    }

    private struct Answer: Decodable { var ok: Bool, error: String? }
    /// What passes by itself.
    private static let passing: Set = [
        "fatal_error", "internal_error", "request_timeout", "ratelimited", "service_unavailable",
    ]
    /// What a person has to change in the app's settings; nothing is lost until then.
    private static let settings: Set = [
        "access_denied", "account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired",
        "token_revoked",
    ]

    func call(_ method: String, _ message: SlackMessage) async throws {
        let answer = try await client.send("POST", "\(api)/\(method)", json: message)
        guard let body = answer.json(Answer.self) else { throw DeliveryFailure.failed(reason: "no JSON") }
        let error = body.error ?? "unknown_error"
        switch error {
        case _ where body.ok: return
        case _ where Self.settings.contains(error): throw DeliveryFailure.busy(.seconds(60), reason: error)
        case _ where Self.passing.contains(error): throw DeliveryFailure.failed(reason: error)
        // The place is gone, or the message is none that Slack takes.
        default: throw DeliveryFailure.refused(reason: error)
        }
    }
}
