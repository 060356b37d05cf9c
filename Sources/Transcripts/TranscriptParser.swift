public import Diagnostics
internal import Foundation
internal import Intents

/// Reads transcripts.
///
/// What is wrong with a file is reported all at once, with file, line and column.
public struct TranscriptParser {
    private let file: String
    private var diagnostics = DiagnosticList()

    /// The largest file that is read, in UTF-8 bytes.
    public static let sizeLimit = 4_194_304

    /// Reads a transcript.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - file: Its path, for messages.
    /// - Returns: The transcript.
    /// - Throws: ``DiagnosticsError`` with everything that is wrong.
    public static func parse(_ text: String, file: String) throws(DiagnosticsError) -> Transcript {
        var parser = TranscriptParser(file: file)
        let transcript = parser.read(text)
        try parser.diagnostics.throwIfErrors()
        return transcript
    }

    private init(file: String) { self.file = file }

    private func place(_ line: Int, _ column: Int = 1) -> Location { Location(file: file, line: line, column: column) }

    private mutating func read(_ text: String) -> Transcript {
        var transcript = Transcript(file: file, header: [], entries: [])
        guard text.utf8.count <= Self.sizeLimit else {
            diagnostics.error("the file is larger than \(Self.sizeLimit) bytes", at: place(1))
            return transcript
        }
        if let offset = text.unicodeScalars.firstIndex(of: "\0") {
            let line = text.unicodeScalars[..<offset].count { $0 == "\n" } + 1
            diagnostics.error("there is a NUL byte; write such replies with 'user-hex:'", at: place(line))
            return transcript
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
        }
        if lines.last == "" { lines.removeLast() }
        var index = 0
        while index < lines.count, !Self.beginsEntry(lines[index]) {
            let line = lines[index]
            if !line.isEmpty, !line.hasPrefix("#"), !Self.isField(line) {
                diagnostics.error("expected a header field such as 'flow: NAME', or a turn", at: place(index + 1))
            }
            transcript.header.append(Transcript.Line(text: line, number: index + 1))
            index += 1
        }
        while index < lines.count {
            let start = index
            let line = lines[index]
            index += 1
            if line.isEmpty || line.hasPrefix("#") {
                transcript.entries.append(Transcript.Entry(.remark(line), line: start + 1))
                continue
            }
            guard let colon = line.firstIndex(of: ":"), Self.beginsEntry(line) else {
                diagnostics.error(
                    line.first?.isWhitespace == true
                        ? "this line continues nothing"
                        : "expected 'user:', 'bot:', 'do:' or 'expect:'",
                    at: place(start + 1)
                )
                continue
            }
            var body = [String(line[line.index(after: colon)...].drop { $0 == " " })]
            while index < lines.count, lines[index].hasPrefix("  ") {
                let continuation = String(lines[index].dropFirst(2))
                body.append(continuation == "\\" ? "" : continuation)
                index += 1
            }
            if let kind = entry(String(line[..<colon]), body, at: start + 1) {
                transcript.entries.append(Transcript.Entry(kind, line: start + 1))
            }
        }
        return transcript
    }

    private static let words = ["user", "user-hex", "user-repeat", "bot", "do", "expect"]

    private static func beginsEntry(_ line: String) -> Bool { words.contains { line.hasPrefix($0 + ":") } }

    private static func isField(_ line: String) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return false }
        return line[..<colon].allSatisfy { $0.isLetter || $0 == "-" || $0 == "_" } && colon > line.startIndex
    }

    private mutating func entry(_ word: String, _ body: [String], at line: Int) -> Transcript.Kind? {
        let text = body.joined(separator: "\n")
        switch word {
        case "user": return .user(.text(text))
        case "bot": return .bot(text)
        case "user-hex":
            let digits = text.filter { !$0.isWhitespace }
            var bytes: [UInt8] = []
            var rest = digits[...]
            while rest.count >= 2, let byte = UInt8(rest.prefix(2), radix: 16) {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            }
            guard rest.isEmpty else {
                diagnostics.error("expected pairs of hexadecimal digits, such as 'ff fe'", at: place(line, 11))
                return nil
            }
            return .user(.bytes(bytes))
        case "user-repeat":
            let parts = text.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let count = Int(parts[0]), (1...10_000_000).contains(count) else {
                diagnostics.error("expected a count up to 10000000 and a text, such as '5000 x'", at: place(line, 14))
                return nil
            }
            return .user(.repeated(count, String(parts[1])))
        case "do": return action(body, at: line)
        default: return expectation(text, at: line)
        }
    }

    private mutating func action(_ body: [String], at line: Int) -> Transcript.Kind? {
        let parts = body[0].split(separator: "->", maxSplits: 1).map(\.trimmed)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            diagnostics.error("expected 'do: ACTION -> OUTCOME'", at: place(line, 5))
            return nil
        }
        if parts[1].hasSuffix("(recorded)") {
            return .action(name: parts[0], outcome: parts[1].dropLast("(recorded)".count).trimmed, values: [:])
        }
        guard body.count > 1 else { return .action(name: parts[0], outcome: parts[1], values: nil) }
        var values: [String: Value] = [:]
        for (offset, field) in body.dropFirst().enumerated() where !field.isEmpty {
            guard let colon = field.firstIndex(of: ":") else {
                diagnostics.error("expected 'name: value' with the value as JSON", at: place(line + offset + 1, 3))
                return nil
            }
            let json = field[field.index(after: colon)...].trimmed
            guard let value = try? JSONDecoder().decode(Value.self, from: Data(json.utf8)) else {
                diagnostics.error("this value is not JSON; put texts in double quotes", at: place(line + offset + 1, 3))
                return nil
            }
            values[field[..<colon].trimmed] = value
        }
        return .action(name: parts[0], outcome: parts[1], values: values)
    }

    private mutating func expectation(_ text: String, at line: Int) -> Transcript.Kind? {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words.first {
        case "slot":
            let parts = rest.split(separator: "=", maxSplits: 1).map(\.trimmed)
            if parts.count == 2 { return .expect(.slot(parts[0], parts[1])) }
            if rest.hasSuffix(" unknown") { return .expect(.slot(rest.dropLast(8).trimmed, nil)) }
        case "step": if !rest.isEmpty { return .expect(.step(rest.trimmed)) }
        case "file":
            let parts = rest.components(separatedBy: " contains ")
            if parts.count == 2 { return .expect(.fileContains(parts[0].trimmed, parts[1])) }
            if !rest.isEmpty { return .expect(.file(rest.trimmed)) }
        case "end": if !rest.isEmpty { return .expect(.ended(rest.trimmed)) }
        case "paused": return .expect(.paused)
        default: break
        }
        diagnostics.error(
            "expected 'slot NAME = VALUE', 'slot NAME unknown', 'step ID', 'file PATH', 'file PATH contains TEXT', "
                + "'end OUTCOME' or 'paused'",
            at: place(line, 9)
        )
        return nil
    }
}
