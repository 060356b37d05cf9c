public import Diagnostics

/// An entity file as written: a type of value, before its patterns are compiled.
///
/// ```yaml
/// entity: order_number              # its name, for the slots of flows
/// noun: an order number             # one of it in a message, with an article
/// plural: order numbers             # several of them in a message
/// example: ORD-204411               # what prompts show
/// pattern: 'ORD-(?<digits>\d{6})'
/// matches: [ORD-204411, {text: "it's ORD-204411.", value: ORD-204411}]
/// refuses: [ORD-2044, order 66]
/// near_misses:
///   - name: without-hyphen
///     pattern: '(?i)ord ?(?<digits>\d{6})'
///     message: An order number begins with ORD- in capitals.
///     corrected: 'ORD-${digits}'
///     examples: [{text: ord204411, corrected: ORD-204411}]
/// ```
public struct EntityFile: Sendable {
    /// A reply with what the type finds in it.
    struct Example: Sendable {
        var text: String
        var location: Location
        /// The value; `nil` where it is the text itself.
        var value: String?
        /// The message about a near miss, and the corrected form.
        var message: String?
        var corrected: String?
    }

    /// A pattern with the place where it stands.
    struct Pattern: Sendable {
        var text: String
        var location: Location
    }

    /// A form that is meant as a value and is none.
    struct NearMiss: Sendable {
        var name: String
        var pattern: Pattern
        var message: Pattern
        var corrected: Pattern?
        var examples: [Example]
    }

    /// Places of a reply at which the pattern is tried.
    enum Place: Sendable {
        /// Each word, and each text in quotes, without the punctuation of the sentence.
        case words
        /// The whole reply without the punctuation at its end.
        case reply
        /// The first text in quotes.
        case quoted
        /// The word after what a pattern matches.
        case after(Pattern)
        /// Anywhere, also inside of words.
        case anywhere

        static let names = ["anywhere", "quoted", "reply", "words"]
    }

    /// A setting that a slot gives the type, with its values; the first of them is the usual one.
    struct Setting: Sendable {
        var field: String
        var variants: [(name: String, expected: String?)]
    }

    var name: String
    var location: Location
    var noun: String
    var plural: String
    var misplacedNoun: String?
    var example: String?
    var expected: String?
    var expectedLocation: Location
    var setting: Setting?
    var traces: [ByteTrace]
    var acceptsAnyWord: Bool
    /// Whether values show what they are; with a pattern only where it matches what was written.
    var selfIdentifying: (isSo: Bool, pattern: Pattern?)
    var order: String?
    var reader: Pattern?
    var pattern: Pattern?
    var value: Pattern?
    var places: [Place]
    var validator: Pattern?
    var nearMisses: [NearMiss]
    var matches: [Example]
    var refuses: [Example]

    /// Reads an entity file.
    ///
    /// - Parameters:
    ///   - root: The whole file.
    ///   - diagnostics: Takes what is wrong.
    public init?(_ root: YAMLNode, diagnostics: inout DiagnosticList) {
        var fields = YAMLFields(root, of: "an entity file", diagnostics: &diagnostics)
        let name = fields.requiredText("entity", &diagnostics)
        location = fields.location(of: "entity")
        noun = fields.requiredText("noun", &diagnostics) ?? ""
        plural = fields.requiredText("plural", &diagnostics) ?? ""
        misplacedNoun = fields.text("misplaced_noun", &diagnostics)
        example = fields.text("example", &diagnostics)
        expected = fields.text("expected", &diagnostics)
        expectedLocation = fields.location(of: "expected")
        setting = Self.setting(&fields, &diagnostics)
        traces = Self.traces(&fields, &diagnostics)
        acceptsAnyWord = fields.flag("accepts_any_word", &diagnostics)
        selfIdentifying = Self.selfIdentifying(&fields, &diagnostics)
        order = fields.text("order", &diagnostics)
        reader = Self.pattern("reader", &fields, &diagnostics)
        pattern = Self.pattern("pattern", &fields, &diagnostics)
        value = Self.pattern("value", &fields, &diagnostics)
        validator = Self.pattern("validator", &fields, &diagnostics)
        places = Self.places(&fields, &diagnostics)
        nearMisses = (fields.node("near_misses")?.elements ?? []).compactMap { NearMiss($0, &diagnostics) }
        matches = Self.examples("matches", &fields, &diagnostics)
        refuses = Self.examples("refuses", &fields, &diagnostics)
        fields.finish(&diagnostics)
        guard let name else { return nil }
        self.name = name
        check(root, &fields, &diagnostics)
    }

    private func check(_ root: YAMLNode, _ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) {
        if !name.utf8.allSatisfy({ $0 == 0x5F || ByteClass.isLower($0) || ByteClass.isDigit($0) }) {
            diagnostics.error("an entity type's name is in snake_case: a-z, 0-9 and _", at: location)
        }
        if pattern == nil, reader == nil {
            diagnostics.error("the entity type '\(name)' needs a 'pattern', or a 'reader' in Swift", at: root.location)
        }
        for field in ["pattern", "value", "validator", "find", "near_misses"] where reader != nil && fields.has(field) {
            diagnostics.error("a 'reader' stands in place of '\(field)'", at: fields.location(of: field))
        }
        if matches.isEmpty {
            diagnostics.error("the entity type '\(name)' needs at least one example under 'matches'", at: root.location)
        }
        if expected == nil, example == nil, setting == nil {
            diagnostics.error("the entity type '\(name)' needs an 'example' for prompts", at: root.location)
        }
        if let order, !["number", "text"].contains(order) {
            diagnostics.error("'order' is number or text, not '\(order)'", at: fields.location(of: "order"))
        }
    }
}

extension EntityFile {
    private static func pattern(
        _ field: String,
        _ fields: inout YAMLFields,
        _ diagnostics: inout DiagnosticList
    ) -> Pattern? {
        guard let text = fields.text(field, &diagnostics), let node = fields.node(field) else { return nil }
        return Pattern(text: text, location: node.location)
    }

    private static func setting(_ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) -> Setting? {
        guard let node = fields.node("setting") else { return nil }
        var setting = YAMLFields(node, of: "a setting", diagnostics: &diagnostics)
        let field = setting.requiredText("field", &diagnostics)
        var variants: [(name: String, expected: String?)] = []
        if let node = setting.requiredNode("values", &diagnostics), case .mapping(let entries) = node.content {
            for entry in entries {
                var variant = YAMLFields(entry.value, of: "a value of a setting", diagnostics: &diagnostics)
                variants.append((entry.key, variant.text("expected", &diagnostics)))
                variant.finish(&diagnostics)
            }
        } else {
            diagnostics.error("'values' of a setting is written as 'value:' lines", at: node.location)
        }
        setting.finish(&diagnostics)
        return field.flatMap { variants.isEmpty ? nil : Setting(field: $0, variants: variants) }
    }

    private static func traces(_ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) -> [ByteTrace] {
        fields.texts("traces", &diagnostics).compactMap { text in
            let trace = ByteTrace(text)
            if trace == nil {
                diagnostics.error(
                    "the trace '\(text)' is not 1 to 8 ASCII characters or classes such as [a-z]",
                    at: fields.location(of: "traces")
                )
            }
            return trace
        }
    }

    private static func selfIdentifying(
        _ fields: inout YAMLFields,
        _ diagnostics: inout DiagnosticList
    ) -> (isSo: Bool, pattern: Pattern?) {
        guard let pattern = pattern("self_identifying", &fields, &diagnostics) else { return (false, nil) }
        switch pattern.text {
        case "true", "yes": return (true, nil)
        case "false", "no": return (false, nil)
        default: return (true, pattern)
        }
    }

    private static func places(_ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) -> [Place] {
        guard let node = fields.node("find") else { return [.words] }
        return node.elements.compactMap { element in
            switch element.content {
            case .scalar("words"): return .words
            case .scalar("reply"): return .reply
            case .scalar("quoted"): return .quoted
            case .scalar("anywhere"): return .anywhere
            case .mapping:
                var after = YAMLFields(element, of: "a place", diagnostics: &diagnostics)
                let pattern = pattern("after", &after, &diagnostics)
                after.finish(&diagnostics)
                return pattern.map(Place.after)
            case .scalar(let word):
                let all = "it is one of \(Place.names.joined(separator: ", ")), or 'after:' with a pattern"
                diagnostics.error(
                    "there is no place '\(word)'" + NearestWord.hint(for: word, among: Place.names, otherwise: all),
                    at: element.location
                )
                return nil
            case .sequence, .empty: return nil
            }
        }
    }

    private static func examples(
        _ field: String,
        _ fields: inout YAMLFields,
        _ diagnostics: inout DiagnosticList
    ) -> [Example] {
        (fields.node(field)?.elements ?? []).compactMap { Example($0, &diagnostics) }
    }
}

extension EntityFile.Example {
    init?(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        location = node.location
        if case .scalar(let text) = node.content {
            self.text = text
            return
        }
        var fields = YAMLFields(node, of: "an example", diagnostics: &diagnostics)
        let text = fields.requiredText("text", &diagnostics)
        value = fields.text("value", &diagnostics)
        message = fields.text("message", &diagnostics)
        corrected = fields.text("corrected", &diagnostics)
        fields.finish(&diagnostics)
        guard let text else { return nil }
        self.text = text
    }
}

extension EntityFile.NearMiss {
    init?(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        var fields = YAMLFields(node, of: "a near miss", diagnostics: &diagnostics)
        func located(_ text: String?, _ field: String) -> EntityFile.Pattern? {
            text.map { EntityFile.Pattern(text: $0, location: fields.node(field)?.location ?? node.location) }
        }
        let name = fields.requiredText("name", &diagnostics)
        let pattern = located(fields.requiredText("pattern", &diagnostics), "pattern")
        let message = located(fields.requiredText("message", &diagnostics), "message")
        corrected = located(fields.text("corrected", &diagnostics), "corrected")
        examples = (fields.node("examples")?.elements ?? []).compactMap { EntityFile.Example($0, &diagnostics) }
        fields.finish(&diagnostics)
        guard let name, let pattern, let message else { return nil }
        if examples.isEmpty {
            diagnostics.error("the near miss '\(name)' needs at least one of 'examples'", at: node.location)
        }
        self.name = name
        self.pattern = pattern
        self.message = message
    }
}
