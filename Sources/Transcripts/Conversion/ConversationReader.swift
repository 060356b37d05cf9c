internal import Diagnostics

/// A reader of a format of lines, which puts a transcript together as it goes.
protocol ConversationReader {
    /// The format that it reads.
    static var format: ConversationFormat { get }

    var file: String { get }
    var diagnostics: DiagnosticList { get }
    var builder: TranscriptBuilder { get }

    init(file: String)

    /// Reads all of a file.
    mutating func read(_ text: String)
}

extension ConversationReader {
    /// The conversation of a file.
    ///
    /// - Throws: ``DiagnosticsError`` with all that is wrong.
    static func read(_ text: String, file: String) throws(DiagnosticsError) -> ConvertedConversation {
        var reader = Self(file: file)
        reader.read(text)
        try reader.diagnostics.throwIfErrors()
        return reader.builder.finish(name: TranscriptConversion.name(of: file, format))
    }

    func place(_ line: Int, _ column: Int = 1) -> Location { Location(file: file, line: line, column: column) }
}
