/// A report as JUnit XML: one `testcase` a transcript, with the difference inside of `failure`.
///
/// A transcript that cannot be read is an `error`. The counts stand in the first lines, so all of it is written at the
/// end.
struct JUnitReport: TestReportWriter {
    private var cases: [TestCase] = []

    mutating func begin(count: Int) -> String { "" }

    mutating func add(_ testCase: TestCase) -> String {
        cases.append(testCase)
        return ""
    }

    mutating func end() -> String {
        var counts = TestCounts()
        for testCase in cases { counts.count(testCase) }
        let durations = cases.compactMap(\.duration)
        let time = durations.isEmpty ? "" : Self.time(durations.reduce(.zero, +))
        let totals =
            "tests=\"\(cases.count)\" failures=\"\(counts.failed)\" errors=\"\(counts.unreadable)\" "
            + "skipped=\"\(counts.skipped)\"" + time
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"usher\" \(totals)>",
            "  <testsuite name=\"transcripts\" \(totals)>",
        ]
        for testCase in cases { lines += Self.lines(of: testCase) }
        lines += ["  </testsuite>", "</testsuites>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func time(_ duration: Duration?) -> String {
        duration.map { " time=\"\($0.secondsText)\"" } ?? ""
    }

    private static func lines(of testCase: TestCase) -> [String] {
        let head =
            "    <testcase classname=\"\(XMLText.attribute(testCase.className))\" "
            + "name=\"\(XMLText.attribute(testCase.name))\" file=\"\(XMLText.attribute(testCase.file))\" "
            + "line=\"\(testCase.line)\"" + time(testCase.duration)
        switch testCase.outcome {
        case .passed: return [head + "/>"]
        case .failed(let message, let details):
            return [head + ">"] + element("failure", "difference", message, details) + ["    </testcase>"]
        case .unreadable(let messages):
            return [head + ">"] + element("error", "unreadable", messages.first ?? "it cannot be read", messages)
                + ["    </testcase>"]
        case .skipped(let reason):
            return [head + ">", "      <skipped message=\"\(XMLText.attribute(reason))\"/>", "    </testcase>"]
        }
    }

    private static func element(_ name: String, _ type: String, _ message: String, _ details: [String]) -> [String] {
        let head = "      <\(name) type=\"\(type)\" message=\"\(XMLText.attribute(message))\">"
        return [head + details.map(XMLText.content).joined(separator: "\n") + "</\(name)>"]
    }
}
