/// A line of a file, with its place.
struct SourceLine {
    /// Its number, from 1.
    var number: Int
    /// What stands in it.
    var text: Substring
    /// The same with what ends it: LF, CRLF or, at the end of a file, nothing.
    var whole: Substring

    /// The column of a place in it, from 1, in Unicode scalars.
    func column(of index: String.Index) -> Int {
        text.unicodeScalars.distance(from: text.startIndex, to: min(index, text.endIndex)) + 1
    }

    /// The lines of a text; none where it is empty.
    ///
    /// - Complexity: O(n) in bytes; nothing is copied.
    static func all(in text: Substring, from number: Int = 1) -> [SourceLine] {
        var lines: [SourceLine] = []
        let utf8 = text.utf8
        var start = utf8.startIndex
        while start < utf8.endIndex {
            let newline = utf8[start...].firstIndex(of: UInt8(ascii: "\n"))
            let next = newline.map { utf8.index(after: $0) } ?? utf8.endIndex
            var end = newline ?? utf8.endIndex
            if newline != nil, end > start, utf8[utf8.index(before: end)] == UInt8(ascii: "\r") {
                end = utf8.index(before: end)
            }
            lines.append(
                SourceLine(number: number + lines.count, text: text[start..<end], whole: text[start..<next])
            )
            start = next
        }
        return lines
    }
}
