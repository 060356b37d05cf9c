/// A text's scalars, each with whether a reader sees it as what it is.
///
/// The joiners and tags that hold one emoji together are invisible and plain all the same: without them it falls apart.
/// Between anything else they could hide something, and are not plain.
///
/// - Note: Source: Unicode Technical Standard 51, emoji ZWJ sequences and tag sequences; the three tag sequences are those
///   that are recommended for general interchange.
struct ReadableScalars: Sequence {
    private let scalars: [UnicodeScalar]
    private let parts: Set<Int>

    /// Looks at a text; linear in its length.
    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        parts = Self.invisibleParts(of: scalars)
    }

    func makeIterator() -> some IteratorProtocol<(scalar: UnicodeScalar, isPlain: Bool)> {
        scalars.enumerated().lazy.map { (scalar: $1, isPlain: $1.isPlainToRead || parts.contains($0)) }.makeIterator()
    }

    /// The places of the invisible scalars that belong to an emoji.
    private static func invisibleParts(of scalars: [UnicodeScalar]) -> Set<Int> {
        var parts: Set<Int> = []
        for (index, scalar) in scalars.enumerated() {
            if scalar == "\u{200D}" {
                if endsEmoji(scalars[..<index]), index + 1 < scalars.count, isPicture(scalars[index + 1]) {
                    parts.insert(index)
                }
            } else if scalar == "\u{1F3F4}" {
                let tags = scalars[(index + 1)...].prefix(6)
                if flags.contains(where: tags.elementsEqual) { parts.formUnion(tags.indices) }
            }
        }
        return parts
    }

    /// Whether some scalars end with a picture, perhaps in another skin colour or style.
    private static func endsEmoji(_ scalars: ArraySlice<UnicodeScalar>) -> Bool {
        let picture = scalars.last { $0 != "\u{FE0F}" && !$0.properties.isEmojiModifier }
        return picture.map(isPicture) ?? false
    }

    /// Whether a scalar is a picture; digits, `#`, `©` and `®`, which may become one, are not.
    private static func isPicture(_ scalar: UnicodeScalar) -> Bool {
        scalar.properties.isEmoji && scalar.value > 0xFF
    }

    /// The tags that make a black flag that of England, Scotland or Wales.
    private static let flags: [[UnicodeScalar]] = ["gbeng", "gbsct", "gbwls"].map { code in
        code.unicodeScalars.compactMap { UnicodeScalar($0.value + 0xE0000) } + ["\u{E007F}"]
    }
}

extension UnicodeScalar {
    /// Whether a reader sees this scalar as what it is: no control, no invisible format or direction mark, no line or
    /// paragraph separator, nothing unassigned or private.
    var isPlainToRead: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        case .spaceSeparator: self == " "
        default: true
        }
    }
}
