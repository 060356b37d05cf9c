internal import Diagnostics
internal import Foundation

/// Writes `.transcript` files of the Bot Framework: a list of activities, as its tools replay them.
///
/// Activities need timestamps. These count from a fixed day, a second for each turn and a millisecond for each message
/// of it, so that the same conversation gives the same bytes.
enum ActivityWriter {
    /// 2000-01-01, in seconds since 1970.
    private static let epoch = 946_684_800.0

    private struct Account: Encodable {
        var id: String
        var name: String
        var role: String
    }

    private struct Conversation: Encodable {
        var id: String
    }

    private struct Activity: Encodable {
        var type = "message"
        var id: String
        var timestamp: String
        var channelId = "usher"
        var conversation: Conversation
        var from: Account
        var recipient: Account
        var textFormat = "plain"
        var text: String
    }

    static func write(_ conversation: ConvertedConversation) -> (text: String, losses: [Diagnostic]) {
        var spoken = SpokenTranscript(conversation, for: .init(title: "a list of activities"))
        for comment in spoken.about {
            let place = Location(file: conversation.transcript.file, line: 1, column: 1)
            spoken.losses.warning("the comment '\(comment)' is left out: a list of activities holds none", at: place)
        }
        let user = Account(id: "user", name: "user", role: "user")
        let bot = Account(id: "bot", name: "bot", role: "bot")
        var activities: [Activity] = []
        var turn = 0
        var message = 0
        for line in spoken.lines {
            let isUser: Bool
            let text: String
            switch line.kind {
            case .user(let words):
                turn += 1
                message = 0
                (isUser, text) = (true, words)
            case .bot(let words): (isUser, text) = (false, words)
            case .slot, .comment: continue
            }
            activities.append(
                Activity(
                    id: "\(activities.count + 1)",
                    timestamp: timestamp(turn, message),
                    conversation: Conversation(id: spoken.title),
                    from: isUser ? user : bot,
                    recipient: isUser ? bot : user,
                    text: text
                )
            )
            message += 1
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Texts can always be encoded.
        let json = (try? encoder.encode(activities)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        return (json + "\n", spoken.losses.diagnostics)
    }

    private static func timestamp(_ turn: Int, _ message: Int) -> String {
        let seconds = epoch + Double(turn) + Double(message) / 1_000
        return Date(timeIntervalSince1970: seconds).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
