/// One way to go on with the word before the cursor.
public struct Completion: Sendable, Hashable {
    /// What stands in the line afterwards, from `utf8Start` to where the cursor was.
    public var text: String
    /// Where the word begins that it replaces, as a UTF-8 offset into the line.
    public var utf8Start: Int
    /// What a list of completions shows for it.
    public var label: String
    /// Whether a space follows when it is the only one.
    public var endsWord: Bool

    /// Makes a completion; its label is its text unless one is given.
    public init(text: String, utf8Start: Int, label: String? = nil, endsWord: Bool = true) {
        self.text = text
        self.utf8Start = utf8Start
        self.label = label ?? text
        self.endsWord = endsWord
    }

    /// The words that begin as the line does, as completions of the whole line up to the cursor.
    ///
    /// For slash commands and choices: ASCII upper and lower case count as the same.
    ///
    /// - Parameters:
    ///   - words: What may be said.
    ///   - line: The line as typed.
    ///   - utf8Cursor: The UTF-8 offset of the cursor in it.
    /// - Returns: The words in their own order, each with a space after it when it is the only one.
    public static func words(_ words: [String], line: String, utf8Cursor: Int) -> [Completion] {
        let typed = String(decoding: line.utf8.prefix(utf8Cursor), as: UTF8.self)
        let spaces = typed.utf8.prefix { $0 == UInt8(ascii: " ") }.count
        let start = String(typed.utf8.dropFirst(spaces)) ?? ""
        return words.filter { $0.lowercased().hasPrefix(start.lowercased()) }
            .map { Completion(text: $0, utf8Start: spaces) }
    }
}

/// What Tab does to a line.
enum CompletionStep: Equatable {
    /// There is nothing to complete.
    case nothing
    /// The bytes from the offset to the cursor become this text.
    case replace(utf8Start: Int, text: String)
    /// Several ways lead on: they are shown.
    case list([String])

    /// Chooses: the only completion is put in; several are put in as far as they agree, and listed where they agree on
    /// nothing that is not there.
    init(_ completions: [Completion], line: String, utf8Cursor: Int) {
        guard let first = completions.first, (0...utf8Cursor).contains(first.utf8Start) else {
            self = .nothing
            return
        }
        let rivals = completions.filter { $0.utf8Start == first.utf8Start }
        let typed = String(decoding: line.utf8.prefix(utf8Cursor).dropFirst(first.utf8Start), as: UTF8.self)
        if rivals.count == 1 {
            let text = first.text + (first.endsWord ? " " : "")
            self = text == typed ? .nothing : .replace(utf8Start: first.utf8Start, text: text)
            return
        }
        let common = rivals.dropFirst().reduce(first.text) { Self.commonPrefix($0, $1.text) }
        self =
            common.count >= typed.count && common != typed
            ? .replace(utf8Start: first.utf8Start, text: common)
            : .list(rivals.map(\.label))
    }

    private static func commonPrefix(_ left: String, _ right: String) -> String {
        String(zip(left, right).prefix { $0 == $1 }.map(\.0))
    }

    /// Lines that show labels in columns, ordered downwards as `ls` does; what exceeds `most` is counted.
    static func columns(of labels: [String], width: Int, most: Int = 100) -> [String] {
        let shown = labels.prefix(most).map { Sanitizer.displayableLine($0) }
        let columnWidth = (shown.map { DisplayWidth.columns(of: $0) }.max() ?? 0) + 2
        let columnCount = max(1, width / columnWidth)
        let rowCount = (shown.count + columnCount - 1) / columnCount
        var lines = (0..<rowCount).map { row in
            var line = ""
            for index in stride(from: row, to: shown.count, by: rowCount) {
                let padding = columnWidth - DisplayWidth.columns(of: shown[index])
                line += shown[index]
                if index + rowCount < shown.count { line += String(repeating: " ", count: padding) }
            }
            return line
        }
        if labels.count > most { lines.append("… and \(labels.count - most) more") }
        return lines
    }
}
