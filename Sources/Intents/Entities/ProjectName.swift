/// The name of a project folder: 1...64 of `a-z`, `0-9` and `-`, with no hyphen at either end.
///
/// So it is a folder's name on every system, and never a path.
public struct ProjectName: Entity, CustomStringConvertible {
    /// The longest name, in characters.
    public static let maximumLength = 64

    /// The name.
    public let name: String

    /// The name.
    public var description: String { name }

    /// Reads a name that is the whole text.
    ///
    /// - Throws: ``EntityProblem`` with the nearest good name as its suggestion, if the text has a letter or digit.
    public init(parsing text: String) throws(EntityProblem) {
        guard let problem = Self.problem(with: text) else {
            name = text
            return
        }
        throw EntityProblem(problem.code, problem.message, suggestion: Self.slug(of: text))
    }

    /// Finds a name that is quoted, follows "call it", "named" and the like, or is the whole reply.
    ///
    /// A whole reply of several words is a near miss with its slug as suggestion: "My Big Eval" gives `my-big-eval`.
    ///
    /// - Complexity: O(n), n = bytes of the text.
    public static func findAll(in text: String) -> [Found<ProjectName>] {
        let reply = ReplyBytes(text)
        if let range = quoted(in: reply) ?? cued(in: reply) ?? whole(reply) {
            do throws(EntityProblem) {
                return [Found(range: range, result: .success(try ProjectName(parsing: reply.text(range))))]
            } catch {
                return [Found(range: range, result: .failure(error))]
            }
        }
        return []
    }

    /// The nearest good name: small letters without accents, hyphens for all else; `nil` if nothing is left.
    public static func slug(of text: String) -> String? {
        var slug = ""
        for scalar in text.unicodeScalars {
            if let letters = letters(for: scalar) {
                slug += letters
            } else if scalar.properties.isDiacritic || scalar == "'" {
                continue
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        slug = String(slug.prefix(maximumLength))
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty ? nil : slug
    }

    private static func problem(with text: String) -> EntityProblem? {
        let isAllowed: (UInt8) -> Bool = { ByteClass.isLower($0) || ByteClass.isDigit($0) || $0 == 0x2D }
        if text.isEmpty { return EntityProblem(.empty, "The project needs a name.") }
        if text.allBytes({ isAllowed($0) || ByteClass.isUpper($0) }), !text.allBytes(isAllowed) {
            return EntityProblem(.wrongCase, "A project name is in lower case.")
        }
        if let shown = text.firstShown(notIn: { isAllowed($0) || ByteClass.isUpper($0) }) {
            return EntityProblem(
                .forbiddenCharacter,
                "A project name has only lower-case letters, digits and hyphens; this one has \(shown)."
            )
        }
        if text.hasPrefix("-") || text.hasSuffix("-") {
            return EntityProblem(.wrongName, "A project name begins and ends with a letter or digit.")
        }
        guard text.utf8.count <= maximumLength else {
            return EntityProblem(
                .wrongLength,
                "A project name has at most 64 characters; this one has \(text.utf8.count)."
            )
        }
        return nil
    }

    /// The plain letters or the digit for a scalar: `É` gives `e`, `ß` gives `ss`; `nil` for all other signs.
    ///
    /// Unicode names an accented letter by its base letter: "LATIN SMALL LETTER E WITH ACUTE".
    private static func letters(for scalar: Unicode.Scalar) -> String? {
        if scalar.isASCII {
            let byte = ByteClass.lowercased(UInt8(truncatingIfNeeded: scalar.value))
            return ByteClass.isAlphanumeric(byte) ? String(UnicodeScalar(byte)) : nil
        }
        if scalar == "ß" { return "ss" }
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
        let words = name.split(separator: " ")
        guard words.count >= 4, words[2] == "LETTER", words[3].utf8.count <= 2 else { return nil }
        return words[3].lowercased()
    }

    /// The first quoted text.
    private static func quoted(in reply: ReplyBytes) -> Range<Int>? {
        for start in 1..<max(reply.count, 1) where reply.canBeginWord(at: start - 1) {
            if let quote = reply.closingQuote(ofValueAt: start), quote > start { return start..<quote }
        }
        return nil
    }

    private static let cues: [StaticString] = ["call it ", "name it ", "named ", "called ", "name is ", "name: "]

    /// The word after a cue.
    private static func cued(in reply: ReplyBytes) -> Range<Int>? {
        for offset in 0..<reply.count where reply.canBeginWord(at: offset) {
            for cue in cues where reply.hasWord(cue, at: offset) {
                let start = offset + cue.utf8CodeUnitCount
                let end = reply.endOfValue(from: start)
                if end > start { return start..<end }
            }
        }
        return nil
    }

    private static func whole(_ reply: ReplyBytes) -> Range<Int>? {
        let range = reply.trimmedRange
        let end = reply.endWithoutPunctuation(range)
        return end > range.lowerBound ? range.lowerBound..<end : nil
    }
}
