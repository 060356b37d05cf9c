/// What Slack sends about things that happened, as far as it is used here.
struct SlackEnvelope: Decodable {
    struct Authorization: Decodable { var userId: String? }
    struct Event: Decodable {
        var type: String
        var subtype: String?, botId: String?, user: String?, text: String?, channel: String?, channelType: String?
        var ts: String?, threadTs: String?, parentUserId: String?
    }
    var type: String
    var challenge: String?, teamId: String?, eventId: String?
    var event: Event?
    var authorizations: [Authorization]?
}

/// What Slack sends when a button is pressed, as far as it is used here.
struct SlackInteraction: Decodable {
    struct User: Decodable { var id: String, teamId: String? }
    struct Container: Decodable { var channelId: String?, messageTs: String?, threadTs: String? }
    struct Action: Decodable { var value: String?, blockId: String?, actionTs: String? }
    var type: String
    var user: User?
    var container: Container?
    var actions: [Action]?
}
