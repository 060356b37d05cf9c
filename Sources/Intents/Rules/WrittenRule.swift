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
    /// The named parts that it can use.
    package var fragments: [String: String]
    /// The work that one match may do.
    package let limits: Pattern.Limits

    /// Compiles it again, as it now is.
    ///
    /// - Returns: `nil` where its pattern does not compile.
    package func compiled() -> Rule? {
        var diagnostics = DiagnosticList()
        return RuleCompiler(fragments: fragments, limits: limits).compile(
            draft,
            kind: kind,
            frame: frame,
            slotNames: slotNames,
            diagnostics: &diagnostics
        )
    }
}
