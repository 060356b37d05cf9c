internal import Foundation

/// Checks that a request comes from Slack, and just now: HMAC-SHA256 over `v0:TIME:BODY`.
///
/// Slack's documentation: <https://api.slack.com/authentication/verifying-requests-from-slack>.
struct SlackSignature: Sendable {
    let secret: String
    /// How old a request may be, in seconds.
    private static let window: Int64 = 300

    func check(_ request: ChannelRequest, now: Int64) throws {
        guard let stamp = request.header("X-Slack-Request-Timestamp"), stamp.allSatisfy({ ("0"..."9").contains($0) }),
            let time = Int64(stamp), abs(now / 1_000 - time) <= Self.window,
            let given = request.header("X-Slack-Signature"), given.hasPrefix("v0="),
            RequestSignature.isValid(given.dropFirst(3), of: Data("v0:\(stamp):".utf8) + request.body, secret: secret)
        else { throw ChannelRefusal.unauthorized("the request has no signature of Slack that is valid now") }
    }
}
