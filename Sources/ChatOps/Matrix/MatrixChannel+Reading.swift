internal import Foundation
internal import Logging

extension MatrixChannel {
    private struct Account: Decodable { var userId: String }
    private struct Members: Decodable { var joined: [String: Empty] }
    private struct Empty: Codable {}

    private static let filter =
        #"{"presence":{"types":[]},"account_data":{"types":[]},"room":{"#
        + #""state":{"types":[]},"ephemeral":{"types":[]},"account_data":{"types":[]},"#
        + #""timeline":{"limit":100,"types":["m.room.message","m.room.member"]}}}"#

    /// The bot's own id.
    func ownID() async throws -> String {
        let answer = try await call("GET", ["account", "whoami"])
        guard let account = answer.json(Account.self) else { throw DeliveryFailure.failed(reason: "no user id") }
        return account.userId
    }

    /// Takes what is new; waits for half a minute where nothing is.
    func read(as own: String, _ desk: ChannelDesk) async throws {
        let since = try? String(contentsOfFile: stateFile, encoding: .utf8)
        var query = ["filter": Self.filter, "timeout": since == nil ? "0" : "30000"]
        query["since"] = since
        let answer: WebClient.Answer
        do { answer = try await call("GET", ["sync"], query: query, time: .seconds(60)) } catch DeliveryFailure.refused
        {
            // The homeserver does not know the place any more; then this begins anew, as after the loss of the file.
            try? FileManager.default.removeItem(atPath: stateFile)
            throw DeliveryFailure.failed(reason: "the place that was read to is not known")
        }
        guard let sync = answer.json(MatrixSync.self) else { throw DeliveryFailure.failed(reason: "no sync") }
        for (room, invited) in sync.rooms?.invite ?? [:] {
            try await join(room, invited.inviteState?.events ?? [], own, desk)
        }
        // Where nobody knows what was read, what is there may have been answered long ago.
        for (room, joined) in since == nil ? [:] : sync.rooms?.join ?? [:] {
            try await take(joined.timeline?.events ?? [], in: room, own, desk)
        }
        // Whatever is read again after a crash is known by its id.
        if sync.nextBatch != since { try keep(sync.nextBatch) }
    }

    private func keep(_ place: String) throws {
        let file = URL(filePath: stateFile)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try place.write(to: file, atomically: true, encoding: .utf8)
    }

    /// Accepts an invitation, and begins with who made it.
    private func join(_ room: String, _ state: [MatrixEvent], _ own: String, _ desk: ChannelDesk) async throws {
        do { _ = try await call("POST", ["rooms", room, "join"], json: Empty()) } catch let failure as DeliveryFailure {
            guard case .gone = failure else { throw failure }
            return desk.logger.warning("not joined", metadata: ["channel": "matrix", "reason": "\(failure)"])
        }
        guard let invitation = state.last(where: { $0.stateKey == own && $0.content?.membership == "invite" }) else {
            return
        }
        let message = IncomingMessage(user: invitation.sender, place: room, text: "", key: "invite", isAddressed: true)
        _ = try await desk.receive(message)
    }

    private func take(_ events: [MatrixEvent], in room: String, _ own: String, _ desk: ChannelDesk) async throws {
        // What was said before the bot came was said to others.
        let entrance = events.lastIndex { $0.stateKey == own && $0.isEntrance }
        for event in events[(entrance.map { $0 + 1 } ?? 0)...]
        where event.type == "m.room.message" && event.sender != own {
            guard let id = event.eventId, let content = event.content, content.msgtype == "m.text",
                content.relation?.relType != "m.replace", let body = content.body
            else { continue }
            var message = IncomingMessage(
                user: event.sender,
                place: room,
                text: MatrixText.plain(body, isReply: content.relation?.reply != nil, own: own),
                key: id,
                isAddressed: content.mentions?.userIds?.contains(own) ?? body.contains(own)
            )
            guard try await desk.receive(message) == .ignored, try await isPrivate(room) else { continue }
            message.isAddressed = true
            _ = try await desk.receive(message)
        }
    }

    /// Whether a room has one person beside the bot, who can mean nobody else.
    private func isPrivate(_ room: String) async throws -> Bool {
        guard !crowds.contains(room) else { return false }
        let members = try await call("GET", ["rooms", room, "joined_members"]).json(Members.self)?.joined.count ?? 0
        if members > 2 { crowds.insert(room) }
        return members <= 2
    }
}
