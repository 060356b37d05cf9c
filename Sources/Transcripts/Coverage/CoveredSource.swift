internal import Diagnostics

/// A file by lines, with what is covered of each.
struct CoveredSource {
    let flow: String
    let file: String
    let text: String
    let items: [CoverageItem]

    /// The file as a table, folded up.
    func html(path: String) -> String {
        let byLine = Dictionary(grouping: items, by: \.location.line)
        let alternatives = items.filter { $0.axis == .alternatives }
        var rows = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            let anchor = HTMLText.anchor("line", flow, file, String(number))
            let written = Self.marked(line, number, alternatives)
            guard let here = byLine[number] else {
                rows +=
                    "<tr id=\"\(anchor)\"><td class=\"number\">\(number)</td><td></td><td class=\"text\">\(written)</td></tr>\n"
                continue
            }
            let mark = CoverageMark(all: here)
            let covered = here.count { $0.isCovered }
            let note = "\(mark.words): \(covered) of \(here.count)"
            rows += """
                <tr id="\(anchor)" class="\(mark.rawValue)"><td class="number">\(number)</td>\
                <td class="sign \(mark.rawValue)"><span aria-hidden="true">\(mark.sign) \(covered)/\(here.count)</span>\
                <span class="hidden">\(note)</span></td><td class="text">\(written)</td></tr>

                """
        }
        let covered = items.count { $0.isCovered }
        return """
            <details><summary>\(HTMLText.encode(path)): \(covered) of \(items.count) covered</summary>
            <table class="source">
            <caption class="hidden">\(HTMLText.encode(path)) by lines</caption>
            <thead class="hidden"><tr><th scope="col">line</th><th scope="col">coverage</th><th scope="col">text</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            </details>

            """
    }

    /// A line with its alternatives marked, each character by the innermost that it is in.
    private static func marked(_ line: Substring, _ number: Int, _ alternatives: [CoverageItem]) -> String {
        var marks: [CoverageMark?] = Array(repeating: nil, count: line.unicodeScalars.count)
        // Outer ones come before those inside of them.
        let here = alternatives.filter {
            ($0.location.line...max($0.location.line, $0.end?.line ?? 0)).contains(number)
        }
        .sorted { one, other in
            (one.location.line, one.location.column, -(one.end?.line ?? 0), -(one.end?.column ?? 0))
                < (other.location.line, other.location.column, -(other.end?.line ?? 0), -(other.end?.column ?? 0))
        }
        guard !here.isEmpty else { return HTMLText.encode(line) }
        for item in here {
            guard let end = item.end else { continue }
            let lower = item.location.line == number ? item.location.column - 1 : 0
            let upper = end.line == number ? end.column - 1 : marks.count
            for index in lower..<max(lower, min(upper, marks.count)) { marks[index] = CoverageMark(item) }
        }
        var html = ""
        var run = String.UnicodeScalarView()
        var current: CoverageMark?
        func flush() {
            guard !run.isEmpty else { return }
            let text = HTMLText.encode(String(run))
            html += current.map { "<span class=\"\($0.rawValue)\">\(text)</span>" } ?? text
            run = .init()
        }
        for (scalar, mark) in zip(line.unicodeScalars, marks) {
            if mark != current {
                flush()
                current = mark
            }
            run.append(scalar)
        }
        flush()
        return html
    }
}
