/// The one way from a value to Python source text: no value is ever pasted.
package enum PythonLiteral: Sendable, Hashable {
    case none
    case bool(Bool)
    case text(String)
    case list([PythonLiteral])

    /// An expression on one line that evaluates to exactly this value.
    ///
    /// Texts get double quotes. What could end the literal or the line, what cannot be seen, and what changes the
    /// direction of reading is escaped; other letters stay readable in any script.
    ///
    /// - Note: Source: Python reference, 2.4.1 String and Bytes literals.
    package var source: String {
        switch self {
        case .none: "None"
        case .bool(let bool): bool ? "True" : "False"
        case .text(let text): Self.quote(text)
        case .list(let elements): "[" + elements.map(\.source).joined(separator: ", ") + "]"
        }
    }

    private static func quote(_ text: String) -> String {
        var source = "\""
        for (scalar, isPlain) in ReadableScalars(text) {
            switch scalar {
            case "\\": source += "\\\\"
            case "\"": source += "\\\""
            case "\n": source += "\\n"
            case "\r": source += "\\r"
            case "\t": source += "\\t"
            case " "..."~": source.unicodeScalars.append(scalar)
            default:
                if isPlain {
                    source.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    let width = scalar.value > 0xFFFF ? 8 : 4
                    source +=
                        (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
                }
            }
        }
        return source + "\""
    }
}
