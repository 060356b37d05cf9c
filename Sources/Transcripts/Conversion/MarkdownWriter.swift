/// Writes a transcript as Markdown, and loses nothing.
///
/// Each message has a block of its own; everything else stands in blocks of the transcript's own lines.
enum MarkdownWriter {
    static func write(_ conversation: ConvertedConversation) -> String {
        var blocks: [[String]] = []
        var own: [String] = []
        func flush(_ blocks: inout [[String]], _ own: inout [String]) {
            while own.last == "" { own.removeLast() }
            if !own.isEmpty { blocks.append(fence("usher", own)) }
            own = []
        }
        var hasTitle = false
        for line in conversation.transcript.header.map(\.text) where !line.isEmpty {
            if let comment = Self.comment(line) {
                flush(&blocks, &own)
                if !hasTitle, !comment.isEmpty, comment.first != " " {
                    blocks.insert(["# \(comment)"], at: 0)
                    hasTitle = true
                } else {
                    blocks.append(["> \(comment)"])
                }
            } else {
                own.append(line)
            }
        }
        for entry in conversation.transcript.entries {
            switch entry.kind {
            case .user(.text(let text)) where Self.isHeld(text):
                flush(&blocks, &own)
                blocks += [["**User**"], fence("user", text.lines)]
            case .bot(let text) where Self.isHeld(text):
                flush(&blocks, &own)
                blocks += [["**Bot**"], fence("bot", text.lines)]
            case .remark(let text):
                if let comment = Self.comment(text) {
                    flush(&blocks, &own)
                    blocks.append(["> \(comment)"])
                }
            default: own += entry.lines
            }
        }
        flush(&blocks, &own)
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// Whether a text can be seen as it is; carriage returns, control characters and the like are written with escapes.
    private static func isHeld(_ text: String) -> Bool { !TextForm.needsMarks(text) }

    private static func comment(_ line: String) -> String? {
        guard line.hasPrefix("#") else { return nil }
        return String(line.dropFirst().first == " " ? line.dropFirst(2) : line.dropFirst())
    }

    /// A block whose fence is longer than any in its text.
    private static func fence(_ word: String, _ lines: [String]) -> [String] {
        var longest = 2
        for line in lines { longest = max(longest, line.drop { $0 == " " }.prefix { $0 == "`" }.count) }
        let fence = String(repeating: "`", count: longest + 1)
        return [fence + word] + lines + [fence]
    }
}

extension String {
    /// The parts between line ends, one more than there are of these.
    fileprivate var lines: [String] {
        unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
