internal import Dialogue

/// A message as `chat.postMessage` takes it, within the limits of Block Kit: <https://api.slack.com/reference/block-kit/blocks>.
struct SlackMessage: Encodable, Sendable {
    struct Text: Encodable {
        var type: String
        var text: String
        var verbatim: Bool?
    }
    struct Button: Encodable {
        var type = "button"
        var text: Text
        var actionId: String
        var value: String
    }
    struct Block: Encodable {
        var type: String
        var text: Text?
        var blockId: String?
        var elements: [Button]?
    }
    var channel: String
    var threadTs: String?
    /// Whom alone it is shown to; `nil` for everybody.
    var user: String?
    /// What is shown where blocks are not, such as in notifications.
    var text: String
    var blocks: [Block]?
    var unfurlLinks = false
    var unfurlMedia = false

    /// The limits: UTF-16 units of a text and of a section, buttons in all and in a row, units of a label and of a value.
    private static let limits = (text: 39_000, section: 3_000, buttons: 25, row: 5, label: 75, value: 2_000)

    /// The messages that one of the bot's becomes: several where it is too long for one, the last one with the buttons.
    static func all(for message: OutgoingMessage) -> [SlackMessage] {
        let place = message.place.split(separator: "/").map(String.init)
        let pieces = TextPieces.split(message.text, limit: limits.text, cost: SlackText.cost)
        var messages = pieces.map { piece in
            let sections = TextPieces.split(piece, limit: limits.section, cost: SlackText.cost).map {
                Block(type: "section", text: Text(type: "mrkdwn", text: SlackText.escaped($0), verbatim: true))
            }
            let (channel, thread) = (place.first ?? "", place.dropFirst().first)
            return SlackMessage(channel: channel, threadTs: thread, text: SlackText.escaped(piece), blocks: sections)
        }
        if let last = messages.indices.last { messages[last].blocks?.append(contentsOf: rows(of: message)) }
        return messages
    }

    /// A button for each answer, where there are not too many.
    private static func rows(of message: OutgoingMessage) -> [Block] {
        let choices = message.choices
        let isFit = choices.count <= limits.buttons && choices.allSatisfy { $0.token.utf16.count <= limits.value }
        let buttons = (isFit ? choices : []).enumerated().map { number, choice in
            let label = Text(type: "plain_text", text: TextPieces.cut(choice.text, to: limits.label))
            return Button(text: label, actionId: "choice-\(number)", value: choice.token)
        }
        return stride(from: 0, to: buttons.count, by: limits.row).map { start in
            let row = Array(buttons[start..<min(start + limits.row, buttons.count)])
            // Names the user whose question it is, for those who are not.
            return Block(type: "actions", blockId: "\(message.user)/\(message.number)/\(start)", elements: row)
        }
    }
}
