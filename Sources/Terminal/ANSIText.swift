/// A reader of text with SGR escape sequences in it: what takes columns and what does not.
enum ANSIText {
    /// One piece of text: a grapheme cluster, or a whole escape sequence.
    enum Piece: Equatable {
        case cluster(Character)
        case escape(String)
    }

    /// The pieces in order.
    ///
    /// A sequence that does not end is taken as ending with the text.
    static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first {
            if first == "\u{1B}" {
                // ESC [ parameters final: the final byte is the first in 0x40...0x7E after the bracket (ECMA-48 5.4).
                let body = rest.unicodeScalars.dropFirst(2)
                let end = body.firstIndex { (0x40...0x7E).contains($0.value) }.map(body.index(after:)) ?? body.endIndex
                pieces.append(.escape(String(rest[..<end])))
                rest = rest[end...]
            } else {
                let end = rest.unicodeScalars.firstIndex(of: "\u{1B}") ?? rest.endIndex
                pieces += rest[..<end].map { .cluster($0) }
                rest = rest[end...]
            }
        }
        return pieces
    }

    /// The columns that the text takes on one line.
    static func columns(of text: String) -> Int {
        text.utf8.contains(0x1B)
            ? pieces(of: text).reduce(0) { sum, piece in
                if case .cluster(let cluster) = piece { sum + DisplayWidth.columns(of: cluster) } else { sum }
            }
            : DisplayWidth.columns(of: text)
    }

    /// The beginning of the text that takes at most so many columns; escape sequences stay, wherever they are.
    static func prefix(of text: String, columns limit: Int) -> String {
        var used = 0
        var kept = ""
        for piece in pieces(of: text) {
            switch piece {
            case .escape(let sequence):
                kept += sequence
            case .cluster(let cluster):
                used += DisplayWidth.columns(of: cluster)
                if used <= limit { kept.append(cluster) }
            }
        }
        return kept
    }
}
