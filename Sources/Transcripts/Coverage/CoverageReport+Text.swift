internal import Diagnostics

extension CoverageReport {
    /// The report for a terminal: a small table, then what is not covered, with file, line and column.
    ///
    /// - Parameters:
    ///   - root: The folder of prompts, to put before the paths of files.
    ///   - limit: How many lines of what is not covered are shown of each axis; the rest is counted.
    /// - Returns: Lines for people.
    public func text(root: String = "", limit: Int = 50) -> String {
        var lines = ["coverage        total  by transcripts      or by examples"]
        for axis in CoverageAxis.allCases {
            let figure = figure(axis)
            let total = String(figure.total).leftPadded(to: 7)
            let transcripts = "\(figure.byTranscripts) (\(Self.shown(figure.transcriptPercent)))".leftPadded(to: 16)
            // Examples are of rules and their alternatives only.
            let isExemplified = axis == .rules || axis == .alternatives
            let covered = isExemplified ? "\(figure.covered) (\(Self.shown(figure.percent)))" : ""
            lines.append(
                (axis.rawValue.rightPadded(to: 14) + total + transcripts + covered.leftPadded(to: 20)).trimmedEnd
            )
        }
        for flow in flows {
            let items = flow.itemsWithExamples
            for axis in CoverageAxis.allCases {
                let missing = items.filter { $0.axis == axis && !$0.isCovered }
                guard !missing.isEmpty else { continue }
                lines += ["", "\(flow.flow): \(axis.rawValue) that nothing covers:"]
                for item in missing.prefix(limit) {
                    let place =
                        "\(Self.path(item.location.file, in: root)):\(item.location.line):\(item.location.column)"
                    let what = axis == .alternatives ? "\(item.owner): \(item.shownLabel)" : item.id
                    let example = item.example.map { ", as in '\(Self.oneLine($0))'" } ?? ""
                    lines.append("  \(place): \(what)\(example)")
                }
                if missing.count > limit { lines.append("  … and \(missing.count - limit) more") }
            }
            for warning in flow.unwatched { lines.append("\(warning)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text on one line, without controls.
    static func oneLine(_ text: String) -> String {
        text.split { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .joined(separator: " ")
    }

    /// A percentage with one decimal, rounded down so that 100% means all.
    static func shown(_ percent: Double) -> String {
        let tenths = Int((percent * 10 + 1e-9).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// A file's path below the folder of prompts.
    static func path(_ file: String, in root: String) -> String {
        root.isEmpty ? file : root.hasSuffix("/") ? root + file : root + "/" + file
    }
}

extension CoverageItem {
    /// The label on one line; an empty alternative by a word.
    var shownLabel: String {
        guard !label.isEmpty else { return "(nothing)" }
        return CoverageReport.oneLine(label)
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    fileprivate func rightPadded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate var trimmedEnd: String {
        var rest = self[...]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
