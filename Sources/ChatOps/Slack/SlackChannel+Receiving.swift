internal import Dialogue
internal import Foundation
internal import Sessions

extension SlackChannel {
    /// Where Slack calls: events, the slash command, and buttons.
    public func routes(_ desk: ChannelDesk) -> [ChannelRoute] {
        [("events", event), ("commands", command), ("interactions", interaction)].map { path, handler in
            ChannelRoute("/slack/\(path)") { request in
                try signature.check(request, now: clock.now())
                return try await handler(request, desk)
            }
        }
    }

    private func event(_ request: ChannelRequest, _ desk: ChannelDesk) async throws -> ChannelResponse {
        let envelope = try request.json(SlackEnvelope.self)
        if envelope.type == "url_verification" { return ChannelResponse(envelope.challenge ?? "") }
        guard let event = envelope.event, let team = envelope.teamId, let id = envelope.eventId, !events.contains(id)
        else { return ChannelResponse() }
        try await take(event, team: team, bot: envelope.authorizations?.first?.userId, desk)
        events.insert(id)
        return ChannelResponse()
    }

    private func take(_ event: SlackEnvelope.Event, team: String, bot: String?, _ desk: ChannelDesk) async throws {
        guard ["message", "app_mention"].contains(event.type), event.botId == nil,
            [nil, "file_share", "thread_broadcast"].contains(event.subtype),
            let user = event.user, user != bot, let channel = event.channel, let ts = event.ts
        else { return }
        let text = event.text ?? ""
        let isDirect = event.channelType == "im"
        let isMention = event.type == "app_mention" || bot.map { text.contains("<@\($0)") } ?? false
        // What people say to each other in a channel, outside of threads.
        guard isDirect || isMention || event.threadTs != nil else { return }
        let thread = event.threadTs ?? ts
        let place = isDirect ? user : "\(channel)/\(thread)"
        let message = IncomingMessage(
            user: "\(team)/\(user)",
            place: place,
            text: SlackText.plain(text, bot: bot),
            key: "\(channel)/\(ts)",
            isAddressed: isDirect || isMention
        )
        if !isDirect, let owner = event.parentUserId, owner != user,
            try await !desk.isOpen(at: place, for: message.user),
            try await desk.isOpen(at: place, for: "\(team)/\(owner)")
        {
            let isNew = told.insert("\(place)/\(user)")
            return isNew ? tell(user, .othersConversation(owner: owner), at: (channel, thread), desk) : ()
        }
        _ = try await desk.receive(message)
    }

    private func command(_ request: ChannelRequest, _ desk: ChannelDesk) async throws -> ChannelResponse {
        let form = try request.form()
        guard let team = form["team_id"], let user = form["user_id"], let key = form["trigger_id"] else {
            throw ChannelRefusal.malformed("the form lacks 'team_id', 'user_id' or 'trigger_id'")
        }
        let (text, place) = (SlackText.plain(form["text"] ?? "", bot: nil), user)
        if text.isEmpty, let question = try await desk.openQuestion(of: "\(team)/\(user)", at: place) {
            desk.later { try await deliver(question) }
        } else {
            let (user, key) = ("\(team)/\(user)", "c/\(key)")
            _ = try await desk.receive(.init(user: user, place: place, text: text, key: key, isAddressed: true))
        }
        guard form["channel_id"]?.hasPrefix("D") != true else { return ChannelResponse() }
        return ChannelResponse(SlackText.escaped(desk.text(of: .continuedDirectly)))
    }

    private func interaction(_ request: ChannelRequest, _ desk: ChannelDesk) async throws -> ChannelResponse {
        let payload = try ChannelRequest.decoded(SlackInteraction.self, try request.form()["payload"] ?? "")
        guard payload.type == "block_actions", let user = payload.user, let team = user.teamId,
            let action = payload.actions?.first, let choice = action.value.flatMap(Choice.init(token:))
        else { return ChannelResponse() }
        let place = payload.container
        let key = ["b", place?.channelId, place?.messageTs, action.actionTs].map { $0 ?? "" }.joined(separator: "/")
        let owner = action.blockId.map { $0.split(separator: "/") }.flatMap { $0.count > 1 ? String($0[1]) : nil }
        let receipt = try await desk.choose(choice, by: "\(team)/\(user.id)", key: key)
        guard receipt == .closed || receipt == .others else { return ChannelResponse() }
        let isOthers = receipt == .others && owner != user.id
        let notice = isOthers ? ChannelNotice.othersConversation(owner: owner) : .questionClosed
        tell(user.id, notice, at: (place?.channelId, place?.threadTs), desk)
        return ChannelResponse()
    }

    /// Says something to one user alone, after the request was answered.
    private func tell(_ user: String, _ notice: ChannelNotice, at place: (String?, String?), _ desk: ChannelDesk) {
        var text = SlackText.escaped(desk.text(of: notice))
        if case .othersConversation(let owner?) = notice { text = text.replacing(owner, with: "<@\(owner)>") }
        let message = SlackMessage(channel: place.0 ?? user, threadTs: place.1, user: user, text: text)
        desk.later { try await call("chat.postEphemeral", message) }
    }
}
