/// Makes text from users, files and services safe to show in a terminal.
///
/// A reply, a file name or an error message may hold escape sequences that repaint the screen, and marks that turn the
/// reading direction so that text looks like what it is not. They are shown instead of obeyed.
public enum Sanitizer {
    /// The text with everything that a terminal would obey, or a reader would not see, made visible.
    ///
    /// - C0 controls and DEL become their pictures (`␛` for ESC, `␍` for CR, `␡` for DEL), but line feed and tab stay;
    /// - C1 controls, bidirectional marks and overrides, line separators, tag characters and other invisible format
    ///   characters become `\u{202E}` and the like;
    /// - ZWJ, ZWNJ and variation selectors stay: emoji and several scripts are spelled with them.
    ///
    /// Doing it twice changes nothing more.
    ///
    /// - Complexity: O(n), n = UTF-8 bytes of the text.
    /// - Note: Source of the pictures: Unicode block Control Pictures, U+2400...U+2421. Of the bidirectional attack:
    ///   CVE-2021-42574.
    public static func displayable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: mustBeShown) else { return text }
        var shown = ""
        shown.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if mustBeShown(scalar) {
                shown += picture(of: scalar)
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// One line of it: line feeds and tabs are shown as `␊` and `␉` too.
    public static func displayableLine(_ text: String) -> String {
        var line = ""
        for scalar in displayable(text).unicodeScalars {
            line += scalar == "\n" || scalar == "\t" ? picture(of: scalar) : String(scalar)
        }
        return line
    }

    private static func mustBeShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20..<0x7F:
            return false
        case 0x200C, 0x200D:
            return false
        case 0xE0000...0xE007F:
            return true
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: return true
            default: return false
            }
        }
    }

    private static func picture(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? ""
        case 0x7F: "\u{2421}"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}
