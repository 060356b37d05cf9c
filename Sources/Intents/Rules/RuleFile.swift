public import Diagnostics

/// A file of rules as written: what it says before its patterns are compiled.
///
/// ```yaml
/// kind: command                 # command, mark, topic or correction
/// words:                        # lists of words, used as (?&name) in patterns, fragments and the frame
///   degree: very, so, quite
/// fragments:                    # named parts, used as (?&name) in patterns and in the frame
///   please: (?:please|pls)
/// frame: '(?:(?&please)\s+)?(?:%)[\s.!]*'      # commands only: % is the rule's own pattern
/// intents:
///   help:
///     - name: help-word
///       pattern: help(?:\s+me)?
///       matches: [help, Please help me!]
///       rejects: [help the children]
/// ```
public struct RuleFile: Sendable {
    /// A rule as written.
    public struct Draft: Sendable {
        /// Its name.
        public var name: String
        /// Its intent.
        public var intent: String
        /// Its pattern as written.
        public var pattern: String
        /// Where the pattern stands, for errors in it.
        public var patternLocation: Location
        /// Where the rule stands.
        public var location: Location
        /// Its examples.
        public var examples: Rule.Examples
    }

    /// How all the rules of the file claim a reply.
    public var kind: Rule.Kind
    /// What its patterns share.
    public var parts: PatternParts
    /// The text around every pattern, with `%` for the pattern.
    public var frame: String
    /// The rules in the order of the file.
    public var drafts: [Draft]

    /// Reads rules from the root of a file, or from a node of a larger one.
    public init?(_ root: YAMLNode, diagnostics: inout DiagnosticList) {
        var fields = YAMLFields(root, of: "a rule file", diagnostics: &diagnostics)
        let kindName = fields.requiredText("kind", &diagnostics) ?? ""
        guard let kind = Rule.Kind(rawValue: kindName) else {
            if !kindName.isEmpty {
                let known = Rule.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                diagnostics.error(
                    "there is no kind '\(kindName)'; it is one of \(known)",
                    at: fields.location(of: "kind")
                )
            }
            return nil
        }
        self.kind = kind
        frame = fields.text("frame", &diagnostics) ?? "%"
        parts = PatternParts(&fields, &diagnostics)
        drafts = []
        if let node = fields.node("intents"), case .mapping(let entries) = node.content {
            for entry in entries {
                for element in entry.value.elements {
                    if let draft = Draft(element, intent: entry.key, diagnostics: &diagnostics) { drafts.append(draft) }
                }
            }
        } else {
            diagnostics.error("a rule file needs 'intents', each with a list of rules", at: root.location)
        }
        fields.finish(&diagnostics)
    }
}

extension RuleFile.Draft {
    /// Reads one rule.
    public init?(_ node: YAMLNode, intent: String, diagnostics: inout DiagnosticList) {
        var fields = YAMLFields(node, of: "a rule", diagnostics: &diagnostics)
        let name = fields.requiredText("name", &diagnostics)
        let pattern = fields.requiredText("pattern", &diagnostics)
        let examples = Rule.Examples(
            matches: fields.texts("matches", &diagnostics),
            rejects: fields.texts("rejects", &diagnostics)
        )
        fields.finish(&diagnostics)
        guard let name, let pattern else { return nil }
        if examples.matches.isEmpty {
            diagnostics.error("the rule '\(name)' needs at least one example under 'matches'", at: node.location)
        }
        self.init(
            name: name,
            intent: intent,
            pattern: pattern,
            patternLocation: fields.node("pattern")?.location ?? node.location,
            location: node.location,
            examples: examples
        )
    }
}
