public import Dialogue
internal import Intents
public import Terminal

/// An explanation of how a reply was understood, laid out for a terminal.
///
/// What users typed is shown on one line, in quotes, and never obeyed. Columns are aligned by what a terminal shows.
public struct ExplanationText: Sendable {
    private let flow: FlowExplanation
    private let style: Style
    private let words: ExplanationWords

    /// Takes an explanation.
    ///
    /// - Parameters:
    ///   - explanation: What is shown.
    ///   - style: The looks of where it is shown.
    public init(_ explanation: FlowExplanation, style: Style) {
        flow = explanation
        self.style = style
        words = ExplanationWords(explanation)
    }

    /// The whole text: lines with line feeds between them, none at the end.
    public var text: DisplayText {
        let explanation = flow.explanation
        var lines = [
            Self.quoted(explanation.utterance.typed) + DisplayText(" \(words.place)"),
            style.bold(DisplayText(words.sentence(for: explanation.decision))),
        ]
        lines += section("Found", table(explanation.findings.map(cells)))
        if flow.question.takesConsent || explanation.findings.contains(where: \.isSign) {
            let shown = explanation.signs.entries.filter {
                !($0.sign == .filler || $0.sign == .chatter) || $0.coveredBy == nil
            }
            lines += section("Signs", table(shown.map(cells)) + [DisplayText("  " + words.weight)])
        }
        lines += section("Near", explanation.nearest.map { DisplayText("  ") + near($0) })
        return lines.joined(separator: "\n")
    }

    private func section(_ title: DisplayText, _ lines: [DisplayText]) -> [DisplayText] {
        lines.isEmpty ? [] : ["", style.bold(title)] + lines
    }

    private func cells(_ finding: Finding) -> [DisplayText] {
        let outcome = DisplayText(words.outcome(finding.outcome))
        let isPart = finding.outcome == .decided || finding.outcome == .counted
        return [
            Self.quoted(finding.text), DisplayText(finding.source), DisplayText(words.meaning(finding.kind)),
            isPart ? outcome : style.dim(outcome),
        ]
    }

    private func cells(_ entry: SignTable.Entry) -> [DisplayText] {
        let covered = entry.coveredBy.map { DisplayText("inside a longer sign, \($0)") } ?? .empty
        return [Self.quoted(entry.text), DisplayText(entry.rule), DisplayText(entry.sign.rawValue), style.dim(covered)]
    }

    private func near(_ near: NearMeaning) -> DisplayText {
        let sentence = DisplayText(words.sentence(for: near))
        let link: DisplayText = sentence.terminalString.hasSuffix(".") ? " Instead: " : ": "
        return near.instead.map { sentence + link + Self.quoted($0) } ?? sentence
    }

    /// Rows with two spaces before them and between their columns.
    private func table(_ rows: [[DisplayText]]) -> [DisplayText] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0[column].columns }.max() ?? 0 }
        return rows.map { row in
            // The last cell that has anything ends the line.
            let last = row.lastIndex { !$0.isEmpty } ?? 0
            return row[...last].enumerated().reduce(DisplayText.empty) { line, cell in
                let gap = cell.offset == last ? 0 : widths[cell.offset] - cell.element.columns
                return line + DisplayText("  ") + cell.element + DisplayText(String(repeating: " ", count: gap))
            }
        }
    }

    /// A text in quotes on one line, cut where it is long.
    private static func quoted(_ text: String) -> DisplayText {
        let line = Sanitizer.displayableLine(text)
        let cut = line.count > 48 ? line.prefix(30) + " … " + line.suffix(15) : Substring(line)
        return DisplayText("\"\(cut)\"")
    }
}

extension Finding {
    fileprivate var isSign: Bool { if case .sign = kind { true } else { false } }
}
