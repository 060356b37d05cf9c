/// Text that may be written to a terminal as it is.
///
/// Only two things make one: plain text, which is sanitised on the way in, and ``Style``, which adds escape sequences
/// of its own. So nothing that a user, a file or a service says reaches the terminal as a command.
///
/// ```swift
/// let line = style.bold("Model package") + " " + DisplayText(name)
/// ```
public struct DisplayText: Sendable, Hashable, ExpressibleByStringLiteral {
    /// What is written: UTF-8 text in which the only escape sequences are SGR ones (`ESC [ … m`).
    public let terminalString: String

    /// Takes text from anywhere, made safe by ``Sanitizer/displayable(_:)``.
    public init(_ text: String) {
        terminalString = Sanitizer.displayable(text)
    }

    /// Takes text from the source code; it is sanitised too.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    init(trusted terminalString: String) {
        self.terminalString = terminalString
    }

    /// Nothing at all.
    public static let empty = DisplayText("")

    /// Whether there is nothing to write.
    public var isEmpty: Bool { terminalString.isEmpty }

    /// The columns it takes on one line; escape sequences take none.
    public var columns: Int { ANSIText.columns(of: terminalString) }

    /// The one after the other.
    public static func + (left: DisplayText, right: DisplayText) -> DisplayText {
        DisplayText(trusted: left.terminalString + right.terminalString)
    }

    /// Adds text at the end.
    public static func += (left: inout DisplayText, right: DisplayText) {
        left = left + right
    }
}

extension Sequence<DisplayText> {
    /// All of them in order, with `separator` between two.
    public func joined(separator: DisplayText = "") -> DisplayText {
        DisplayText(trusted: map(\.terminalString).joined(separator: separator.terminalString))
    }
}
