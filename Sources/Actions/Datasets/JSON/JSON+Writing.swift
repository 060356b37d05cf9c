extension JSON {
    /// The value as JSON on one line, with a space after `:` and `,`.
    package var compactText: String {
        var text = ""
        write(to: &text, indent: nil, depth: 0)
        return text
    }

    /// The value as JSON over several lines, without a newline at the end.
    ///
    /// - Parameters:
    ///   - indent: Spaces for one level.
    ///   - depth: How many levels in the first line stands.
    /// - Returns: Equal texts for equal values.
    package func prettyText(indent: Int = 2, depth: Int = 0) -> String {
        var text = ""
        write(to: &text, indent: indent, depth: depth)
        return text
    }

    private func write(to text: inout String, indent: Int?, depth: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let bool): text += bool ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): Self.write(string, to: &text)
        case .array(let elements):
            Self.write(elements, between: ("[", "]"), to: &text, indent: indent, depth: depth) { element, text in
                element.write(to: &text, indent: indent, depth: depth + 1)
            }
        case .object(let members):
            Self.write(members, between: ("{", "}"), to: &text, indent: indent, depth: depth) { member, text in
                Self.write(member.name, to: &text)
                text += ": "
                member.value.write(to: &text, indent: indent, depth: depth + 1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between brackets: (String, String),
        to text: inout String,
        indent: Int?,
        depth: Int,
        each: (Item, inout String) -> Void
    ) {
        text += brackets.0
        for (index, item) in items.enumerated() {
            if index > 0 { text += indent == nil ? ", " : "," }
            if let indent { text += "\n" + String(repeating: " ", count: indent * (depth + 1)) }
            each(item, &text)
        }
        if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent * depth) }
        text += brackets.1
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // U+2028 and U+2029 are allowed in JSON and break lines elsewhere.
            case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
