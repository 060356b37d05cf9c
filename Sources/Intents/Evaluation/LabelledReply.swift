public import Diagnostics

/// A reply together with what its author meant, for measuring how well replies are understood.
public struct LabelledReply: Sendable, Hashable {
    /// What was meant: the name of an intent, or ``other``.
    public var intent: String
    /// The reply as it was typed.
    public var text: String
    /// Where the row stands.
    public var location: Location

    /// The label of a reply that means none of the intents.
    public static let other = "other"

    /// Makes a labelled reply.
    public init(intent: String, text: String, location: Location) {
        self.intent = intent
        self.text = text
        self.location = location
    }

    /// Reads a table of labelled replies: tab-separated, the first line behind its ``PhrasingHeader`` naming the columns.
    ///
    /// The columns `intent` and `text` are used, in whatever order they stand; others are left alone. Empty lines and
    /// those that begin with `#` are passed over, lines may end with CR LF, and there is no quoting: a reply holds no tab
    /// and no line break.
    ///
    /// - Parameters:
    ///   - table: The file's text.
    ///   - file: Its path, for errors.
    ///   - known: The intents that a row may name, beside ``other``.
    ///   - diagnostics: Takes all that is wrong, each with its line and column.
    /// - Returns: The rows that can be used, in the order of the file.
    public static func read(
        _ table: String,
        file: String,
        known: Set<String>,
        diagnostics: inout DiagnosticList
    ) -> [LabelledReply] {
        let lines = table.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let first = PhrasingHeader(table, file: file).lineCount
        let top = Location(file: file, line: min(first + 1, lines.count), column: 1)
        let names = first < lines.count ? cells(of: lines[first]).map { String($0.text) } : []
        var columns: [Int] = []
        for name in ["intent", "text"] {
            let places = names.indices.filter { names[$0] == name }
            if places.count == 1 {
                columns.append(places[0])
            } else if places.isEmpty {
                diagnostics.error("the first line names no column '\(name)'; columns are separated by tabs", at: top)
            } else {
                diagnostics.error("the first line names the column '\(name)' more than once", at: top)
            }
        }
        guard columns.count == 2 else { return [] }

        var replies: [LabelledReply] = []
        var unknown: Set<String> = []
        let hash = UInt8(ascii: "#")
        for (number, line) in lines.enumerated().dropFirst(first + 1) where !line.isBlank && line.first != hash {
            let cells = cells(of: line)
            guard cells.count == names.count else {
                diagnostics.error(
                    "the row has \(cells.count) columns where the first line names \(names.count)",
                    at: Location(file: file, line: number + 1, column: 1)
                )
                continue
            }
            let intent = cells[columns[0]]
            let text = cells[columns[1]]
            let location = Location(file: file, line: number + 1, column: text.column)
            let name = String(intent.text)
            if name != other, !known.contains(name) {
                // Once is enough: a name that is misspelt or not in scope tends to fill hundreds of rows.
                guard unknown.insert(name).inserted else { continue }
                diagnostics.error(
                    name.isEmpty
                        ? "the row has no intent; write '\(other)' for a reply that means none of them"
                        : "there is no intent '\(name)'" + NearestWord.hint(for: name, among: known.union([other])),
                    at: Location(file: file, line: number + 1, column: intent.column)
                )
            } else if text.text.isEmpty {
                diagnostics.error("the row has no text", at: location)
            } else {
                replies.append(LabelledReply(intent: name, text: String(text.text), location: location))
            }
        }
        if replies.isEmpty, !diagnostics.hasErrors { diagnostics.error("the file has no rows", at: top) }
        return replies
    }

    /// The cells of a line, each with the column of its first character, from 1.
    private static func cells(of line: Substring.UTF8View) -> [(text: Substring, column: Int)] {
        var line = line
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        var column = 1
        return line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { cell in
            let text = Substring(cell)
            defer { column += text.unicodeScalars.count + 1 }
            return (text, column)
        }
    }
}
