/// Texts as XML 1.0 holds them.
///
/// Characters that XML has no way to hold, such as the control characters of a terminal, are written as they look in
/// Swift: `\u{1b}`.
enum XMLText {
    /// A text between tags; every line stays a line.
    static func content(_ text: String) -> String { escaped(text, isAttribute: false) }

    /// A text between the quotation marks of an attribute; its line ends and tabs come back when it is read.
    static func attribute(_ text: String) -> String { escaped(text, isAttribute: true) }

    private static func escaped(_ text: String, isAttribute: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"" where isAttribute: result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n" where !isAttribute, "\t" where !isAttribute: result.append(scalar)
            case "\n", "\t", "\r", "\u{7F}"..."\u{9F}":
                result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
