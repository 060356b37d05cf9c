public import Diagnostics

/// A closed list of words that patterns use by its name, as `(?&name)`: vocabulary, where patterns are grammar.
///
/// ```yaml
/// words:
///   degree: very, so, quite, of course
/// ```
///
/// An entry stands for itself, in any case; it has no pattern syntax. A match takes the longest entry that fits, and
/// never a part of a longer word.
public struct WordList: Sendable, Hashable {
    /// Its entries as written, with commas between them.
    public let text: String
    /// Where it was written.
    public let location: Location
    /// A pattern that matches one of the entries.
    ///
    /// Entries that begin alike share what they have in common, so that a match looks at each letter of a reply once,
    /// however many entries there are.
    public let pattern: String

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - text: Words, or several words with one space between them, and commas between the entries; letters, digits,
    ///     `'`, `-`, `.`, `/` and `&`.
    ///   - location: Where it stands.
    ///   - report: Takes a sentence for each entry that is none, and for each that is there twice; neither counts.
    /// - Complexity: O(n log n), n = letters of the text.
    public init(_ text: String, at location: Location, report: (String) -> Void = { _ in }) {
        self.text = text
        self.location = location
        let letters = Self.letters(of: text)
        func word(_ range: Range<Int>) -> String { Self.text(of: letters[range]) }
        var entries: [Range<Int>] = []
        for range in Self.ranges(of: letters) {
            if let problem = Self.problem(with: letters[range]) {
                report(range.isEmpty ? problem : "'\(word(range))' is no entry of a word list: \(problem)")
            } else {
                entries.append(range)
            }
        }
        entries.sort { letters[$0].lexicographicallyPrecedes(letters[$1]) }
        var unique: [Range<Int>] = []
        for entry in entries {
            if let last = unique.last, letters[last].elementsEqual(letters[entry]) {
                report("'\(word(entry))' is in the list twice")
            } else {
                unique.append(entry)
            }
        }
        pattern = Self.pattern(of: unique[...], in: letters)
    }

    /// Its entries, in the order of the file and in lower case.
    public var words: [String] {
        let letters = Self.letters(of: text)
        return Self.ranges(of: letters).map { Self.text(of: letters[$0]) }
    }

    /// The letters of a text, those of ASCII in lower case; each list is read at every start, so this goes by scalars.
    private static func letters(of text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value) | 0x20) : $0 }
    }

    private static func text(of letters: some Sequence<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: letters)
        return text
    }

    /// Where the entries stand, without the spaces around them.
    private static func ranges(of letters: [Unicode.Scalar]) -> [Range<Int>] {
        letters.split(separator: ",", omittingEmptySubsequences: false).map { entry in
            var entry = entry
            while entry.first == " " { entry.removeFirst() }
            while entry.last == " " { entry.removeLast() }
            return entry.indices
        }
    }

    /// Why a text is no entry; `nil` for one.
    private static func problem(with entry: ArraySlice<Unicode.Scalar>) -> String? {
        if entry.isEmpty { return "an entry of a word list is empty" }
        var before: Unicode.Scalar?
        for letter in entry {
            let isWord = !letter.isASCII || UInt8(letter.value).isWord
            guard isWord || "'-./&".unicodeScalars.contains(letter) || (letter == " " && before != letter) else {
                return "it takes letters, digits, ' - . / & and single spaces; what needs pattern syntax is a fragment"
            }
            before = letter
        }
        return nil
    }

    /// One of several entries, longest first, that ends where a word ends.
    private static func pattern(of entries: ArraySlice<Range<Int>>, in letters: [Unicode.Scalar]) -> String {
        guard !entries.isEmpty else { return "(?!)" }
        var result: [Unicode.Scalar] = []
        write(entries, from: 0, of: letters, to: &result)
        return "(?:\(text(of: result)))(?!\\w)"
    }

    /// Writes what follows the letters that sorted entries have in common.
    private static func write(
        _ entries: ArraySlice<Range<Int>>,
        from depth: Int,
        of letters: [Unicode.Scalar],
        to result: inout [Unicode.Scalar]
    ) {
        func letter(_ entry: Range<Int>, _ place: Int) -> Unicode.Scalar? {
            place < entry.count ? letters[entry.lowerBound + place] : nil
        }
        var rest = entries
        // Of sorted entries the one that ends here comes first.
        let endsHere = rest.first.map { $0.count == depth } ?? false
        if endsHere { rest.removeFirst() }
        guard let first = rest.first, let last = rest.last else { return }
        let isGroup = endsHere || (depth > 0 && letter(first, depth) != letter(last, depth))
        if isGroup { result += ["(", "?", ":"] }
        var isFirst = true
        while let head = rest.first {
            let same = rest.prefix { letter($0, depth) == letter(head, depth) }
            rest = rest.dropFirst(same.count)
            // As far as all of them go on alike, no group is needed; of sorted ones, the outer two tell.
            var end = depth + 1
            while let next = letter(head, end), same.last.flatMap({ letter($0, end) }) == next { end += 1 }
            if !isFirst { result.append("|") }
            isFirst = false
            for place in depth..<end {
                if let one = letter(head, place) { result += one == "." ? ["\\", one] : [one] }
            }
            write(same, from: end, of: letters, to: &result)
        }
        if isGroup { result.append(")") }
        if endsHere { result.append("?") }
    }
}
