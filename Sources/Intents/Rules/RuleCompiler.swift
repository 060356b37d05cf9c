public import Diagnostics
public import Patterns

/// Turns rules as written into rules with compiled patterns, and checks their examples.
public struct RuleCompiler: Sendable {
    private let parts: PatternParts
    private let limits: Pattern.Limits

    /// Makes a compiler.
    ///
    /// - Parameters:
    ///   - parts: Word lists and fragments, used as `(?&name)`.
    ///   - limits: The work one match may do; reaching it counts as no match.
    public init(parts: PatternParts = PatternParts(), limits: Pattern.Limits = .init()) {
        self.parts = parts
        self.limits = limits
    }

    /// Compiles the rules of a file.
    ///
    /// - Parameters:
    ///   - file: The rules as written.
    ///   - slotNames: What `{slot}` in a correction stands for: an alternation of every name of every slot.
    ///   - slotExample: One of these names, which `SLOT` stands for in the examples.
    ///   - diagnostics: Takes patterns that do not compile.
    /// - Returns: The rules that compile, in the order of the file.
    public static func compile(
        _ file: RuleFile,
        slotNames: String? = nil,
        slotExample: String? = nil,
        diagnostics: inout DiagnosticList
    ) -> [Rule] {
        let written = file.drafts.map { draft in
            var draft = draft
            if let slotExample, file.kind == .correction {
                draft.examples.matches = draft.examples.matches.map { $0.replacing("SLOT", with: slotExample) }
                draft.examples.rejects = draft.examples.rejects.map { $0.replacing("SLOT", with: slotExample) }
            }
            return WrittenRule(
                draft: draft,
                kind: file.kind,
                frame: file.frame,
                slotNames: file.kind == .correction ? slotNames : nil,
                parts: file.parts,
                limits: .init()
            )
        }
        return rules(written, diagnostics: &diagnostics)
    }

    /// Compiles rules of one kind.
    ///
    /// - Parameters:
    ///   - drafts: The rules as written.
    ///   - kind: How they claim a reply.
    ///   - frame: What stands around each pattern, with `%` for the pattern.
    ///   - diagnostics: Takes patterns that do not compile.
    /// - Returns: The rules that compile, in the same order.
    public func compile(
        _ drafts: [RuleFile.Draft],
        kind: Rule.Kind,
        frame: String = "%",
        diagnostics: inout DiagnosticList
    ) -> [Rule] {
        let written = drafts.map { draft in
            WrittenRule(draft: draft, kind: kind, frame: frame, slotNames: nil, parts: parts, limits: limits)
        }
        return Self.rules(written, diagnostics: &diagnostics)
    }

    private static func rules(_ written: [WrittenRule], diagnostics: inout DiagnosticList) -> [Rule] {
        written.compactMap { written in
            let rule = Rule(written)
            do throws(PatternError) {
                _ = try rule.pattern
                return rule
            } catch {
                diagnostics.error(
                    "the pattern of '\(rule.name)' does not compile: \(error.message)",
                    at: written.draft.patternLocation
                )
                return nil
            }
        }
    }
}
