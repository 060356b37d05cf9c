/// What is said in a room: a notice, so that no other bot replies to it, and a mention of nobody.
struct MatrixNotice: Encodable, Sendable {
    var msgtype = "m.notice"
    var body: String
    var mentions: [String: String] = [:]

    private enum CodingKeys: String, CodingKey { case msgtype, body, mentions = "m.mentions" }
}

/// What is new for the bot, as far as it is used here.
struct MatrixSync: Decodable {
    struct Rooms: Decodable { var invite: [String: Invited]?, join: [String: Joined]? }
    struct Invited: Decodable { var inviteState: Events? }
    struct Joined: Decodable { var timeline: Events? }
    struct Events: Decodable { var events: [MatrixEvent] }
    var nextBatch: String
    var rooms: Rooms?
}

/// Something that happened in a room.
struct MatrixEvent: Decodable {
    struct Content: Decodable {
        struct Relation: Decodable {
            var relType: String?, reply: Reference?
            private enum CodingKeys: String, CodingKey { case relType, reply = "m.inReplyTo" }
        }
        struct Reference: Decodable { var eventId: String? }
        struct Mentions: Decodable { var userIds: [String]? }
        var msgtype: String?, body: String?, membership: String?, relation: Relation?, mentions: Mentions?
        private enum CodingKeys: String, CodingKey {
            case msgtype, body, membership, relation = "m.relatesTo", mentions = "m.mentions"
        }
    }
    struct Unsigned: Decodable { var prevContent: Content? }
    var type: String, sender: String, eventId: String?, stateKey: String?, content: Content?, unsigned: Unsigned?
    private enum CodingKeys: String, CodingKey { case type, sender, eventId, stateKey, content, unsigned }

    /// Whether somebody came into the room, and did not only change their name.
    var isEntrance: Bool { content?.membership == "join" && unsigned?.prevContent?.membership != "join" }

    /// Reads an event; anybody can put anything into its content, and one that does not fit must not keep the others out.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        type = try fields.decode(String.self, forKey: .type)
        sender = try fields.decode(String.self, forKey: .sender)
        eventId = try fields.decodeIfPresent(String.self, forKey: .eventId)
        stateKey = try fields.decodeIfPresent(String.self, forKey: .stateKey)
        content = try? fields.decode(Content.self, forKey: .content)
        unsigned = try? fields.decode(Unsigned.self, forKey: .unsigned)
    }
}
