import HTTPTypes
import Testing

@testable import ChatOps

@Suite("Only what Slack signed, and just now, is taken")
struct SlackSignatureTests {
    /// The example of Slack's documentation.
    private static let body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    private static let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    private static let stamp = "1531420618"

    private func isTaken(
        body: String = body,
        stamp: String? = stamp,
        signature: String? = signature,
        secret: String = "8f742231b10e8888abcd99yyyzzz85a5",
        after seconds: Int64 = 0
    ) -> Bool {
        var headers = HTTPFields()
        if let name = HTTPField.Name("X-Slack-Request-Timestamp") { headers[name] = stamp }
        if let name = HTTPField.Name("X-Slack-Signature") { headers[name] = signature }
        let request = ChannelRequest(headers: headers, body: Array(body.utf8))
        let now = (1_531_420_618 + seconds) * 1_000
        return (try? SlackSignature(secret: secret).check(request, now: now)) != nil
    }

    @Test("The documented example is valid")
    func example() { #expect(isTaken()) }

    @Test(
        "A request counts for five minutes, before and after",
        arguments: [(300, true), (301, false), (-300, true), (-301, false), (1_000_000, false)] as [(Int64, Bool)]
    )
    func window(seconds: Int64, isValid: Bool) { #expect(isTaken(after: seconds) == isValid) }

    @Test(
        "Anything else is refused",
        arguments: [
            nil, "", "v0=", "v0=a2", signature.uppercased(), "v1" + signature.dropFirst(2),
            String(signature.dropLast()),
            signature + "0", String(signature.dropLast()) + "4", String(signature.dropLast()) + "g",
            String(signature.dropLast(2)) + "é",
        ]
    )
    func signatures(signature: String?) { #expect(!isTaken(signature: signature)) }

    @Test(
        "The time is a plain number, and is signed too",
        arguments: [
            nil, "", "+1531420618", "1531420618.0", "-1531420618", "1531420619", "١٥٣١٤٢٠٦١٨",
            "99999999999999999999999",
        ]
    )
    func stamps(stamp: String?) { #expect(!isTaken(stamp: stamp)) }

    @Test("Another body or another secret is refused")
    func others() {
        #expect(!isTaken(body: Self.body + "&"))
        #expect(!isTaken(body: ""))
        #expect(!isTaken(secret: "8f742231b10e8888abcd99yyyzzz85a6"))
        #expect(!isTaken(secret: ""))
    }
}
