public import Dialogue
internal import Intents
internal import Sessions

/// A message of the bot on its way to a channel.
public struct OutgoingMessage: Sendable, Hashable {
    /// The session.
    public var session: String
    /// Where it goes, as ``IncomingMessage/place`` said.
    public var place: String
    /// Whom the session belongs to, as ``IncomingMessage/user`` said.
    public var user: String
    /// Its number in the session, from 1.
    public var number: Int
    /// The position of the event that brought it about.
    public var position: Int
    /// The message.
    public var message: Message

    /// Makes a message.
    public init(session: String, place: String, user: String, number: Int, position: Int, message: Message) {
        self.session = session
        self.place = place
        self.user = user
        self.number = number
        self.position = position
        self.message = message
    }

    /// Makes a message of an entry; `nil` where its address is none of a channel.
    init?(_ entry: OutboxEntry) {
        guard let address = ChannelAddress(text: entry.address) else { return nil }
        self.init(
            session: entry.session,
            place: address.place,
            user: address.user,
            number: entry.message.number,
            position: entry.message.position,
            message: entry.message.message
        )
    }

    /// What identifies it among all messages: the same each time that it is delivered.
    public var key: String { "\(session)-\(number)" }

    /// Its text, with the answers to choose from as a numbered list; a number is a reply too.
    public var text: String {
        let list = message.options.enumerated().map { number, option in "\n\(number + 1). \(option.name)" }
        return message.text + list.joined()
    }

    /// The answers to choose from, as what buttons carry.
    public var choices: [Choice] {
        message.options.map { Choice(session: session, position: position, text: $0.name) }
    }
}
