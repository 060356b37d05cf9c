internal import Diagnostics

/// Reads `.chat` files of the Bot Framework's chatdown.
struct ChatdownReader: ConversationReader {
    static let format = ConversationFormat.chat

    let file: String
    private(set) var diagnostics = DiagnosticList()
    private(set) var builder: TranscriptBuilder
    private var users = ["user"]
    private var bot = "bot"

    init(file: String) {
        self.file = file
        builder = TranscriptBuilder(file: file)
    }

    mutating func read(_ text: String) {
        let lines = text.fileLines
        var index = 0
        var isHeader = true
        var hasMessages = false
        while index < lines.count {
            let line = lines[index]
            let number = index + 1
            index += 1
            if line.hasPrefix(">") {
                builder.comment(line.dropFirst().stripped)
                continue
            }
            if isHeader, setting(line, number) { continue }
            if line.stripped.isEmpty { continue }
            isHeader = false
            guard let (speaker, first) = ChatdownSyntax.opening(line, speakers: speakers) else {
                diagnostics.error("expected a message such as 'user: Hello' or 'bot: Hello'", at: place(number))
                continue
            }
            hasMessages = true
            var body = [String(first.drop { $0 == " " })]
            var comments: [String] = []
            while index < lines.count, ChatdownSyntax.opening(lines[index], speakers: speakers) == nil {
                if lines[index].hasPrefix(">") {
                    comments.append(lines[index].dropFirst().stripped)
                } else {
                    body.append(unindented(lines[index]))
                }
                index += 1
            }
            while body.count > 1, body.last?.stripped.isEmpty == true { body.removeLast() }
            message(speaker, body.joined(separator: "\n").stripped, number)
            for comment in comments { builder.comment(comment) }
        }
        if !hasMessages, !diagnostics.hasErrors {
            diagnostics.error("there is no message such as 'user: Hello' or 'bot: Hello'", at: place(1))
        }
    }

    private var speakers: [String] {
        // Of two names that begin alike the longer one is meant.
        Set(users + [bot, "bot", "user"]).sorted { ($1.count, $0) < ($0.count, $1) }
    }

    private func unindented(_ line: String) -> String {
        line.hasPrefix(" ") && ChatdownSyntax.needsIndent(line, speakers: speakers) ? String(line.dropFirst()) : line
    }

    /// Takes a setting such as `user=Joe`; whether the line is one.
    private mutating func setting(_ line: String, _ number: Int) -> Bool {
        let parts = line.split(separator: "=", omittingEmptySubsequences: false).map(\.stripped)
        guard parts.count > 1, ["user", "users", "bot", "channelId"].contains(parts[0]) else { return false }
        guard parts.count == 2, !parts[1].isEmpty else {
            diagnostics.error("expected a setting such as 'user=Joe'", at: place(number))
            return true
        }
        switch parts[0] {
        case "bot": bot = parts[1]
        case "channelId":
            builder.lose("the channel '\(parts[1])' is left out: a transcript has none", at: place(number))
        default:
            users = parts[1].split(separator: ",").map(\.stripped).filter { !$0.isEmpty }
            if users.count > 1 {
                builder.lose(
                    "the users \(users.joined(separator: ", ")) become one: a transcript has no more",
                    at: place(number)
                )
            }
        }
        return true
    }

    private mutating func message(_ speaker: String, _ text: String, _ line: Int) {
        var rest = text
        var options: [String] = []
        var parts: [String] = []
        for command in ChatdownSyntax.commands(in: text).reversed() {
            switch command.name {
            case "suggestions", "suggestedactions":
                options = command.rest.split(separator: "|").map(\.stripped)
                rest.removeSubrange(command.range)
            case "typing":
                // It ends a message and begins another one.
                parts.insert(String(rest[command.range.upperBound...]).stripped, at: 0)
                rest = String(rest[..<command.range.lowerBound])
                builder.lose("'\(command.shown)' is left out: a transcript has no place for it", at: place(line))
            default:
                rest.removeSubrange(command.range)
                builder.lose("'\(command.shown)' is left out: a transcript has no place for it", at: place(line))
            }
        }
        parts.insert(rest.stripped, at: 0)
        if parts.count > 1 || !options.isEmpty || rest != text { parts.removeAll(where: \.isEmpty) }
        if !options.isEmpty { parts.append(MessageOptions.text(parts.popLast() ?? "", options)) }
        for part in parts {
            if speaker == bot || speaker == "bot" { builder.bot(part) } else { builder.user(part) }
        }
    }
}
