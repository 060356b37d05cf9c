internal import Yams

/// A report as the Test Anything Protocol, version 14: a line for each transcript, and YAML below the ones that fail.
struct TAPReport: TestReportWriter {
    private var number = 0
    private var count = 0

    mutating func begin(count: Int) -> String {
        self.count = count
        return "TAP version 14\n1..\(count)\n"
    }

    mutating func add(_ testCase: TestCase) -> String {
        number += 1
        let title = Self.description(testCase.label)
        switch testCase.outcome {
        case .passed: return "ok \(number) - \(title)\n"
        case .skipped(let reason): return "ok \(number) - \(title) # SKIP \(Self.description(reason))\n"
        case .failed(let message, let details):
            return "not ok \(number) - \(title)\n" + Self.block(testCase, message, "fail", details)
        case .unreadable(let messages):
            return "not ok \(number) - \(title)\n"
                + Self.block(testCase, messages.first ?? "it cannot be read", "unreadable", messages)
        }
    }

    mutating func end() -> String {
        number < count ? "Bail out! only \(number) of \(count) were run\n" : ""
    }

    /// A text on one line, with what means something to a reader of the protocol behind a backslash.
    private static func description(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "#": result += "\\\(scalar)"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func block(
        _ testCase: TestCase,
        _ message: String,
        _ severity: String,
        _ details: [String]
    ) -> String {
        var fields: [(Node, Node)] = [
            (Node("message"), quoted(message)),
            (Node("severity"), Node(severity)),
            (
                Node("at"),
                Node([
                    (Node("file"), quoted(testCase.file)), (Node("line"), Node("\(testCase.line)")),
                    (Node("column"), Node("\(testCase.column)")),
                ])
            ),
        ]
        if let duration = testCase.duration { fields.append((Node("duration_s"), Node(duration.secondsText))) }
        fields.append((Node("difference"), Node(details.map(quoted))))
        // A tree of texts and numbers that was made here can always be written.
        let yaml = (try? Yams.serialize(node: Node(fields), width: -1, allowUnicode: true)) ?? ""
        return "  ---\n" + yaml.split(separator: "\n").map { "  \($0)\n" }.joined() + "  ...\n"
    }

    private static func quoted(_ text: String) -> Node { Node(text, .implicit, .doubleQuoted) }
}
