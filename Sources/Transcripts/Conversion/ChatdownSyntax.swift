/// What means something in a `.chat` file.
enum ChatdownSyntax {
    /// A command in square brackets.
    struct Command {
        /// Its word, in lower case.
        var name: String
        /// What follows the word and an equals sign, or the lines after it.
        var rest: String
        /// The whole of it.
        var range: Range<String.Index>
        /// The whole of it on one line, for messages.
        var shown: String
    }

    /// The words that make square brackets a command.
    private static let words: Set<String> = [
        "typing", "conversationupdate", "delay", "attachment", "attachmentlayout", "suggestions", "suggestedactions",
        "basiccard", "herocard", "thumbnailcard", "animationcard", "mediacard", "audiocard", "videocard", "signincard",
        "oauthcard", "card", "message", "contactrelationupdate", "endofconversation", "event", "invoke",
        "messagereaction",
    ]

    /// The commands of a message, in order.
    static func commands(in text: String) -> [Command] {
        var found: [Command] = []
        var start = text.startIndex
        while let open = text[start...].firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") {
            start = text.index(after: close)
            let inner = String(text[text.index(after: open)..<close])
            let lines = inner.fileLines
            let parts = (lines.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = (parts.first.map { $0.stripped } ?? "").lowercased()
            guard words.contains(name) else { continue }
            found.append(
                Command(
                    name: name,
                    rest: lines.count > 1
                        ? lines.dropFirst().joined(separator: "\n")
                        : parts.count > 1 ? parts[1].stripped : "",
                    range: open..<start,
                    shown: "[\(lines.first ?? "")\(lines.count > 1 ? "…" : "")]"
                )
            )
        }
        return found
    }

    /// Who begins a message with this line, and what follows; `nil` where it goes on with the message before.
    static func opening(_ line: String, speakers: [String]) -> (speaker: String, text: String)? {
        let low = line.lowercased()
        for speaker in speakers where low.hasPrefix(speaker.lowercased()) {
            var rest = line.dropFirst(speaker.count)
            // A message may name who it is for.
            if rest.hasPrefix("->"), let colon = rest.firstIndex(of: ":") { rest = rest[colon...] }
            if rest.hasPrefix(":") { return (speaker, String(rest.dropFirst())) }
        }
        return nil
    }

    /// Whether a line of a message, spaces before it aside, would be read as something else.
    static func needsIndent(_ line: String, speakers: [String]) -> Bool {
        let words = String(line.drop { $0 == " " })
        return words.hasPrefix(">") || opening(words, speakers: speakers) != nil
    }
}
