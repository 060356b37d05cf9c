/// How many columns of a terminal text takes.
///
/// The rule, by grapheme cluster: an emoji sequence (joined by ZWJ, asked for by U+FE0F, or a flag) takes two; anything
/// else takes what its scalars take: East Asian wide ones two, combining marks and format characters none, the rest one.
///
/// - Note: Source: UAX #11 (wide), UAX #29 (clusters), UTS #51 (emoji). Terminals differ on what the standards leave
///   open; this is what current ones do.
public enum DisplayWidth {
    /// The columns that `text` takes on one line, without escape sequences in it.
    ///
    /// - Complexity: O(n), n = UTF-8 bytes; a few nanoseconds a byte where the text is ASCII.
    public static func columns(of text: some StringProtocol) -> Int {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
            ? text.utf8.count
            : text.reduce(0) { $0 + columns(of: $1) }
    }

    /// The columns of one grapheme cluster: 0, 1, 2, or more where a script stacks spacing marks.
    public static func columns(of cluster: Character) -> Int {
        let scalars = cluster.unicodeScalars
        guard let first = scalars.first else { return 0 }
        guard scalars.count > 1 else { return columns(of: first) }
        if isRegionalIndicator(first) || first.properties.isEmojiPresentation { return 2 }
        if first.properties.isEmoji, scalars.contains(where: { $0 == "\u{FE0F}" || $0 == "\u{200D}" }) { return 2 }
        return scalars.reduce(0) { $0 + columns(of: $1) }
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.value >= 0x20 && scalar.value < 0x7F { return 1 }
        // The vowels and final consonants of Hangul stand inside the block of the first consonant.
        if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator:
            return 0
        case .format:
            return scalar == "\u{AD}" ? 1 : 0
        default:
            return WideCharacters.contains(scalar) ? 2 : 1
        }
    }

    private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }
}
