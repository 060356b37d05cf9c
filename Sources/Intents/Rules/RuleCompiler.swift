public import Diagnostics
public import Patterns

/// Turns rules as written into rules with compiled patterns, and checks their examples.
public struct RuleCompiler: Sendable {
    private let fragments: [String: String]
    private let limits: Pattern.Limits

    /// Makes a compiler.
    ///
    /// - Parameters:
    ///   - fragments: Named parts, used as `(?&name)`; a fragment may use others.
    ///   - limits: The work one match may do; reaching it counts as no match.
    public init(fragments: [String: String] = [:], limits: Pattern.Limits = .init()) {
        self.fragments = fragments
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
        let compiler = RuleCompiler(fragments: file.fragments)
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
        let source = definitions(for: framed) + framed
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
                    fragments: fragments,
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

    /// The fragments a pattern uses, directly or through others, as a group that only defines them.
    private func definitions(for pattern: String) -> String {
        var needed: [String] = []
        var texts = [pattern]
        while let text = texts.popLast() {
            for (name, body) in fragments.sorted(by: { $0.key < $1.key })
            where !needed.contains(name) && text.contains("(?&\(name))") {
                needed.append(name)
                texts.append(body)
            }
        }
        guard !needed.isEmpty else { return "" }
        return "(?(DEFINE)" + needed.map { "(?<\($0)>\(fragments[$0] ?? ""))" }.joined() + ")"
    }
}
