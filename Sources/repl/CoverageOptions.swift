import ArgumentParser
import Dialogue
import Foundation
import Transcripts

/// What `usher test` says about coverage.
struct CoverageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Report what the transcripts cover: text, json, lcov or html, each with =FILE to write it there; may be repeated.",
            valueName: "format[=file]"
        )
    )
    var coverage: [CoverageOutput] = []

    @Option(
        help: ArgumentHelp(
            "Fail where less is covered, in percent: steps=100,transitions=100,rules=100,alternatives=95.",
            valueName: "axis=percent,…"
        ),
        transform: { try CoverageThresholds($0) }
    )
    var failUnder: CoverageThresholds?

    /// Whether anything is to be collected.
    var isWanted: Bool { !coverage.isEmpty || failUnder != nil }

    /// Writes the reports and holds them to the thresholds.
    ///
    /// - Parameters:
    ///   - collectors: By flow.
    ///   - root: The folder of prompts, to put before paths.
    /// - Returns: Whether enough is covered.
    /// - Throws: Where a report cannot be written.
    func report(_ collectors: [CoverageCollector], root: String) throws -> Bool {
        let report = CoverageReport(collectors)
        for output in coverage { try output.write(report, root: root) }
        let shortfalls = failUnder?.shortfalls(of: report) ?? []
        for line in shortfalls { print("NOT COVERED \(line)") }
        return shortfalls.isEmpty
    }
}

/// A form of the coverage report, and where it goes.
struct CoverageOutput: ExpressibleByArgument {
    /// A form of the report.
    enum Format: String, CaseIterable {
        case text, json, lcov, html
    }

    let format: Format
    let file: String?

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = Format(rawValue: parts[0]), parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.format = format
        file = parts.count > 1 ? parts[1] : nil
    }

    static var allValueStrings: [String] { Format.allCases.map(\.rawValue) }

    func write(_ report: CoverageReport, root: String) throws {
        let text: String
        switch format {
        case .text: text = report.text(root: root)
        case .json: text = try report.json(root: root)
        case .lcov: text = report.lcov(root: root)
        case .html: text = report.html(root: root)
        }
        guard let file else {
            // A page is of no use on a terminal.
            return try format == .html ? save(text, in: "coverage.html") : print(text, terminator: "")
        }
        try save(text, in: file)
    }

    private func save(_ text: String, in file: String) throws {
        do {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw ValidationError("--coverage: '\(file)' could not be written (\(error.localizedDescription))")
        }
        print("coverage: \(file)")
    }
}

/// Collects coverage while transcripts are replayed, by flow.
struct CoverageCollection {
    private let options: FlowOptions
    private var collectors: [String: CoverageCollector] = [:]

    init(options: FlowOptions) { self.options = options }

    /// Takes in what one conversation covers.
    mutating func add(_ verdict: TranscriptVerdict) throws {
        guard let flow = verdict.flow else { return }
        switch verdict.outcome {
        case .passed(let result), .failed(let result): try add(result, of: flow)
        case .broken, .left: break
        }
    }

    private mutating func add(_ result: TranscriptResult, of flow: Flow) throws {
        try begin(flow)
        collectors[flow.name]?.add(result, of: flow)
    }

    /// Takes in what a row of a table of phrasings covers.
    mutating func add(_ verdict: PhrasingVerdict) throws {
        guard let flow = verdict.flow else { return }
        try begin(flow)
        collectors[flow.name]?.add(verdict)
    }

    private mutating func begin(_ flow: Flow) throws {
        guard collectors[flow.name] == nil else { return }
        collectors[flow.name] = CoverageCollector(flow, try options.source(flow.name))
    }

    /// The folder of prompts: what paths in reports begin with.
    var root: String { options.prompts ?? "prompts" }

    var all: [CoverageCollector] { collectors.sorted { $0.key < $1.key }.map(\.value) }
}
