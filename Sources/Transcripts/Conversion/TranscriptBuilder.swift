internal import Diagnostics

/// Puts a transcript together out of a file of another format.
struct TranscriptBuilder {
    private let file: String
    private var title: String?
    private var about: [String] = []
    private var entries: [Transcript.Entry] = []
    private(set) var losses = DiagnosticList()

    init(file: String) { self.file = file }

    /// The user sends a text.
    mutating func user(_ text: String) {
        if !entries.isEmpty { entries.append(Transcript.Entry(.remark(""))) }
        entries.append(Transcript.Entry(.user(.text(text))))
    }

    /// The bot says a text.
    mutating func bot(_ text: String) { entries.append(Transcript.Entry(.bot(text))) }

    /// A slot must have this value, or none.
    mutating func slot(_ name: String, _ value: String?, at location: Location) {
        let kind = Transcript.Kind.expect(.slot(name, value))
        let text = Transcript(file: "", header: [], entries: [Transcript.Entry(kind)]).text
        guard (try? TranscriptParser.parse(text, file: "").entries.map(\.kind)) == [kind] else {
            return lose(
                "the value of the slot '\(name)' is left out: a transcript has no place for such a text",
                at: location
            )
        }
        entries.append(Transcript.Entry(kind))
    }

    /// What the conversation is called; the first comment of the transcript.
    mutating func name(_ text: String) { title = text }

    /// A comment, at its place.
    mutating func comment(_ text: String) {
        let lines = text.fileLines.map { $0.isEmpty ? "#" : "# " + $0 }
        if entries.isEmpty { about += lines } else { entries += lines.map { Transcript.Entry(.remark($0)) } }
    }

    /// Something that is left out, or changes.
    mutating func lose(_ message: String, at location: Location) { losses.warning(message, at: location) }

    /// The conversation, under a name for a file.
    func finish(name: String) -> ConvertedConversation {
        var lines = (title.map { ["# " + $0.fileLines.joined(separator: " ")] } ?? []) + about
        if !lines.isEmpty { lines.append("") }
        let transcript = Transcript(
            file: file,
            header: lines.enumerated().map { Transcript.Line(text: $1, number: $0 + 1) },
            entries: entries
        )
        return ConvertedConversation(name: name, transcript: transcript, losses: losses.diagnostics)
    }
}
