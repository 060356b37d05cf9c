public import Intents

/// A conversation as a text file that people review and machines replay.
///
/// It keeps every byte of the file that it was read from: ``text`` gives them back. `docs/transcripts.md` describes
/// the format.
public struct Transcript: Sendable, Hashable {
    /// The file, as given.
    public var file: String
    /// The lines before the first entry.
    public var header: [Line]
    /// The conversation in order; what an `include:` brings along stands after it.
    public var entries: [Entry]
    /// What is named by `${name}` in texts: the file's own `var:` fields, and those of what it includes.
    public internal(set) var variables: [String: String] = [:]
    /// The files that were included, in the order of the conversation; ``Entry/origin`` counts them from 1.
    public internal(set) var inclusions: [Inclusion] = []
    /// Header fields of included files that stand in for those that are missing here; paths are relative to this file.
    var inherited: [String: String] = [:]

    /// Makes a transcript.
    public init(file: String, header: [Line], entries: [Entry]) {
        self.file = file
        self.header = header
        self.entries = entries
    }

    /// A line that is kept as it is: a header field, a comment, an empty line.
    public struct Line: Sendable, Hashable {
        /// The whole line, without what ends it.
        public var text: String { didSet { source = nil } }
        /// Its number, from 1.
        public var number: Int
        /// Its bytes in the file with what ends it; `nil` where it was not read.
        var source: Substring?

        /// Makes a line.
        public init(text: String, number: Int) {
            self.text = text
            self.number = number
        }
    }

    /// A file that was included.
    public struct Inclusion: Sendable, Hashable {
        /// The file.
        public let file: String
        /// Its header.
        public let header: [Line]
    }

    /// Something that happens or is expected in a conversation.
    public struct Entry: Sendable, Hashable {
        /// What it is.
        public var kind: Kind { didSet { source = nil } }
        /// The line of its file that it begins at, from 1; 0 for one that was made by a run.
        public var line: Int
        /// Whose line it is: 0 for the transcript's own, n for the n-th of ``Transcript/inclusions``.
        public internal(set) var origin = 0
        /// Its bytes in the file with what ends its lines; `nil` where it was not read.
        var source: Substring?
        /// Whether its text names variables.
        var usesVariables = false

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
        /// The bot says something of this form.
        case pattern(MessagePattern)
        /// An action runs and ends; with values where the transcript itself holds its answer.
        case action(name: String, outcome: String, values: [String: Value]?)
        /// Something must hold at this place.
        case expect(Expectation)
        /// The entries of another file, by its path relative to this one, stand here.
        case include(String)
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

    /// The file that an entry stands in.
    public func file(of entry: Entry) -> String {
        inclusions.indices.contains(entry.origin - 1) ? inclusions[entry.origin - 1].file : file
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

    /// How many bytes the user sends.
    public var length: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .repeated(let count, let text): count * text.utf8.count
        }
    }
}
