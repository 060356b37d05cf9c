internal import Diagnostics

/// Reads conversations of Botium, `*.convo.txt`.
struct BotiumReader: ConversationReader {
    static let format = ConversationFormat.botium

    let file: String
    private(set) var diagnostics = DiagnosticList()
    private(set) var builder: TranscriptBuilder
    private var hasMessages = false

    init(file: String) {
        self.file = file
        builder = TranscriptBuilder(file: file)
    }

    mutating func read(_ text: String) {
        let lines = text.fileLines.map(\.stripped)
        var index = lines.firstIndex { $0.hasPrefix("#") } ?? lines.count
        let head = lines[..<index].filter { !$0.isEmpty }
        if let name = head.first { builder.name(name) }
        for line in head.dropFirst() { builder.comment(line) }
        while index < lines.count {
            let start = index
            index = lines[(start + 1)...].firstIndex { $0.hasPrefix("#") } ?? lines.count
            let body = Array(
                lines[(start + 1)..<index].enumerated().map { (number: start + 2 + $0.offset, text: $0.element) }
            )
            let words = lines[start].dropFirst().split(separator: " ", maxSplits: 1).map(\.stripped)
            switch words.first ?? "" {
            case "me": message(isBot: false, body, at: start + 1)
            case "bot": message(isBot: true, body, at: start + 1)
            case "begin", "end", "include": lose(lines[start], body, at: start + 1)
            case let other:
                diagnostics.error("expected '#me' or '#bot', not '#\(other)'", at: place(start + 1, 2))
            }
            if words.count > 1 {
                builder.lose("the channel '\(words[1])' is left out: a transcript has none", at: place(start + 1))
            }
        }
        if !hasMessages, !diagnostics.hasErrors {
            diagnostics.error("there is no message: a line '#me' or '#bot' with its text below", at: place(1))
        }
    }

    private mutating func lose(_ section: String, _ body: [(number: Int, text: String)], at line: Int) {
        builder.lose("the section '\(section)' is left out: a transcript has no place for it", at: place(line))
        for (number, text) in body where !text.isEmpty {
            builder.lose("'\(text)' is left out: a transcript has no place for it", at: place(number))
        }
    }

    private mutating func message(isBot: Bool, _ body: [(number: Int, text: String)], at line: Int) {
        hasMessages = true
        var words: [String] = []
        var options: [String] = []
        var hasKeywords = false
        for (number, text) in body {
            guard let keyword = BotiumSyntax.keyword(text) else {
                words.append(text)
                continue
            }
            hasKeywords = true
            switch keyword.name {
            case "BUTTONS" where isBot && keyword.marks.isEmpty: options += keyword.arguments
            case "BUTTON" where !isBot && !keyword.arguments.isEmpty:
                words.append(keyword.arguments[0])
                builder.lose("the button becomes its text", at: place(number))
            default: builder.lose("'\(text)' is left out: a transcript has no place for it", at: place(number))
            }
        }
        while words.last?.isEmpty == true { words.removeLast() }
        while words.first?.isEmpty == true { words.removeFirst() }
        // What stands before a text means something unless it stands twice.
        for mark in ["?", "!"] where words.first?.hasPrefix(mark) == true {
            words[0].removeFirst()
            if words[0].hasPrefix(mark) { break }
            if mark == "!" {
                let text = words.joined(separator: " ")
                return builder.lose(
                    "'!\(text)' is left out: a transcript cannot say what the bot does not say",
                    at: place(line)
                )
            }
            builder.lose("the text may be missing for Botium; a transcript wants it", at: place(line))
        }
        let text = words.map { BotiumSyntax.needsBackslash($0) ? String($0.dropFirst()) : $0 }.joined(separator: "\n")
        if BotiumSyntax.isUtteranceName(text) {
            builder.lose("'\(text)' is taken literally; it may name a list of utterances", at: place(line))
        }
        if isBot {
            if text.isEmpty, hasKeywords, options.isEmpty { return }
            builder.bot(MessageOptions.text(text, options))
        } else if !text.isEmpty || !hasKeywords {
            builder.user(text)
        }
    }
}
