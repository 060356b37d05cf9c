internal import Diagnostics
package import Patterns

/// What a rule was compiled from: for tools that compile it again with something changed or added.
package struct WrittenRule: Sendable {
    /// The rule as written, with its own pattern.
    package var draft: RuleFile.Draft
    /// How it may claim a reply.
    package let kind: Rule.Kind
    /// The text around its pattern, with `%` for the pattern.
    package var frame: String
    /// What `{slot}` stands for.
    package let slotNames: String?
    /// The word lists and fragments that it can use.
    package var parts: PatternParts
    /// The work that one match may do.
    package let limits: Pattern.Limits

    /// Its own pattern, with the names of the slots in it.
    var body: String {
        slotNames.map { draft.pattern.replacing("{slot}", with: "(?<slot>\($0))") } ?? draft.pattern
    }

    /// How its pattern is compiled: commands and corrections own the whole reply.
    package var options: Pattern.Options {
        kind == .command || kind == .correction ? [.caseless, .anchoredWhole] : [.caseless]
    }

    /// Compiles its pattern with the parts it uses, in its frame.
    func pattern() throws(PatternError) -> Pattern {
        let source = parts.assembled(frame.replacing("%", with: body), inlining: 3_000)
        return try Pattern(source, options: options, limits: limits)
    }

    /// Compiles it again, as it now is.
    ///
    /// - Returns: `nil` where its pattern does not compile.
    package func compiled() -> Rule? {
        let rule = Rule(self)
        return (try? rule.pattern) == nil ? nil : rule
    }
}
