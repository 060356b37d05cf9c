internal import Diagnostics

/// Reads a conversation in Markdown: blocks `user` and `bot` hold messages, blocks `usher` lines of a transcript.
///
/// Everything else becomes comments.
struct MarkdownReader {
    private let file: String
    private var diagnostics = DiagnosticList()
    private var losses = DiagnosticList()
    /// The transcript, each line with the one of the Markdown it comes from.
    private var lines: [(text: String, source: Int)] = []
    private var hasMessages = false

    static func read(_ text: String, file: String) throws(DiagnosticsError) -> ConvertedConversation {
        var reader = MarkdownReader(file: file)
        reader.read(text)
        try reader.diagnostics.throwIfErrors()
        let transcript: Transcript
        do {
            transcript = try TranscriptParser.parse(
                reader.lines.map { $0.text + "\n" }.joined(),
                file: file
            )
        } catch {
            throw DiagnosticsError(error.diagnostics.map(reader.placed))
        }
        return ConvertedConversation(
            name: TranscriptConversion.name(of: file, .markdown),
            transcript: transcript,
            losses: reader.losses.diagnostics
        )
    }

    private init(file: String) { self.file = file }

    private func place(_ line: Int) -> Location { Location(file: file, line: line, column: 1) }

    /// A diagnostic of the transcript at its place in the Markdown.
    private func placed(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        let index = diagnostic.location.line - 1
        if lines.indices.contains(index) { diagnostic.location.line = lines[index].source }
        return diagnostic
    }

    private mutating func read(_ text: String) {
        let source = text.fileLines
        var index = 0
        while index < source.count {
            let number = index + 1
            let line = source[index]
            index += 1
            guard let fence = Fence(line) else {
                prose(line, number)
                continue
            }
            let end = source[index...].firstIndex { fence.isClosed(by: $0) }
            guard let end else {
                diagnostics.error("this block has no end '\(fence.marks)'", at: place(number))
                return
            }
            block(fence, Array(source[index..<end]).map { fence.unindented($0) }, number)
            index = end + 1
        }
        if !hasMessages, !diagnostics.hasErrors {
            diagnostics.error("there is no message: a block that begins with ```user or ```bot", at: place(1))
        }
    }

    private mutating func prose(_ line: String, _ number: Int) {
        let words = line.stripped
        if words.isEmpty || ["**User**", "**Bot**"].contains(words) { return }
        if words.hasPrefix(">") {
            let rest = words.dropFirst()
            lines.append(("# " + (rest.first == " " ? rest.dropFirst() : rest), number))
        } else {
            lines.append(("# " + (words.hasPrefix("# ") ? words.dropFirst(2).stripped : words), number))
        }
    }

    private mutating func block(_ fence: Fence, _ body: [String], _ number: Int) {
        let words = body.joined(separator: "\n")
        switch fence.word {
        case "user":
            hasMessages = true
            add([""] + Transcript.Entry(.user(.text(words))).lines, number)
        case "bot":
            hasMessages = true
            add(Transcript.Entry(.bot(words)).lines, number)
        case "usher":
            hasMessages = hasMessages || !body.isEmpty
            for (offset, line) in body.enumerated() {
                if line.hasPrefix("user") { lines.append(("", number)) }
                lines.append((line, number + 1 + offset))
            }
        default:
            losses.warning("the block '\(fence.word)' becomes a comment", at: place(number))
            add(body.map { $0.isEmpty ? "#" : "# " + $0 }, number)
        }
    }

    private mutating func add(_ texts: [String], _ number: Int) {
        for text in texts {
            // A message of many lines is one entry; what is wrong with it is said at its block.
            for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
                lines.append((String(line), number))
            }
        }
    }

    /// What a block of Markdown begins with.
    private struct Fence {
        var marks: String
        var word: String
        private var indentation: Int

        init?(_ line: String) {
            indentation = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indentation)
            guard indentation < 4, let mark = rest.first, mark == "`" || mark == "~" else { return nil }
            marks = String(rest.prefix { $0 == mark })
            let info = rest.dropFirst(marks.count).stripped
            guard marks.count >= 3, mark == "~" || !info.contains("`") else { return nil }
            word = String(info.prefix { !$0.isWhitespace }).lowercased()
        }

        func isClosed(by line: String) -> Bool {
            let words = line.stripped
            return words.count >= marks.count && line.prefix { $0 == " " }.count < 4
                && words.allSatisfy { $0 == marks.first }
        }

        func unindented(_ line: String) -> String {
            String(line.dropFirst(min(indentation, line.prefix { $0 == " " }.count)))
        }
    }
}
