internal import Diagnostics

/// Reads a step of a test case of Rasa.
enum RasaStep {
    static func read(_ node: YAMLNode, _ builder: inout TranscriptBuilder, _ diagnostics: inout DiagnosticList) {
        guard case .mapping(let fields) = node.content, !fields.isEmpty else {
            return diagnostics.error("a step is written as 'user: TEXT' or 'bot: TEXT'", at: node.location)
        }
        for field in fields {
            switch field.key {
            case "user", "bot":
                guard let text = words(field.value) else {
                    diagnostics.error("'\(field.key)' is one text", at: field.value.location)
                    continue
                }
                if field.key == "user" { builder.user(text) } else { builder.bot(text) }
            case "slot_was_set", "slot_was_not_set":
                for slot in field.value.elements { read(slot: slot, of: field, &builder, &diagnostics) }
            case "assertions":
                for assertion in field.value.elements { read(assertion: assertion, &builder, &diagnostics) }
            case "utter":
                builder.lose(
                    "'utter: \(words(field.value) ?? "")' is left out: a transcript holds the words, not their name",
                    at: field.keyLocation
                )
            default: lose(field, &builder)
            }
        }
    }

    /// A text; `true` and `false` without quotes are what some tools make of yes and no.
    private static func words(_ node: YAMLNode) -> String? {
        switch node.content {
        case .empty: return ""
        case .scalar(let text):
            guard node.isPlain else { return text }
            switch text {
            case "true", "True", "TRUE": return "yes"
            case "false", "False", "FALSE": return "no"
            default: return text
            }
        case .sequence, .mapping: return nil
        }
    }

    private static func lose(_ field: YAMLNode.Entry, _ builder: inout TranscriptBuilder) {
        builder.lose("'\(field.key)' is left out: a transcript has no place for it", at: field.keyLocation)
    }

    /// `name`, `name: value`, or `name: …` and `value: …`.
    private static func read(
        slot node: YAMLNode,
        of field: YAMLNode.Entry,
        _ builder: inout TranscriptBuilder,
        _ diagnostics: inout DiagnosticList
    ) {
        var name: String?
        var value: String?
        switch node.content {
        case .scalar(let text): name = text
        case .mapping(let parts):
            if let given = parts.first(where: { $0.key == "name" }) {
                name = words(given.value)
                value = parts.first { $0.key == "value" }.flatMap { words($0.value) }
            } else if let part = parts.first {
                name = part.key
                value = words(part.value)
            }
        case .empty, .sequence: break
        }
        guard let name, !name.isEmpty else {
            return diagnostics.error("expected the name of a slot, or 'NAME: VALUE'", at: node.location)
        }
        switch (field.key == "slot_was_set", value) {
        case (true, let value?): builder.slot(name, value, at: node.location)
        case (false, nil): builder.slot(name, nil, at: node.location)
        case (true, nil):
            builder.lose("that '\(name)' is set is left out: a transcript says to what", at: node.location)
        case (false, let value?):
            builder.lose(
                "that '\(name)' is not '\(value)' is left out: a transcript says what it is",
                at: node.location
            )
        }
    }

    private static func read(
        assertion node: YAMLNode,
        _ builder: inout TranscriptBuilder,
        _ diagnostics: inout DiagnosticList
    ) {
        guard case .mapping(let fields) = node.content else {
            return diagnostics.error("an assertion is written as 'bot_uttered:', 'slot_was_set:' …", at: node.location)
        }
        for field in fields {
            switch field.key {
            case "slot_was_set", "slot_was_not_set":
                for slot in field.value.elements { read(slot: slot, of: field, &builder, &diagnostics) }
            case "bot_uttered": read(uttered: field, &builder)
            default: lose(field, &builder)
            }
        }
    }

    private static func read(uttered field: YAMLNode.Entry, _ builder: inout TranscriptBuilder) {
        guard case .mapping(let parts) = field.value.content else { return lose(field, &builder) }
        var text = ""
        var options: [String] = []
        for part in parts {
            switch (part.key, part.value.content) {
            case ("text_matches", .scalar(let pattern)):
                text = pattern
                builder.lose("the pattern '\(pattern)' becomes literal text", at: part.value.location)
            case ("buttons", .sequence(let buttons)):
                for button in buttons {
                    guard case .mapping(let words) = button.content else { continue }
                    if let title = words.first(where: { $0.key == "title" }).flatMap({ self.words($0.value) }) {
                        options.append(title)
                    }
                }
            default: lose(part, &builder)
            }
        }
        if !text.isEmpty || !options.isEmpty {
            builder.bot(MessageOptions.text(text, options))
        }
    }
}
