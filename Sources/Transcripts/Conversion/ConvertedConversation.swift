public import Diagnostics

/// A conversation on its way from one format to another.
public struct ConvertedConversation: Sendable {
    /// What it is called: a name of a file without its ending, or what the file calls it.
    public var name: String
    /// The conversation as a transcript.
    public var transcript: Transcript
    /// What could not be held: a warning each, with its place in the file it came from.
    public var losses: [Diagnostic]

    /// Makes a conversation.
    public init(name: String, transcript: Transcript, losses: [Diagnostic] = []) {
        self.name = name
        self.transcript = transcript
        self.losses = losses
    }
}

/// Conversations between formats.
///
/// What a format cannot hold is reported and never left out in silence. The same input gives the same bytes: no time of
/// day goes in.
public enum TranscriptConversion {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - format: What it is written in.
    ///   - file: Its path, for messages.
    /// - Returns: Its conversations, at least one.
    /// - Throws: ``DiagnosticsError`` with what is wrong, each with its place.
    public static func read(
        _ text: String,
        as format: ConversationFormat,
        file: String
    ) throws(DiagnosticsError) -> [ConvertedConversation] {
        guard text.utf8.count <= TranscriptParser.sizeLimit else {
            let place = Location(file: file, line: 1, column: 1)
            throw DiagnosticsError([
                Diagnostic(at: place, "the file is larger than \(TranscriptParser.sizeLimit) bytes")
            ])
        }
        switch format {
        case .usher:
            return [
                ConvertedConversation(
                    name: Self.name(of: file, format),
                    transcript: try TranscriptParser.parse(text, file: file)
                )
            ]
        case .chat: return [try ChatdownReader.read(text, file: file)]
        case .activities: return [try ActivityReader.read(text, file: file)]
        case .botium: return [try BotiumReader.read(text, file: file)]
        case .rasa: return try RasaReader.read(text, file: file)
        case .markdown: return [try MarkdownReader.read(text, file: file)]
        }
    }

    /// Writes conversations as one file.
    ///
    /// - Parameters:
    ///   - conversations: One, or several where the format holds several; others after the first are left out and
    ///     reported.
    ///   - format: What to write.
    /// - Returns: The text of the file, and what it cannot hold, with places in the transcripts.
    public static func write(
        _ conversations: [ConvertedConversation],
        as format: ConversationFormat
    ) -> (text: String, losses: [Diagnostic]) {
        if format == .rasa { return RasaWriter.write(conversations) }
        guard let conversation = conversations.first else { return ("", []) }
        var (text, losses) = write(conversation, as: format)
        for other in conversations.dropFirst() {
            let place = Location(file: other.transcript.file, line: 1, column: 1)
            losses.append(
                Diagnostic(.warning, at: place, "'\(other.name)' is left out: the file holds one conversation")
            )
        }
        return (text, losses)
    }

    private static func write(
        _ conversation: ConvertedConversation,
        as format: ConversationFormat
    ) -> (text: String, losses: [Diagnostic]) {
        switch format {
        case .usher: (conversation.transcript.text, [])
        case .markdown: (MarkdownWriter.write(conversation), [])
        case .chat: ChatdownWriter.write(conversation)
        case .activities: ActivityWriter.write(conversation)
        case .botium: BotiumWriter.write(conversation)
        case .rasa: RasaWriter.write([conversation])
        }
    }

    /// The name of a file without its folder and without the ending of its format, or without any ending.
    static func name(of file: String, _ format: ConversationFormat) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        if name.hasSuffix(format.ending), name != format.ending { return String(name.dropLast(format.ending.count)) }
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
