/// A run of text that no line break divides.
struct Atom: Equatable {
    /// The text, with the escape sequences that touch it.
    var text = ""
    /// The columns that it takes.
    var columns = 0
    /// The spaces between the atom before it (or the start of the line) and it.
    var spacesBefore = 0

    /// The atoms of one line.
    ///
    /// Tabs count as four spaces; spaces at the end are dropped.
    static func atoms(of line: String) -> [Atom] {
        var atoms: [Atom] = []
        var word: [ANSIText.Piece] = []
        var spaces = 0
        func endWord() {
            guard !word.isEmpty else { return }
            var parts = divided(word)
            parts[0].spacesBefore = spaces
            atoms += parts
            word = []
            spaces = 0
        }
        for piece in ANSIText.pieces(of: line) {
            switch piece {
            case .cluster(" "):
                endWord()
                spaces += 1
            case .cluster("\t"):
                endWord()
                spaces += 4
            default:
                word.append(piece)
            }
        }
        endWord()
        return atoms
    }

    /// Whether this opens a list item: `-`, `*`, `•`, or up to three digits or one letter before `.` or `)`.
    var isListMarker: Bool {
        let plain = ANSIText.pieces(of: text).compactMap { piece in
            if case .cluster(let cluster) = piece { cluster } else { nil }
        }
        guard let last = plain.last else { return false }
        if plain.count == 1 { return "-*•–".contains(last) }
        let label = plain.dropLast()
        guard last == "." || last == ")" else { return false }
        return (label.count <= 3 && label.allSatisfy { $0.isASCII && $0.isNumber })
            || (label.count == 1 && label.allSatisfy { $0.isASCII && $0.isLetter })
    }

    /// A word as atoms: one, or more where East Asian characters may part.
    private static func divided(_ word: [ANSIText.Piece]) -> [Atom] {
        var atoms = [Atom()]
        var previous: Character?
        let isLocator = isLocator(word)
        for piece in word {
            switch piece {
            case .escape(let sequence):
                atoms[atoms.count - 1].text += sequence
            case .cluster(let cluster):
                if !isLocator, let before = previous, mayPart(before, cluster) {
                    atoms.append(Atom())
                }
                atoms[atoms.count - 1].text.append(cluster)
                atoms[atoms.count - 1].columns += DisplayWidth.columns(of: cluster)
                previous = cluster
            }
        }
        return atoms
    }

    /// Whether the word names a place: a URL, an S3 URI, an ARN or a path.
    private static func isLocator(_ word: [ANSIText.Piece]) -> Bool {
        let text = String(word.compactMap { if case .cluster(let cluster) = $0 { cluster } else { nil } })
        return text.contains("/") || text.hasPrefix("arn:")
    }

    /// Whether a line may end between two characters that no space parts.
    ///
    /// Ideographs part anywhere, but a line does not begin with closing punctuation or end with opening punctuation.
    ///
    /// - Note: Source: UAX #14, classes ID, CL, OP, NS, much simplified.
    private static func mayPart(_ left: Character, _ right: Character) -> Bool {
        (isIdeograph(left) || isIdeograph(right))
            && !"、。，．・：；？！）」』】〕〉》”’%％…ー々".contains(right)
            && !".,:;?!)]}\"'".contains(right)
            && !"（「『【〔〈《“‘([{\"'".contains(left)
    }

    private static func isIdeograph(_ cluster: Character) -> Bool {
        guard let first = cluster.unicodeScalars.first else { return false }
        return WideCharacters.contains(first) && !first.properties.isEmojiPresentation
    }
}
