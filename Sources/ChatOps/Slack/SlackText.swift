internal import Foundation

/// Slack's markup of texts: <https://api.slack.com/reference/surfaces/formatting>.
enum SlackText {
    private static let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]

    /// A text that is shown as it is.
    static func escaped(_ text: String) -> String {
        escapes.reversed().reduce(text) { $0.replacing($1.1, with: $1.0) }
    }

    /// How much a scalar takes when it is escaped, in UTF-16.
    static func cost(_ scalar: Unicode.Scalar) -> Int {
        switch scalar {
        case "&": 5
        case "<", ">": 4
        default: UTF16.width(scalar)
        }
    }

    /// What somebody typed: links and names as they were written, and no mention of the bot.
    static func plain(_ text: String, bot: String?) -> String {
        let typed = text.replacing(/<([^<>|]*)(?:\|([^<>]*))?>/) { match in
            let (target, label) = (String(match.1), match.2.map { String($0) })
            if let bot, target == "@" + bot { return "" }
            // Slack makes links of bare names; what was typed is the label then.
            if let label, ["http://" + label, "mailto:" + label, "tel:" + label].contains(target) { return label }
            if let label, let kind = target.first, "@#!".contains(kind) { return (kind == "#" ? "#" : "@") + label }
            return target
        }
        return escapes.reduce(typed) { $0.replacing($1.0, with: $1.1) }
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
