public import Diagnostics

/// Mutants that mean the same as the flow itself, each with the reason why no transcript could tell them apart.
///
/// ```yaml
/// equivalent:
///   - mutant: "drop anchor question-form: \\b"
///     reason: What comes after the word is white space in any case.
/// ```
public struct EquivalentMutants: Sendable {
    /// One entry.
    struct Entry: Sendable {
        /// The mutant's id; `*` stands for any characters.
        var pattern: String
        var reason: String
        var location: Location
    }

    let entries: [Entry]

    /// No mutant is known to mean the same.
    public init() { entries = [] }

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - text: The file.
    ///   - file: Its path, for messages.
    /// - Throws: ``DiagnosticsError`` with all that is wrong.
    public init(_ text: String, file: String) throws(DiagnosticsError) {
        var diagnostics = DiagnosticList()
        var entries: [Entry] = []
        if let root = YAMLNode(text, file: file, diagnostics: &diagnostics) {
            var fields = YAMLFields(root, of: "a list of equivalent mutants", diagnostics: &diagnostics)
            for element in fields.node("equivalent")?.elements ?? [] {
                var entry = YAMLFields(element, of: "an equivalent mutant", diagnostics: &diagnostics)
                let pattern = entry.requiredText("mutant", &diagnostics)
                let reason = entry.requiredText("reason", &diagnostics)
                entry.finish(&diagnostics)
                guard let pattern, let reason else { continue }
                entries.append(Entry(pattern: pattern, reason: reason, location: element.location))
            }
            fields.finish(&diagnostics)
        }
        try diagnostics.throwIfErrors()
        self.entries = entries
    }

    /// The reason that is given for a mutant.
    func reason(for id: String) -> String? {
        entries.first { Self.matches($0.pattern, id) }?.reason
    }

    /// Entries that name no mutant, or only such as are noticed: they are to be taken off the list.
    func stale(among mutants: [String], killed: [String: String]) -> [Diagnostic] {
        entries.compactMap { entry in
            let named = mutants.filter { Self.matches(entry.pattern, $0) }
            guard let first = named.first else {
                let hint = NearestWord.hint(for: entry.pattern, among: mutants)
                return Diagnostic(.error, at: entry.location, "there is no such mutant" + hint)
            }
            guard let killer = killed[first], named.allSatisfy({ killed[$0] != nil }) else { return nil }
            return Diagnostic(.error, at: entry.location, "this mutant is not equivalent: \(killer) notices it")
        }
    }

    /// Whether a text matches a pattern in which `*` stands for anything.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == text }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }
}
