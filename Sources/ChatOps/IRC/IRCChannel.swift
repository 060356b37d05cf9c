internal import Dialogue
internal import Foundation
internal import Intents
internal import Logging
internal import Networking
public import Sessions
internal import Synchronization

/// Conversations in IRC: in private, and in channels where the bot is addressed by its nick.
///
/// IRC knows people by their nicks alone and gives messages no ids. One process at a time can have the bot's nick.
public final class IRCChannel: ChatChannel {
    /// What sessions are named by.
    public let name = "irc"
    private let settings: ServerSettings.IRC
    private let clock: SessionClock
    /// The connection, when the server has taken the bot in, and the nick that it has there.
    private let open = Mutex<(link: IRCLink, nick: String)?>(nil)

    /// Makes the channel.
    public init(_ settings: ServerSettings.IRC, clock: SessionClock = .system) {
        self.settings = settings
        self.clock = clock
    }

    /// Says a message, with the answers to choose from as a numbered list.
    public func deliver(_ message: OutgoingMessage) async throws {
        guard let (link, nick) = open.withLock({ $0 }) else {
            throw DeliveryFailure.busy(.seconds(1), reason: "not connected")
        }
        let options = message.message.options.enumerated().map { "\($0 + 1). \($1.name)" }
        let text = ([message.message.text] + options).joined(separator: "\n")
        let user = message.place == message.user ? nil : message.user
        do {
            try await link.say(IRCText.lines(text, to: message.place, from: nick, addressing: user))
        } catch {
            throw DeliveryFailure.failed(reason: "the connection was lost")
        }
    }

    /// Connects, and connects again when the connection is lost: after a second, two, four … at most five minutes.
    public func listen(_ desk: ChannelDesk) async throws {
        var failures = 0
        while true {
            let begin = clock.now()
            do { try await converse(desk) } catch {
                try Task.checkCancellation()
                desk.logger.warning("IRC connection lost", metadata: ["error": "\(error)"])
            }
            failures = clock.now() - begin > 60_000 ? 0 : failures + 1
            try await clock.sleep(min(.seconds(1 << min(max(0, failures - 1), 9)), .seconds(300)))
        }
    }

    private func converse(_ desk: ChannelDesk) async throws {
        let connection = try await LineConnection.open(
            host: settings.host,
            port: settings.port,
            isTLS: settings.isTLS,
            // 512 bytes, and 8191 of tags that nobody asked for.
            lineLimit: 8_703
        )
        defer { connection.close() }
        let link = IRCLink(connection, clock: clock)
        let (messages, mailbox) = AsyncStream.makeStream(
            of: IncomingMessage.self,
            bufferingPolicy: .bufferingOldest(1_000)
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await message in messages { await self.take(message, desk) } }
            group.addTask { try await link.watch() }
            group.addTask {
                if let password = self.settings.password { try await link.send("PASS :\(IRCText.safe(password))") }
                try await link.send("NICK \(self.settings.nick)")
                try await link.send("USER \(self.settings.nick) 0 * :Usher")
                var nick = self.settings.nick
                while true {
                    let text = try await connection.nextLine()
                    await link.heard()
                    guard let line = IRCLine(text) else { continue }
                    if let message = try await self.handle(line, link, &nick, desk) {
                        if case .dropped = mailbox.yield(message) { desk.logger.error("IRC message dropped") }
                    }
                }
            }
            defer {
                open.withLock { $0 = nil }
                mailbox.finish()
                group.cancelAll()
            }
            do { while try await group.next() != nil {} } catch {
                await link.close()
                // What is still being sent is given up.
                connection.close()
                throw error
            }
        }
    }

    /// Answers the server; what a user said is given back.
    private func handle(
        _ line: IRCLine,
        _ link: IRCLink,
        _ nick: inout String,
        _ desk: ChannelDesk
    ) async throws -> IncomingMessage? {
        let parameters = line.parameters
        switch line.command {
        case "PING": try await link.send("PONG :\(IRCText.safe(parameters.last ?? ""))")
        case "PONG": await link.pong(parameters.last ?? "")
        case "001":
            nick = parameters.first ?? nick
            for channel in settings.channels { try await link.send("JOIN \(channel)") }
            open.withLock { [nick] in $0 = (link, nick) }
            desk.logger.info("IRC connected", metadata: ["nick": "\(nick)"])
        case "433":
            nick += "_"
            try await link.send("NICK \(nick)")
        case "PRIVMSG":
            guard parameters.count == 2, IRCLine.folded(line.nick) != IRCLine.folded(nick) else { return nil }
            return message(from: line.nick, to: parameters[0], parameters[1], nick)
        // What the server refuses, such as a channel that is not there or for others only.
        case let code where code.count == 3 && "45".contains(code.first ?? " "):
            desk.logger.warning("IRC server refuses something", metadata: ["code": "\(code)"])
        default: break
        }
        return nil
    }

    private func message(from user: String, to target: String, _ text: String, _ nick: String) -> IncomingMessage? {
        // Commands from client to client.
        guard !text.hasPrefix("\u{01}"), !user.isEmpty else { return nil }
        let isPrivate = IRCLine.folded(target) == IRCLine.folded(nick)
        guard let said = isPrivate ? text : IRCText.addressed(text, to: nick) else { return nil }
        let user = IRCLine.folded(user)
        return IncomingMessage(
            user: user,
            place: isPrivate ? user : IRCLine.folded(target),
            text: IRCText.plain(said),
            key: "irc/\(UUID().uuidString)",
            isAddressed: true
        )
    }

    /// Takes a message; where the store fails, again for a minute, since nobody sends it a second time.
    private func take(_ message: IncomingMessage, _ desk: ChannelDesk) async {
        for attempt in 0..<6 {
            do {
                _ = try await desk.receive(message)
                return
            } catch {
                desk.logger.warning("IRC message not taken yet", metadata: ["error": "\(error)"])
                do { try await clock.sleep(.seconds(1 << attempt)) } catch { return }
            }
        }
        desk.logger.error("IRC message dropped")
    }
}
