/// What means something in a conversation of Botium.
///
/// Source: the compiler of botium-core 1.15. Each line is trimmed; one that begins with `#` begins a section; one whose
/// first word is a known name in capitals, with `!` or `?` before it or not, is no text; `!` and `?` before a text mean
/// something unless they stand twice.
enum BotiumSyntax {
    /// Names of asserters, logic hooks and user inputs.
    private static let names: Set<String> = [
        "BUTTONS", "BUTTONS_COUNT", "BUTTONS_COUNT_REC", "MEDIA", "MEDIA_COUNT", "MEDIA_COUNT_REC", "CARDS",
        "CARDS_COUNT",
        "CARDS_COUNT_REC", "PAUSE_ASSERTER", "JSON_PATH", "JSON_PATH_COUNT", "RESPONSE_LENGTH", "FORMS", "ENTITIES",
        "ENTITY_VALUES", "ENTITY_CONTENT", "INTENT", "INTENT_UNIQUE", "INTENT_CONFIDENCE", "BOT_CONSUMED",
        "BOT_UNCONSUMED_COUNT", "TEXT", "TEXT_IC", "WER", "PAUSE", "WAITFORBOT", "SET_SCRIPTING_MEMORY",
        "CLEAR_SCRIPTING_MEMORY", "ASSIGN_SCRIPTING_MEMORY", "UPDATE_CUSTOM", "UPDATE_CONTEXT", "INCLUDE", "BUTTON",
        "FORM", "CLEAR_QUEUE", "SKIP_BOT_UNCONSUMED", "CONVO_STEP_PARAMETERS", "ORDERED_LIST_TO_BUTTON",
    ]
    private static let beginnings = ["TEXT_CONTAINS_", "TEXT_EQUALS_", "TEXT_REGEXP_", "TEXT_WILDCARD", "CONDITIONAL_"]

    /// A line that is no text.
    struct Keyword {
        var name: String
        var arguments: [String]
        /// `!` or `?` before it.
        var marks: String
    }

    /// Reads a line that is no text; `nil` where it is one.
    static func keyword(_ line: String) -> Keyword? {
        let words = line.stripped
        let marks = String(words.prefix { $0 == "!" || $0 == "?" })
        guard marks.count <= 2 else { return nil }
        let rest = words.dropFirst(marks.count)
        let name = String(rest.prefix { !$0.isWhitespace })
        guard names.contains(name) || beginnings.contains(where: name.hasPrefix) else { return nil }
        return Keyword(name: name, arguments: arguments(rest.dropFirst(name.count)), marks: marks)
    }

    /// What is between bars; a bar behind a backslash is a part of it.
    private static func arguments(_ text: Substring) -> [String] {
        var result = [""]
        var isEscaped = false
        for character in text.stripped {
            switch character {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "|" where !isEscaped: result.append("")
            case "|": result[result.count - 1].append("|")
            default: result[result.count - 1].append((isEscaped ? "\\" : "") + String(character))
            }
            isEscaped = false
        }
        if isEscaped { result[result.count - 1].append("\\") }
        return result.map(\.stripped).filter { !$0.isEmpty }
    }

    /// Whether a line of a text, backslashes before it aside, would be read as something else.
    static func needsBackslash(_ line: String) -> Bool {
        let words = String(line.stripped.drop { $0 == "\\" })
        return words.hasPrefix("#") || keyword(words) != nil
    }

    /// Whether a text is probably the name of a list of utterances.
    static func isUtteranceName(_ text: String) -> Bool {
        text.contains("_") && text.first?.isUppercase == true
            && text.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
    }
}
