internal import Diagnostics

/// Reads `.transcript` files of the Bot Framework: a list of activities.
struct ActivityReader {
    private var diagnostics = DiagnosticList()
    private var builder: TranscriptBuilder
    private var hasMessages = false
    private var hasLineEnds = false

    static func read(_ text: String, file: String) throws(DiagnosticsError) -> ConvertedConversation {
        var reader = ActivityReader(builder: TranscriptBuilder(file: file))
        if let root = JSONNode(text, file: file, diagnostics: &reader.diagnostics) { reader.read(root) }
        try reader.diagnostics.throwIfErrors()
        return reader.builder.finish(name: TranscriptConversion.name(of: file, .activities))
    }

    private init(builder: TranscriptBuilder) { self.builder = builder }

    private mutating func read(_ root: JSONNode) {
        // A single activity is taken for a list of one.
        var activities = [root]
        if let elements = root.elements {
            activities = elements
        } else if root["type"] == nil {
            return diagnostics.error("expected a list of activities, '[{\"type\": \"message\", …}]'", at: root.location)
        }
        for activity in activities { read(activity: activity) }
        if !hasMessages, !diagnostics.hasErrors {
            diagnostics.error("there is no activity of the type 'message'", at: root.location)
        }
    }

    private mutating func read(activity: JSONNode) {
        guard case .object = activity.content else {
            return diagnostics.error("an activity is an object, not \(activity.kind)", at: activity.location)
        }
        guard let type = activity["type"]?.text else {
            return diagnostics.error(
                "an activity needs 'type', such as 'message'",
                at: activity["type"]?.location ?? activity.location
            )
        }
        guard type == "message" else {
            return builder.lose(
                "the activity '\(type)' is left out: a transcript has no place for it",
                at: activity.location
            )
        }
        hasMessages = true
        guard let isBot = isBot(activity), let text = text(of: activity) else { return }
        for name in ["attachments", "channelData", "entities", "speak", "value"] {
            guard let field = activity[name], !field.isEmpty else { continue }
            builder.lose("'\(name)' is left out: a transcript has no place for it", at: field.location)
        }
        let options = options(of: activity)
        if isBot {
            builder.bot(MessageOptions.text(text, options))
        } else {
            if !options.isEmpty { builder.lose("the user's suggested actions are left out", at: activity.location) }
            builder.user(text)
        }
    }

    private mutating func isBot(_ activity: JSONNode) -> Bool? {
        guard let from = activity["from"] else {
            diagnostics.error("a message needs 'from', who says it", at: activity.location)
            return nil
        }
        // Older files have no role; there the names say it.
        let words = ["role", "name", "id"].compactMap { from[$0]?.text?.lowercased() }
        for word in words {
            if word == "bot" || word == "skill" { return true }
            if word == "user" { return false }
        }
        diagnostics.error("'from' needs 'role', which is 'user' or 'bot'", at: from.location)
        return nil
    }

    private mutating func text(of activity: JSONNode) -> String? {
        guard let node = activity["text"] else { return "" }
        if case .null = node.content { return "" }
        guard let text = node.text else {
            diagnostics.error("'text' is a text, not \(node.kind)", at: node.location)
            return nil
        }
        guard text.contains("\r\n") else { return text }
        if !hasLineEnds {
            hasLineEnds = true
            builder.lose("lines of texts end with LF in a transcript, not with CRLF as here", at: node.location)
        }
        return text.replacing("\r\n", with: "\n")
    }

    private mutating func options(of activity: JSONNode) -> [String] {
        guard let suggested = activity["suggestedActions"], !suggested.isEmpty else { return [] }
        guard let actions = suggested["actions"]?.elements else {
            diagnostics.error("'suggestedActions' needs 'actions', a list", at: suggested.location)
            return []
        }
        return actions.compactMap { action in
            let title = action["title"]?.text ?? action["value"]?.text ?? action.text
            if title == nil { diagnostics.error("a suggested action needs 'title'", at: action.location) }
            return title
        }
    }
}
