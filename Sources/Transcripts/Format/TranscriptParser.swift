public import Diagnostics

/// Reads transcripts.
///
/// What is wrong with a file is reported all at once, with file, line and column; at most 100 things of one file.
public struct TranscriptParser {
    let file: String
    /// The values of variables, by name.
    var variables: [String: String]
    /// Whether a variable without a value is an error; else its value may come from a file that is not read yet.
    var knowsAllVariables: Bool
    private(set) var diagnostics = DiagnosticList()

    /// The largest file that is read, in UTF-8 bytes.
    public static let sizeLimit = 4_194_304
    /// The longest line, in UTF-8 bytes.
    public static let lineLimit = 1_048_576
    /// The longest reply that is made by repeating a text, in UTF-8 bytes.
    public static let repeatLimit = 16_777_216
    private static let diagnosticLimit = 100

    /// Reads a transcript, and no other file.
    ///
    /// What it includes stays an entry ``Transcript/Kind/include(_:)``; ``TranscriptLoader`` reads that too. Variables
    /// that may be declared by an included file stand as they are written.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - file: Its path, for messages.
    /// - Returns: The transcript.
    /// - Throws: ``DiagnosticsError`` with everything that is wrong.
    /// - Complexity: O(n) in the bytes of the file.
    public static func parse(_ text: String, file: String) throws(DiagnosticsError) -> Transcript {
        var parser = TranscriptParser(file: file)
        let transcript = parser.read(text)
        try parser.diagnostics.throwIfErrors()
        return transcript
    }

    init(file: String, variables: [String: String] = [:], knowsAllVariables: Bool = true) {
        self.file = file
        self.variables = variables
        self.knowsAllVariables = knowsAllVariables
    }

    /// Whether so much is wrong that it is of no use to go on.
    private var isFull: Bool { diagnostics.diagnostics.count >= Self.diagnosticLimit }

    mutating func report(_ message: String, _ line: Int, _ column: Int = 1) {
        guard !isFull else { return }
        diagnostics.error(message, at: Location(file: file, line: line, column: column))
        if isFull {
            diagnostics.error(
                "there is more wrong with this file; correct what was found so far first",
                at: Location(file: file, line: line, column: column)
            )
        }
    }

    private mutating func read(_ text: String) -> Transcript {
        var transcript = Transcript(file: file, header: [], entries: [])
        var text = text
        text.makeContiguousUTF8()
        guard text.utf8.count <= Self.sizeLimit else {
            report("the file is larger than \(Self.sizeLimit) bytes", 1)
            return transcript
        }
        var lines = SourceLine.all(in: text[...])
        if let mark = lines.first?.text.dropping("\u{FEFF}") { lines[0].text = mark }
        for line in lines where !isFull { checkBytes(of: line) }
        guard !diagnostics.hasErrors else { return transcript }
        let isEntry = lines.map { Self.word(of: $0.text) != nil }
        let end = isEntry.firstIndex(of: true) ?? lines.count
        for line in lines[..<end] {
            transcript.header.append(headerLine(line))
            declareVariable(line, in: &transcript)
        }
        variables = transcript.variables
        knowsAllVariables = !lines.contains { $0.text.dropping("include:") != nil }
        var index = end
        while index < lines.count, !isFull {
            if let entry = readEntry(lines, &index) { transcript.entries.append(entry) }
        }
        return transcript
    }

    private mutating func checkBytes(of line: SourceLine) {
        if line.text.utf8.count > Self.lineLimit {
            report(
                "the line is longer than \(Self.lineLimit) bytes; write long replies with 'user-repeat:'",
                line.number
            )
        } else if let place = line.text.utf8.firstIndex(of: 0) {
            let message = "there is a NUL byte; write such replies with 'user-hex:'"
            report(message, line.number, line.column(of: place))
        }
    }

    private mutating func headerLine(_ line: SourceLine) -> Transcript.Line {
        var result = Transcript.Line(text: String(line.text), number: line.number)
        result.source = line.whole
        guard !line.text.isEmpty, line.text.utf8.first != UInt8(ascii: "#") else { return result }
        guard let name = result.field.map({ String($0.name) }) else {
            report("expected a header field such as 'flow: NAME', or a turn", line.number)
            return result
        }
        guard !Transcript.fields.contains(name) else { return result }
        let hint = NearestWord.hint(for: name, among: Transcript.fields + Self.words) { "\($0):" }
        // A field that is near to none is the author's own.
        if !hint.isEmpty { report("'\(name):' means nothing here" + hint, line.number) }
        return result
    }

    private mutating func declareVariable(_ line: SourceLine, in transcript: inout Transcript) {
        guard let declaration = line.text.dropping("var:") else { return }
        let parts = declaration.utf8Cut("=")
        guard let (before, value) = parts, let name = Self.variableName(before.spaceTrimmed) else {
            report("expected 'var: NAME = VALUE'; a name has letters, digits, '_' and '-'", line.number, 5)
            return
        }
        if transcript.variables[name] != nil {
            report(
                "the variable '\(name)' is declared twice",
                line.number,
                line.column(of: before.spaceTrimmed.startIndex)
            )
        }
        transcript.variables[name] = String(value.spaceTrimmed)
    }

    private static func variableName(_ text: Substring) -> String? {
        guard let first = text.utf8.first, first.isNameStart, text.utf8.allSatisfy(\.isNameByte) else { return nil }
        return String(text)
    }
}
