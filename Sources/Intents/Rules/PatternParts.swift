public import Diagnostics

/// What the patterns of a file share: word lists and fragments, each used as `(?&name)`.
public struct PatternParts: Sendable, Hashable {
    /// Lists of words, by their names.
    public var words: [String: WordList]
    /// Named parts of patterns, by their names; they may use others, and word lists.
    public var fragments: [String: String]

    /// Makes parts; no list has the name of a fragment.
    public init(words: [String: WordList] = [:], fragments: [String: String] = [:]) {
        self.words = words
        self.fragments = fragments
    }

    /// Reads the fields `words` and `fragments` of a file.
    public init(_ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) {
        self.init()
        for entry in Self.entries(of: "fragments", as: "name: pattern", &fields, &diagnostics) {
            if case .scalar(let pattern) = entry.value.content {
                fragments[entry.key] = pattern
            } else {
                diagnostics.error("the fragment '\(entry.key)' is one pattern", at: entry.value.location)
            }
        }
        for entry in Self.entries(of: "words", as: "name: [word, …]", &fields, &diagnostics) {
            let location = entry.keyLocation
            if fragments[entry.key] != nil {
                diagnostics.error("'\(entry.key)' is a word list and a fragment; give one another name", at: location)
            }
            words[entry.key] = WordList(entry, &diagnostics)
        }
    }

    private static func entries(
        of field: String,
        as form: String,
        _ fields: inout YAMLFields,
        _ diagnostics: inout DiagnosticList
    ) -> [YAMLNode.Entry] {
        guard let node = fields.node(field) else { return [] }
        guard case .mapping(let entries) = node.content else {
            diagnostics.error("'\(field)' is written as '\(form)' lines", at: node.location)
            return []
        }
        for entry in entries where !isName(entry.key) {
            diagnostics.error(
                "'\(entry.key)' is no name for a part of patterns: it takes letters, digits and _, and no digit first",
                at: entry.keyLocation
            )
        }
        return entries.filter { isName($0.key) }
    }

    /// Whether PCRE2 takes it as a group's name; pcre2pattern(3) allows 32 characters.
    private static func isName(_ text: String) -> Bool {
        let isWord = text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || ($0 < 0x80 && $0.isWord) }
        return isWord && (1...32).contains(text.utf8.count) && text.utf8.first.map { $0 > UInt8(ascii: "9") } == true
    }
}

extension WordList {
    /// Reads a list, written with commas in one text or as a list, and reports what is no entry.
    fileprivate init(_ entry: YAMLNode.Entry, _ diagnostics: inout DiagnosticList) {
        let texts = entry.value.texts(as: "the word list '\(entry.key)'", &diagnostics)
        if texts.isEmpty { diagnostics.error("the word list '\(entry.key)' is empty", at: entry.keyLocation) }
        var problems: [String] = []
        self.init(texts.joined(separator: ","), at: entry.value.location) { problems.append($0) }
        for problem in problems { diagnostics.error("\(problem) (word list '\(entry.key)')", at: location) }
    }
}
