/// A report as workflow commands of GitHub Actions, which show a failure at its line of the transcript.
struct GitHubReport: TestReportWriter {
    mutating func begin(count: Int) -> String { "" }

    mutating func add(_ testCase: TestCase) -> String {
        switch testCase.outcome {
        case .passed: ""
        case .failed(let message, let details):
            Self.command("error", testCase, "\(testCase.name): \(message)", details)
        case .unreadable(let messages):
            Self.command("error", testCase, "\(testCase.name) cannot be read", messages)
        case .skipped(let reason):
            Self.command("notice", testCase, "\(testCase.name) was skipped", [reason])
        }
    }

    mutating func end() -> String { "" }

    private static func command(_ word: String, _ testCase: TestCase, _ title: String, _ lines: [String]) -> String {
        "::\(word) file=\(property(testCase.file)),line=\(testCase.line),col=\(testCase.column),"
            + "title=\(property(title))::\(data(lines.joined(separator: "\n")))\n"
    }

    private static func data(_ text: String) -> String { encoded(text, also: []) }

    private static func property(_ text: String) -> String { encoded(text, also: [":", ","]) }

    /// Percent signs, line ends and what separates properties by their numbers; other control characters as they look
    /// in Swift, because the log may be read in a terminal.
    private static func encoded(_ text: String, also separators: Set<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "\r" || scalar == "\n" || separators.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" : "") + digits
            } else if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
