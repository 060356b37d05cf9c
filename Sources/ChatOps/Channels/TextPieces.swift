/// Splits texts for channels that take only so much at once.
public enum TextPieces {
    /// Splits a text so that no piece costs more than a limit: between paragraphs where that can be, else between lines, else
    /// between words, else between characters; a character that is too large by itself, between its scalars.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - limit: What a piece may cost.
    ///   - cost: What a scalar costs, such as the bytes that it takes; at most a quarter of the limit.
    /// - Returns: The pieces, none of them empty; white space where they were split is left out.
    /// - Complexity: Linear in the text.
    public static func split(_ text: String, limit: Int, cost: (Unicode.Scalar) -> Int) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            var sum = 0
            // Where the piece may end: after a paragraph, a line, a word, a character.
            var ends: [Substring.Index?] = [nil, nil, nil, nil]
            var index = rest.startIndex
            while index < rest.endIndex {
                let character = rest[index]
                sum += character.unicodeScalars.reduce(0) { $0 + cost($1) }
                if sum > limit { break }
                let next = rest.index(after: index)
                ends[3] = next
                if character.isNewline {
                    ends[1] = next
                    if next < rest.endIndex, rest[next].isNewline { ends[0] = next }
                } else if character.isWhitespace {
                    ends[2] = next
                }
                index = next
            }
            if index == rest.endIndex {
                ends = [rest.endIndex]
            }
            let end = ends.compactMap(\.self).first ?? scalarEnd(of: rest, limit, cost)
            let piece = rest[..<end]
            rest = rest[end...]
            let isLast = rest.isEmpty
            let kept = isLast ? piece : piece.trimmingSuffix(while: \.isWhitespace)
            if !kept.isEmpty { pieces.append(String(kept)) }
            if !isLast { rest = rest.trimmingPrefix(while: \.isNewline) }
        }
        return pieces
    }

    /// A text that is not longer than so many UTF-16 units; where something was left out, `…` stands at its end.
    static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf16.count > limit else { return text }
        var kept = ""
        for character in text {
            guard kept.utf16.count + character.utf16.count < limit else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// Where to split inside of the first character, which is too large by itself.
    private static func scalarEnd(of text: Substring, _ limit: Int, _ cost: (Unicode.Scalar) -> Int) -> Substring.Index
    {
        var sum = 0
        var end = text.unicodeScalars.startIndex
        for index in text.unicodeScalars.indices {
            sum += cost(text.unicodeScalars[index])
            if sum > limit, end > text.startIndex { break }
            end = text.unicodeScalars.index(after: index)
        }
        return end
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isLeftOut: (Character) -> Bool) -> Substring {
        self[..<(lastIndex { !isLeftOut($0) }.map(index(after:)) ?? startIndex)]
    }
}
