public import Intents

/// A conversation as a text file that people review and machines replay.
///
/// `docs/transcripts.md` describes the format.
public struct Transcript: Sendable, Hashable {
    /// The file, as given.
    public var file: String
    /// The lines before the first turn.
    public var header: [Line]
    /// The conversation in the order of the file.
    public var entries: [Entry]

    /// Makes a transcript.
    public init(file: String, header: [Line], entries: [Entry]) {
        self.file = file
        self.header = header
        self.entries = entries
    }

    /// A line that is kept as it is: a header field, a comment, an empty line.
    public struct Line: Sendable, Hashable {
        /// The whole line.
        public var text: String
        /// Its number, from 1.
        public var number: Int

        /// Makes a line.
        public init(text: String, number: Int) {
            self.text = text
            self.number = number
        }
    }

    /// Something that happens or is expected in a conversation.
    public struct Entry: Sendable, Hashable {
        /// What it is.
        public var kind: Kind
        /// The line it begins at, from 1; 0 for one that was made by a run.
        public var line: Int

        /// Makes an entry.
        public init(_ kind: Kind, line: Int = 0) {
            self.kind = kind
            self.line = line
        }
    }

    /// What an entry is.
    public enum Kind: Sendable, Hashable {
        /// The user sends something.
        case user(Reply)
        /// The bot says something; the text with its options as numbered lines.
        case bot(String)
        /// An action runs and ends; with values where the transcript itself holds its answer.
        case action(name: String, outcome: String, values: [String: Value]?)
        /// Something must hold at this place.
        case expect(Expectation)
        /// A comment or an empty line.
        case remark(String)
    }

    /// What a user sends.
    public enum Reply: Sendable, Hashable {
        /// Text as it stands in the file.
        case text(String)
        /// Bytes given in hexadecimal, for what is no text.
        case bytes([UInt8])
        /// A text many times over, for what is too long to write out.
        case repeated(Int, String)
    }

    /// Something that must hold.
    public enum Expectation: Sendable, Hashable {
        /// A slot has a value, as it is shown; `nil` means that it has none.
        case slot(String, String?)
        /// The conversation waits at a step.
        case step(String)
        /// A file was written to the workspace.
        case file(String)
        /// A file of the workspace holds a text.
        case fileContains(String, String)
        /// The flow ended with an outcome.
        case ended(String)
        /// The conversation pauses.
        case paused
    }

    /// A header field's value, or `nil` where it is missing.
    public func field(_ name: String) -> String? {
        for line in header where line.text.hasPrefix(name + ":") {
            return line.text.dropFirst(name.count + 1).trimmed
        }
        return nil
    }

    /// A header field's values, separated by commas.
    public func list(_ name: String) -> [String] {
        (field(name) ?? "").split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    }
}

extension Transcript.Reply {
    /// The bytes that the user sends.
    public var sent: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        case .repeated(let count, let text): Array(String(repeating: text, count: count).utf8)
        }
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
