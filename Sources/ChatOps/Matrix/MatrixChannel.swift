internal import Foundation
internal import Logging
public import Sessions

/// Conversations in rooms of Matrix, by the client-server API: <https://spec.matrix.org/latest/client-server-api/>.
public struct MatrixChannel: ChatChannel {
    /// What sessions are named by.
    public let name = "matrix"
    let stateFile: String
    /// Rooms of more than two, for a while.
    let crowds: RecentKeys
    private let client: WebClient
    private let api: String
    private let clock: SessionClock

    /// Makes the channel.
    ///
    /// - Parameters:
    ///   - homeserver: The homeserver's address, such as `https://matrix.example`.
    ///   - accessToken: The token of the bot's account there.
    ///   - stateFile: Where it keeps up to where it has read.
    ///   - clock: The time.
    public init(homeserver: String, accessToken: String, stateFile: String, clock: SessionClock = .system) {
        client = WebClient(token: accessToken)
        api = homeserver + "/_matrix/client/v3/"
        self.stateFile = stateFile
        self.clock = clock
        crowds = RecentKeys(age: .seconds(300), now: clock.now)
    }

    /// Sends a message as a notice, once: the homeserver knows by the transaction's id what it has already.
    public func deliver(_ message: OutgoingMessage) async throws {
        for (number, piece) in TextPieces.split(message.text, limit: 40_000, cost: MatrixText.cost).enumerated() {
            let path = ["rooms", message.place, "send", "m.room.message", "\(message.key)-\(number)"]
            _ = try await call("PUT", path, json: MatrixNotice(body: piece))
        }
    }

    /// Reads what comes in, from where it has read to before.
    public func listen(_ desk: ChannelDesk) async throws {
        var failures = 0
        var own: String?
        while true {
            do {
                let known = if let own { own } else { try await ownID() }
                own = known
                try await read(as: known, desk)
                failures = 0
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                desk.logger.warning("not read", metadata: ["channel": "matrix", "reason": "\(error)"])
                let rest =
                    if case DeliveryFailure.busy(let time, _) = error { time } else { Duration.seconds(1 << failures) }
                failures = min(failures + 1, 5)
                try await clock.sleep(rest)
            }
        }
    }

    private struct Mistake: Decodable { var errcode: String? }

    /// Calls the homeserver.
    func call(
        _ method: String,
        _ path: [String],
        query: [String: String] = [:],
        json: (any Encodable & Sendable)? = nil,
        time: Duration = .seconds(10)
    ) async throws -> WebClient.Answer {
        let words = query.map { "\($0)=\(MatrixText.escaped($1))" }.sorted().joined(separator: "&")
        let url = api + path.map(MatrixText.escaped).joined(separator: "/") + (words.isEmpty ? "" : "?" + words)
        let answer = try await client.send(method, url, json: json, time: time)
        guard answer.status != 200 else { return answer }
        let reason = answer.json(Mistake.self)?.errcode ?? "status \(answer.status)"
        switch answer.status {
        // The token is not valid any more: a person has to see to it.
        case 401: throw DeliveryFailure.busy(.seconds(60), reason: reason)
        case 403, 404: throw DeliveryFailure.gone(reason: reason)
        default: throw DeliveryFailure.refused(reason: reason)
        }
    }
}
