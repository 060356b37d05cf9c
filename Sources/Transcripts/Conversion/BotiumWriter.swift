internal import Diagnostics

/// Writes conversations of Botium, `*.convo.txt`.
enum BotiumWriter {
    static func write(_ conversation: ConvertedConversation) -> (text: String, losses: [Diagnostic]) {
        var spoken = SpokenTranscript(conversation, for: .init(title: "a Botium conversation"))
        // A line that begins with # would begin a section.
        let head = ([spoken.title] + spoken.about).map { line in
            String(line.drop { $0 == "#" || $0.isWhitespace })
        }
        var result = head
        for line in spoken.lines {
            switch line.kind {
            case .user(let text): result += ["", "#me"] + lines(of: text, at: line.location, &spoken.losses)
            case .bot(let text): result += ["", "#bot"] + lines(of: text, at: line.location, &spoken.losses)
            case .slot, .comment: break
            }
        }
        return (result.joined(separator: "\n") + "\n", spoken.losses.diagnostics)
    }

    private static func lines(of text: String, at location: Location, _ losses: inout DiagnosticList) -> [String] {
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.contains(where: { $0.stripped != $0 }) {
            losses.warning("Botium takes off the white space around a line", at: location)
        }
        if text.unicodeScalars.contains("\r") {
            losses.warning("a carriage return is a line end in a Botium conversation", at: location)
        }
        if lines.count > 1, lines.first?.stripped.isEmpty == true || lines.last?.stripped.isEmpty == true {
            losses.warning("Botium takes off the empty lines around a message", at: location)
        }
        if (text.stripped.hasPrefix("{") || text.stripped.hasPrefix("[")), isJSON(text) {
            losses.warning("the message is JSON, which Botium takes for data", at: location)
        }
        for index in lines.indices where BotiumSyntax.needsBackslash(lines[index]) {
            losses.warning(
                "a backslash goes before '\(lines[index])', which Botium would take for something else",
                at: location
            )
            lines[index] = "\\" + lines[index]
        }
        if let mark = lines[0].first, mark == "!" || mark == "?" { lines[0] = String(mark) + lines[0] }
        return lines
    }

    private static func isJSON(_ text: String) -> Bool {
        var problems = DiagnosticList()
        return JSONNode(text, file: "", diagnostics: &problems) != nil
    }
}
