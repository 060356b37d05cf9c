internal import Diagnostics

/// Writes `.chat` files, as chatdown of the Bot Framework reads them.
///
/// Source: the reader of chatdown 1.x. A line that begins with `>` is a comment, one that begins with the name of a
/// speaker and a colon begins a message, white space around a message does not count, and square brackets around one of
/// a few words are commands.
enum ChatdownWriter {
    static func write(_ conversation: ConvertedConversation) -> (text: String, losses: [Diagnostic]) {
        var spoken = SpokenTranscript(conversation, for: .init(title: "a .chat file", comments: true))
        var result = ["> \(spoken.title)"] + spoken.about.map { "> \($0)" }
        for line in spoken.lines {
            switch line.kind {
            case .user(let text):
                result += [""] + message("user", text, at: line.location, &spoken.losses)
            case .bot(let text): result += message("bot", text, at: line.location, &spoken.losses)
            case .comment(let text): result.append("> \(text)")
            case .slot: break
            }
        }
        return (result.joined(separator: "\n") + "\n", spoken.losses.diagnostics)
    }

    private static func message(
        _ speaker: String,
        _ text: String,
        at location: Location,
        _ losses: inout DiagnosticList
    ) -> [String] {
        if text.isEmpty { losses.warning("chatdown passes over empty messages", at: location) }
        if !text.isEmpty, text.stripped.count != text.count {
            losses.warning("chatdown takes off the white space around a message", at: location)
        }
        if text.unicodeScalars.contains("\r") {
            losses.warning("a carriage return is a line end in a .chat file", at: location)
        }
        for command in ChatdownSyntax.commands(in: text) {
            losses.warning("chatdown takes '\(command.shown)' for a command", at: location)
        }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.enumerated().map { index, line in
            if index == 0 { return line.isEmpty ? "\(speaker):" : "\(speaker): \(line)" }
            guard ChatdownSyntax.needsIndent(line, speakers: ["user", "bot"]) else { return line }
            losses.warning("a space goes before '\(line)', which chatdown would take for something else", at: location)
            return " " + line
        }
    }
}
