/// What somebody wrote in a channel.
public struct IncomingMessage: Sendable, Hashable {
    /// Who wrote it, in the channel's own form: the same for one person at all times, and nobody else's.
    public var user: String
    /// Where, in the channel's own form: what is enough to answer there.
    ///
    /// One user has one session at a place.
    public var place: String
    /// What was written, as its user meant it: without the transport's own escapes.
    public var text: String
    /// What identifies the delivery at its place and user: the same when it is delivered again, another for another message.
    public var key: String
    /// Whether it is meant for the bot, so that it may begin a session; others only go on with one.
    public var isAddressed: Bool

    /// Makes a message.
    public init(user: String, place: String, text: String, key: String, isAddressed: Bool) {
        self.user = user
        self.place = place
        self.text = text
        self.key = key
        self.isAddressed = isAddressed
    }
}

/// What became of a message.
public enum Receipt: Sendable, Hashable {
    /// It began this session.
    case begun(session: String)
    /// It was taken as a reply in this session.
    case answered(session: String)
    /// It was delivered before, to this session; nothing has changed.
    case repeated(session: String)
    /// It is not for the bot.
    case ignored
    /// It answers a question that is not open any more; nothing has changed.
    case closed
    /// It answers a question of somebody else, or of a session that is gone; nothing has changed.
    case others
}
