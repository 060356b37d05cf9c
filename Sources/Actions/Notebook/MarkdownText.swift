/// The one way from a value to Markdown text: nothing in it is taken for Markdown, HTML or mathematics.
package enum MarkdownText {
    /// A text as part of a sentence; white space in it becomes single spaces, invisible characters become visible.
    ///
    /// Every character with a meaning becomes a character reference: a backslash before it would do in CommonMark, but
    /// `\(` and `\[` begin mathematics in some notebook viewers.
    ///
    /// - Note: Source: CommonMark 0.31.2, sections 2.4 and 2.5.
    package static func prose(_ text: String) -> String {
        visible(text).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&", "<", ">", "\\", "`", "*", "_", "[", "]", "$", "~", "|", "#", "{", "}", "!", "@":
                result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// A value (an ARN, a path) as code within a sentence.
    ///
    /// - Note: Source: CommonMark 0.31.2, section 6.1: the fence is longer than any run of backticks inside, and a space
    ///   on both sides is taken off.
    package static func code(_ text: String) -> String {
        let text = visible(text)
        guard !text.isEmpty else { return "(empty)" }
        var longest = 0
        var run = 0
        for character in text.utf8 {
            run = character == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let padding = longest > 0 ? " " : ""
        return fence + padding + text + padding + fence
    }

    private static func visible(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return ReadableScalars(words).reduce(into: "") { result, element in
            if element.isPlain {
                result.unicodeScalars.append(element.scalar)
            } else {
                result += "U+" + String(element.scalar.value, radix: 16, uppercase: true)
            }
        }
    }
}
