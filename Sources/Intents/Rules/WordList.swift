public import Diagnostics

/// A closed list of words that patterns use by its name, as `(?&name)`: vocabulary, where patterns are grammar.
///
/// ```yaml
/// words:
///   degree: [very, so, quite, of course]
/// ```
///
/// An entry stands for itself, in any case; it has no pattern syntax. A match takes the longest entry that fits, and
/// never a part of a longer word.
public struct WordList: Sendable, Hashable {
    /// Its entries as written, in the order of the file.
    public let words: [String]
    /// Where it was written.
    public let location: Location
    /// A pattern that matches one of the entries.
    ///
    /// Entries that begin alike share what they have in common, so that a match looks at each letter of a reply once,
    /// however many entries there are.
    public let pattern: String

    /// Makes a list.
    ///
    /// - Parameters:
    ///   - words: Words, or several words with one space between them; letters, digits, `'`, `-`, `.`, `/` and `&`.
    ///   - location: Where it stands.
    /// - Complexity: O(n log n), n = letters in all.
    public init(_ words: [String], at location: Location) {
        self.words = words
        self.location = location
        pattern = Self.pattern(of: words.map { Array($0.unicodeScalars) }[...])
    }

    /// Why a text is no entry; `nil` for one.
    static func problem(with word: String) -> String? {
        if word.isEmpty { return "an entry of a word list is empty" }
        let isBounded = word.first != " " && word.last != " " && !word.contains("  ")
        let isPlain = word.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || plain.contains($0) }
        guard isBounded, isPlain else {
            return "'\(word)' is no entry of a word list: it takes letters, digits, ' - . / & and single spaces; "
                + "what needs pattern syntax is a fragment"
        }
        return nil
    }

    private static let plain = Set("0123456789'-./& ".unicodeScalars)

    /// One of several entries, longest first, that ends where a word ends.
    private static func pattern(of words: ArraySlice<[Unicode.Scalar]>) -> String {
        guard !words.isEmpty else { return "(?!)" }
        return "(?:\(branches(Set(words).sorted { $0.lexicographicallyPrecedes($1) }[...], from: 0)))(?!\\w)"
    }

    /// What follows the letters that sorted entries have in common.
    private static func branches(_ words: ArraySlice<[Unicode.Scalar]>, from depth: Int) -> String {
        var rest = words
        var endsHere = false
        // Of sorted entries the one that ends here comes first.
        if let first = rest.first, first.count == depth {
            endsHere = true
            rest.removeFirst()
        }
        guard !rest.isEmpty else { return "" }
        var parts: [String] = []
        while let head = rest.first {
            let same = rest.prefix { $0[depth] == head[depth] }
            rest = rest.dropFirst(same.count)
            // As far as all of them go on alike, no group is needed.
            var end = depth + 1
            while same.allSatisfy({ $0.count > end && $0[end] == head[end] }) { end += 1 }
            let tail = branches(same, from: end)
            parts.append(head[depth..<end].map(escaped).joined() + tail)
        }
        let joined = parts.joined(separator: "|")
        if endsHere { return "(?:\(joined))?" }
        return parts.count == 1 || depth == 0 ? joined : "(?:\(joined))"
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        scalar == "." ? "\\." : String(Character(scalar))
    }
}
