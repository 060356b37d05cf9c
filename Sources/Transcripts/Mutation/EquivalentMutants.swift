public import Diagnostics
internal import YAMLReading

/// Mutants that mean the same as the flow itself, each with the reason why no transcript could tell them apart, and survivors
/// that are knowingly left, each with the reason why.
///
/// ```yaml
/// equivalent:
///   - mutant: "drop anchor question-form: \\b"
///     reason: What comes after the word is white space in any case.
/// accepted:
///   - mutant: "drop anchor topic-*: \\b*"
///     reason: No word that anyone says here ends or begins like this one.
/// ```
public struct EquivalentMutants: Sendable {
    /// One entry.
    struct Entry: Sendable {
        /// The mutant's id; `*` stands for any characters.
        var pattern: String
        var reason: String
        var location: Location
    }

    /// Mutants that mean the same as the flow: they do not count.
    let entries: [Entry]
    /// Mutants that mean something else and are left all the same: they count as survivors.
    let accepted: [Entry]

    /// No mutant is known to mean the same, and none is left knowingly.
    public init() { (entries, accepted) = ([], []) }

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - text: The file.
    ///   - file: Its path, for messages.
    /// - Throws: ``DiagnosticsError`` with all that is wrong.
    public init(_ text: String, file: String) throws(DiagnosticsError) {
        var diagnostics = DiagnosticList()
        var entries: [Entry] = []
        var accepted: [Entry] = []
        if let root = YAMLNode(text, file: file, diagnostics: &diagnostics) {
            var fields = YAMLFields(root, of: "a list of equivalent mutants", diagnostics: &diagnostics)
            entries = Self.entries(fields.node("equivalent"), of: "an equivalent mutant", &diagnostics)
            accepted = Self.entries(fields.node("accepted"), of: "an accepted mutant", &diagnostics)
            fields.finish(&diagnostics)
        }
        try diagnostics.throwIfErrors()
        self.entries = entries
        self.accepted = accepted
    }

    private static func entries(
        _ list: YAMLNode?,
        of what: String,
        _ diagnostics: inout DiagnosticList
    ) -> [Entry] {
        var entries: [Entry] = []
        for element in list?.elements ?? [] {
            var entry = YAMLFields(element, of: what, diagnostics: &diagnostics)
            let pattern = entry.requiredText("mutant", &diagnostics)
            let reason = entry.requiredText("reason", &diagnostics)
            entry.finish(&diagnostics)
            guard let pattern, let reason else { continue }
            entries.append(Entry(pattern: pattern, reason: reason, location: element.location))
        }
        return entries
    }

    /// The reason why a mutant means the same as the flow, where one is given.
    func reason(for id: String) -> String? {
        entries.first { Self.matches($0.pattern, id) }?.reason
    }

    /// The reason why a mutant is left as a survivor, where one is given.
    func explanation(for id: String) -> String? {
        accepted.first { Self.matches($0.pattern, id) }?.reason
    }

    /// Entries that name no mutant, or only such as are noticed: they are to be taken off the list.
    func stale(among mutants: [String], killed: [String: String]) -> [Diagnostic] {
        Self.stale(entries, "this mutant is not equivalent", mutants, killed)
            + Self.stale(accepted, "this mutant does not survive", mutants, killed)
    }

    private static func stale(
        _ entries: [Entry],
        _ finding: String,
        _ mutants: [String],
        _ killed: [String: String]
    ) -> [Diagnostic] {
        entries.compactMap { entry in
            let named = mutants.filter { Self.matches(entry.pattern, $0) }
            guard let first = named.first else {
                let hint = NearestWord.hint(for: entry.pattern, among: mutants)
                return Diagnostic(.error, at: entry.location, "there is no such mutant" + hint)
            }
            guard let killer = killed[first], named.allSatisfy({ killed[$0] != nil }) else { return nil }
            return Diagnostic(.error, at: entry.location, "\(finding): \(killer) notices it")
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
