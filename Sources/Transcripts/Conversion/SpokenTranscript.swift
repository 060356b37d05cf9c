internal import Diagnostics

/// What formats that know little more than who said what can take from a transcript.
struct SpokenTranscript {
    /// What a format holds besides words.
    struct Traits {
        /// What it is called in messages.
        var title: String
        /// Whether it holds comments.
        var comments = false
        /// Whether it holds values of slots.
        var slots = false
    }

    /// A line of the conversation.
    struct Line {
        enum Kind {
            case user(String)
            case bot(String)
            case slot(String, String?)
            case comment(String)
        }

        var kind: Kind
        var location: Location

        /// What is said, where something is.
        var words: String? {
            switch kind {
            case .user(let text), .bot(let text): text
            case .slot, .comment: nil
            }
        }
    }

    /// The most that a repeated text is written out to, in bytes.
    static let repeatLimit = 1_048_576

    /// What it is called: its first comment, or the name of its file.
    private(set) var title: String
    /// The comments of its header after the first.
    private(set) var about: [String] = []
    /// What is said, in order.
    private(set) var lines: [Line] = []
    /// What the format cannot hold.
    var losses = DiagnosticList()

    private let traits: Traits
    private let file: String

    init(_ conversation: ConvertedConversation, for traits: Traits) {
        self.traits = traits
        file = conversation.transcript.file
        title = conversation.name
        readHeader(conversation.transcript)
        for entry in conversation.transcript.entries { read(entry, of: conversation.transcript) }
    }

    private func place(_ line: Int) -> Location { Location(file: file, line: max(line, 1), column: 1) }

    private mutating func readHeader(_ transcript: Transcript) {
        var hasTitle = false
        for line in transcript.header where !line.text.isEmpty {
            if let comment = Self.comment(line.text) {
                if !hasTitle, !comment.isEmpty {
                    title = comment
                    hasTitle = true
                } else {
                    about.append(comment)
                }
            } else {
                keepOrLose("the field '\(line.text)'", line.text, at: place(line.number))
            }
        }
    }

    private mutating func read(_ entry: Transcript.Entry, of transcript: Transcript) {
        let location = Location(file: transcript.file(of: entry), line: max(entry.line, 1), column: 1)
        switch entry.kind {
        case .user(let reply): lines.append(Line(kind: .user(words(of: reply, at: location)), location: location))
        case .bot(let text): lines.append(Line(kind: .bot(text), location: location))
        case .remark(let text):
            guard let comment = Self.comment(text), !comment.isEmpty else { return }
            if traits.comments {
                lines.append(Line(kind: .comment(comment), location: location))
            } else {
                losses.warning("the comment '\(comment)' is left out: \(traits.title) holds none", at: location)
            }
        case .expect(.slot(let name, let value)) where traits.slots:
            lines.append(Line(kind: .slot(name, value), location: location))
        case .pattern(let pattern):
            losses.warning("the pattern becomes literal text: \(traits.title) holds none of this kind", at: location)
            lines.append(Line(kind: .bot(pattern.lines.joined(separator: "\n")), location: location))
        case .include(let path):
            losses.warning("what '\(path)' holds stands in its place: \(traits.title) includes no other", at: location)
        case .expect, .action: keepOrLose("'\(entry.lines[0])'", entry.lines.joined(separator: "\n"), at: location)
        }
    }

    private mutating func keepOrLose(_ what: String, _ text: String, at location: Location) {
        if traits.comments {
            losses.warning("\(what) becomes a comment: \(traits.title) has no place for it", at: location)
            for part in text.fileLines { lines.append(Line(kind: .comment(part), location: location)) }
        } else {
            losses.warning("\(what) is left out: \(traits.title) has no place for it", at: location)
        }
    }

    private mutating func words(of reply: Transcript.Reply, at location: Location) -> String {
        switch reply {
        case .text(let text): return text
        case .bytes(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            losses.warning("the bytes are no text; U+FFFD stands for those that are none", at: location)
            return String(decoding: bytes, as: UTF8.self)
        case .repeated(let count, let text):
            let most = Self.repeatLimit / max(text.utf8.count, 1)
            if count > most {
                losses.warning("the repeated text is written out \(most) times, not \(count) times", at: location)
            } else {
                losses.warning("the repeated text is written out", at: location)
            }
            return String(repeating: text, count: min(count, most))
        }
    }

    /// The words of a comment, or `nil` where a line is none.
    private static func comment(_ line: String) -> String? {
        guard line.hasPrefix("#") else { return nil }
        let words = line.dropFirst()
        return String(words.first == " " ? words.dropFirst() : words)
    }
}
