/// Colours and weights, where the terminal and the user want them.
///
/// - Note: Sources: no-color.org, bixense.com/clicolors, ECMA-48 8.3.117 (SGR).
public struct Style: Sendable, Hashable {
    /// A way for text to look.
    public enum Look: Sendable, Hashable, CaseIterable {
        case bold, dim, italic, underline
        case red, green, yellow, blue, magenta, cyan

        /// The parameter that switches it on, and the one that switches it off again.
        ///
        /// Only what was switched on is switched off, so that one look may stand inside another.
        var parameters: (on: Int, off: Int) {
            switch self {
            case .bold: (1, 22)
            case .dim: (2, 22)
            case .italic: (3, 23)
            case .underline: (4, 24)
            case .red: (31, 39)
            case .green: (32, 39)
            case .yellow: (33, 39)
            case .blue: (34, 39)
            case .magenta: (35, 39)
            case .cyan: (36, 39)
            }
        }
    }

    /// Whether looks are written at all.
    public let isEnabled: Bool

    /// Takes the decision of the caller.
    public init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// Decides by the environment and by where the text goes.
    ///
    /// The first that applies wins: `NO_COLOR` set and not empty, off; `CLICOLOR_FORCE` set and not empty or `0`, on;
    /// `CLICOLOR` `0`, off; `TERM` missing, empty or `dumb`, off; else on where the text goes to a terminal.
    ///
    /// - Parameters:
    ///   - environment: The environment variables of the process.
    ///   - isTerminal: Whether the text goes to a terminal.
    public init(environment: [String: String], isTerminal: Bool) {
        let set = environment.filter { !$0.value.isEmpty }
        if set["NO_COLOR"] != nil {
            isEnabled = false
        } else if let force = set["CLICOLOR_FORCE"], force != "0" {
            isEnabled = true
        } else if environment["CLICOLOR"] == "0" {
            isEnabled = false
        } else {
            isEnabled = isTerminal && set["TERM"] != nil && set["TERM"] != "dumb"
        }
    }

    /// The text with looks, or as it is where looks are off.
    public func callAsFunction(_ looks: Look..., text: DisplayText) -> DisplayText {
        guard isEnabled, !looks.isEmpty, !text.isEmpty else { return text }
        let on = looks.map { String($0.parameters.on) }.joined(separator: ";")
        let off = looks.reversed().map { String($0.parameters.off) }.joined(separator: ";")
        return DisplayText(trusted: "\u{1B}[\(on)m\(text.terminalString)\u{1B}[\(off)m")
    }

    /// The text in bold.
    public func bold(_ text: DisplayText) -> DisplayText { self(.bold, text: text) }

    /// The text in a fainter shade.
    public func dim(_ text: DisplayText) -> DisplayText { self(.dim, text: text) }
}
