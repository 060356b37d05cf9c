/// Cutting the text of a file that is not ours.
extension String {
    /// The lines of a file, without what ends them; the empty one after the last line end is none.
    var fileLines: [String] {
        // A CRLF is one character, so lines are cut by scalars.
        var scalars = unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.last == "\r" ? line.dropLast() : line)
        }
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var stripped: String {
        var rest = Substring(self).unicodeScalars
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
