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
        let compiler = RuleCompiler(parts: file.parts)
        return file.drafts.compactMap { written in
            var draft = written
            if let slotExample {
                draft.examples.matches = draft.examples.matches.map { $0.replacing("SLOT", with: slotExample) }
                draft.examples.rejects = draft.examples.rejects.map { $0.replacing("SLOT", with: slotExample) }
            }
            return compiler.compile(
                draft,
                kind: file.kind,
                frame: file.frame,
                slotNames: slotNames,
                diagnostics: &diagnostics
            )
        }
    }

    /// Compiles one rule.
    public func compile(
        _ draft: RuleFile.Draft,
        kind: Rule.Kind,
        frame: String = "%",
        slotNames: String? = nil,
        diagnostics: inout DiagnosticList
    ) -> Rule? {
        var body = draft.pattern
        if let slotNames {
            body = body.replacing("{slot}", with: "(?<slot>\(slotNames))")
        }
        let isWhole = kind == .command || kind == .correction
        let framed = frame.replacing("%", with: body)
        let source = parts.definitions(for: framed) + framed
        do {
            let pattern = try Pattern(
                source,
                options: isWhole ? [.caseless, .anchoredWhole] : [.caseless],
                limits: limits
            )
            return Rule(
                name: draft.name,
                intent: draft.intent,
                kind: kind,
                pattern: pattern,
                location: draft.location,
                examples: draft.examples,
                written: WrittenRule(
                    draft: draft,
                    kind: kind,
                    frame: frame,
                    slotNames: slotNames,
                    parts: parts,
                    limits: limits
                )
            )
        } catch {
            diagnostics.error(
                "the pattern of '\(draft.name)' does not compile: \(error.message)",
                at: draft.patternLocation
            )
            return nil
        }
    }
}
