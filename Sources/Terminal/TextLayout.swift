/// Lays text out in lines of at most so many columns.
///
/// - Breaks stand at spaces, and between East Asian wide characters.
/// - A line that begins with a list marker (`- `, `* `, `• `, `3. `, `b) `) or with spaces goes on under its own text.
/// - A word is never broken: a URL, an ARN, an S3 URI or a path that is longer than the width gets a line of its own, so
///   that it can be copied whole.
/// - What stands between lines of three backquotes is left alone.
/// - Line feeds and empty lines stay. Escape sequences of ``Style`` take no columns.
public struct TextLayout: Sendable, Hashable {
    /// The columns of a line, at least 1.
    public let width: Int

    /// Makes a layout for lines of `width` columns; less than 1 counts as 1.
    public init(width: Int) {
        self.width = max(1, width)
    }

    /// The text with line feeds where it wraps.
    ///
    /// - Complexity: O(n), n = UTF-8 bytes of the text.
    public func wrapped(_ text: DisplayText) -> DisplayText {
        lines(of: text).joined(separator: "\n")
    }

    /// The lines, without line feeds, none wider than the width but those of one long word.
    public func lines(of text: DisplayText) -> [DisplayText] {
        var lines: [String] = []
        var isInFence = false
        for line in text.terminalString.split(separator: "\n", omittingEmptySubsequences: false) {
            let isFenceMark = line.drop { $0 == " " }.hasPrefix("```")
            if isFenceMark { isInFence.toggle() }
            if isFenceMark || isInFence || ANSIText.columns(of: String(line)) <= width {
                lines.append(String(line))
            } else {
                lines += wrap(String(line))
            }
        }
        return lines.map { DisplayText(trusted: $0) }
    }

    private func wrap(_ line: String) -> [String] {
        let atoms = Atom.atoms(of: line)
        let indent = String(repeating: " ", count: hangingIndent(of: atoms))
        var lines: [String] = []
        var current = ""
        var used = 0
        var isAtStart = true
        for atom in atoms {
            // The spaces before the first atom are the indent of the line, and stay.
            if isAtStart, lines.isEmpty {
                current = String(repeating: " ", count: atom.spacesBefore)
                used = atom.spacesBefore
            } else if !isAtStart, used + atom.spacesBefore + atom.columns > width {
                lines.append(current)
                current = indent
                used = indent.count
            } else if !isAtStart {
                current += String(repeating: " ", count: atom.spacesBefore)
                used += atom.spacesBefore
            }
            current += atom.text
            used += atom.columns
            isAtStart = false
        }
        lines.append(current)
        return lines
    }

    /// Where the second line begins: under the text that follows the marker, or under the first line.
    ///
    /// An indent of more than half the width would leave too little room, and is dropped to two columns.
    private func hangingIndent(of atoms: [Atom]) -> Int {
        guard let first = atoms.first else { return 0 }
        var indent = first.spacesBefore
        if atoms.count > 1, first.isListMarker {
            indent += first.columns + atoms[1].spacesBefore
        }
        return indent * 2 <= width ? indent : min(2, width / 2)
    }
}
