/// Text on its way into a page: nothing in it can become markup.
enum HTMLText {
    /// Encodes a text for the content of an element or for an attribute in quotes.
    static func encode(_ text: some StringProtocol) -> String {
        var encoded = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": encoded += "&amp;"
            case "<": encoded += "&lt;"
            case ">": encoded += "&gt;"
            case "\"": encoded += "&quot;"
            case "'": encoded += "&#39;"
            case "\t", "\n": encoded.unicodeScalars.append(scalar)
            // Controls, marks of direction and invisible characters would hide what a file says.
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}",
                "\u{2066}"..."\u{2069}", "\u{FEFF}":
                encoded += "\u{FFFD}"
            default: encoded.unicodeScalars.append(scalar)
            }
        }
        return encoded
    }

    /// A name for an element, out of any text.
    static func anchor(_ parts: String...) -> String {
        parts.map { part in
            part.utf8.map { byte in
                let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                return isPlain ? String(UnicodeScalar(byte)) : "_" + String(byte, radix: 16)
            }.joined()
        }.joined(separator: "-")
    }
}
