/// A file that would have to change, for a transcript to be right.
public struct Revision: Sendable, Hashable {
    /// The file: a transcript, or one that it includes.
    public let file: String
    /// Its text when it was read.
    public let original: String
    /// The text that it should have.
    public let text: String

    /// Makes a revision.
    public init(file: String, original: String, text: String) {
        self.file = file
        self.original = original
        self.text = text
    }

    /// The lines that differ, with three lines of context, as a unified difference.
    public var difference: [String] {
        UnifiedDifference.between(Self.lines(original), Self.lines(text))
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.utf8Split(UInt8(ascii: "\n")).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}

/// Keeps the revisions of one run apart: a file that several transcripts include has only one text.
public struct RevisionLedger: Sendable {
    /// The revision of each file, by its fingerprint, and the transcript that asked for it first.
    private var known: [String: (fingerprint: UInt64, transcript: String)] = [:]

    /// An empty ledger.
    public init() {}

    /// What to do with a revision.
    public enum Entry: Sendable, Hashable {
        /// It is the first of its file.
        case new
        /// It is there already.
        case known
        /// Another transcript wants another text for the file.
        case conflict(with: String)
    }

    /// Notes a revision that a transcript asks for.
    public mutating func note(_ revision: Revision, of transcript: String) -> Entry {
        let fingerprint = Fingerprint.of(revision.text)
        guard let first = known[revision.file] else {
            known[revision.file] = (fingerprint, transcript)
            return .new
        }
        return first.fingerprint == fingerprint ? .known : .conflict(with: first.transcript)
    }
}

/// FNV-1a with 64 bits: tells versions of a text apart, and is no defence against forgery.
enum Fingerprint {
    static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
