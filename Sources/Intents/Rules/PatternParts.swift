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

    /// The parts that a pattern uses, directly or through others, as a group that only defines them.
    ///
    /// - Complexity: O(n), n = bytes of the pattern and of the parts it uses.
    package func definitions(for pattern: String) -> String {
        var needed: Set<String> = []
        var parts = ""
        var texts = [pattern]
        while let text = texts.popLast() {
            for name in Self.references(in: text) {
                guard let body = fragments[name] ?? words[name]?.pattern, needed.insert(name).inserted else { continue }
                parts += "(?<\(name)>\(body))"
                texts.append(body)
            }
        }
        return parts.isEmpty ? "" : "(?(DEFINE)\(parts))"
    }

    /// The names in `(?&name)`, in the order of the text.
    private static func references(in pattern: String) -> [String] {
        var names: [String] = []
        var name: [UInt8]?
        var opening = 0
        // By bytes, as a search by characters would be the greater part of reading a flow.
        for byte in pattern.utf8 {
            if let letters = name {
                if byte == UInt8(ascii: ")") {
                    names.append(String(decoding: letters, as: UTF8.self))
                    name = nil
                } else {
                    name = letters + [byte]
                }
                continue
            }
            switch (opening, byte) {
            case (_, UInt8(ascii: "(")): opening = 1
            case (1, UInt8(ascii: "?")): opening = 2
            case (2, UInt8(ascii: "&")):
                opening = 0
                name = []
            default: opening = 0
            }
        }
        return names
    }
}

extension WordList {
    /// Reads a list, and reports what is no entry.
    fileprivate init(_ entry: YAMLNode.Entry, _ diagnostics: inout DiagnosticList) {
        var seen: Set<String> = []
        for element in entry.value.elements {
            guard case .scalar(let word) = element.content else { continue }
            if let problem = Self.problem(with: word) {
                diagnostics.error(problem, at: element.location)
            } else if !seen.insert(word.lowercased()).inserted {
                diagnostics.error("'\(word)' is in the list '\(entry.key)' twice", at: element.location)
            }
        }
        let words = entry.value.texts(as: "the word list '\(entry.key)'", &diagnostics)
        if words.isEmpty { diagnostics.error("the word list '\(entry.key)' is empty", at: entry.keyLocation) }
        self.init(words.filter { Self.problem(with: $0) == nil }, at: entry.keyLocation)
    }
}
