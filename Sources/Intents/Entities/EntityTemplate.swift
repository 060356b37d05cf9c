internal import Diagnostics
internal import Patterns

/// A text over the groups of an entity pattern, such as `ORD-${digits}`: a value, a message or a corrected form.
///
/// `${0}` is the whole match. Filters follow a bar, and are applied from left to right:
///
/// | filter | gives |
/// | --- | --- |
/// | `lower`, `upper` | ASCII letters in lower or upper case |
/// | `shown` | the first character in quotes, or its number where it can't be seen |
/// | `length` | the number of characters |
/// | `slug:64` | lower-case letters without accents, digits and hyphens, at most so many |
struct EntityTemplate: Sendable {
    private enum Part: Sendable {
        case text(String)
        case group(String, [Filter])
    }

    private enum Filter: Sendable {
        case lower, upper, shown, length
        case slug(limit: Int)

        static let names = ["length", "lower", "shown", "slug", "upper"]

        init?(_ text: Substring) {
            let parts = text.split(separator: ":", maxSplits: 1)
            switch (parts.first, parts.count) {
            case ("lower", 1): self = .lower
            case ("upper", 1): self = .upper
            case ("shown", 1): self = .shown
            case ("length", 1): self = .length
            case ("slug", 1): self = .slug(limit: .max)
            case ("slug", 2):
                guard let limit = Int(parts[1]), limit > 0 else { return nil }
                self = .slug(limit: limit)
            default: return nil
            }
        }

        func apply(to text: String) -> String {
            switch self {
            case .lower: text.asciiLowercased
            case .upper: String(decoding: text.utf8.map { ByteClass.isLower($0) ? $0 ^ 0x20 : $0 }, as: UTF8.self)
            case .shown: text.unicodeScalars.first?.shown ?? ""
            case .length: String(text.unicodeScalars.count)
            case .slug(let limit): text.slug(limit: limit) ?? ""
            }
        }
    }

    private var parts: [Part] = []

    /// The whole match.
    static let whole = EntityTemplate(parts: [.group("0", [])])

    private init(parts: [Part]) { self.parts = parts }

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - text: The template.
    ///   - groups: The named groups of its pattern.
    ///   - location: Where it stands.
    ///   - diagnostics: Takes unknown groups and filters.
    init(_ text: String, groups: [String], at location: Location, diagnostics: inout DiagnosticList) {
        var rest = text[...]
        while let open = rest.firstRange(of: "${") {
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            guard let close = rest[open.upperBound...].firstIndex(of: "}") else {
                diagnostics.error("'${' is closed by '}'", at: location)
                return
            }
            let words = rest[open.upperBound..<close].split(separator: "|", omittingEmptySubsequences: false)
            rest = rest[rest.index(after: close)...]
            let group = String(words.first ?? "")
            if group != "0", !groups.contains(group) {
                let all = groups.isEmpty ? "${0} is the whole match" : "there are: \(groups.joined(separator: ", "))"
                diagnostics.error(
                    "the pattern has no group '\(group)'" + NearestWord.hint(for: group, among: groups, otherwise: all),
                    at: location
                )
                continue
            }
            let filters = words.dropFirst().compactMap { word -> Filter? in
                let filter = Filter(word)
                if filter == nil {
                    let all = "there are: \(Filter.names.joined(separator: ", "))"
                    let name = String(word.prefix { $0 != ":" })
                    diagnostics.error(
                        "there is no filter '\(word)'"
                            + NearestWord.hint(for: name, among: Filter.names, otherwise: all),
                        at: location
                    )
                }
                return filter
            }
            parts.append(.group(group, filters))
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
    }

    /// The text for a match.
    func text(for match: PatternMatch, in text: String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): return text
            case .group(let name, let filters):
                let range = name == "0" ? match.range : match.range(named: name)
                return filters.reduce(range.map { text.slice(utf8: $0) } ?? "") { $1.apply(to: $0) }
            }
        }.joined()
    }
}
