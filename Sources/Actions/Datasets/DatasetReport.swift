internal import Intents

/// What is known of a dataset after all its records were looked at.
///
/// Its size does not depend on theirs.
struct DatasetReport: Sendable {
    /// A problem and the line on which its record begins.
    struct Problem: Sendable, Hashable {
        var line: Int
        var text: String
    }

    /// How many problems are kept; all are counted.
    static let keptProblems = 5
    /// How many records one evaluation job takes.
    ///
    /// - Note: Source: Amazon Bedrock User Guide, prompt datasets for a judge: up to 1,000 prompts for a job.
    static let rowLimit = 1000

    private(set) var records = 0
    private(set) var references = 0
    private(set) var problems: [Problem] = []
    private(set) var problemCount = 0
    /// The format of the first record that has one, and its line.
    private(set) var format: (format: DatasetFormat, line: Int)?
    /// The first record with that format, while it may still turn out to be of another one.
    private var bare: RecordShape?
    /// Whether any record is a JSON object.
    private(set) var hasObjects = false
    /// The fields of the first record, in its order.
    private(set) var fields: [String] = []

    /// Looks at one record.
    mutating func add(_ raw: RawRecord) {
        records += 1
        guard !raw.isTooLong else {
            return report("longer than \(RecordSplitter.sizeLimit >> 20) MiB", at: raw.line)
        }
        let record: JSON
        do throws(JSONError) {
            record = try JSONParser.parse(raw.bytes)
        } catch {
            // The place in the record is one in the dataset when it is counted from the record's own line.
            let place = error.line == 1 ? "" : "line \(raw.line + error.line - 1), "
            return report("not JSON: \(place)column \(error.column): \(error.problem)", at: raw.line)
        }
        guard let members = record.members else {
            return report("\(record.kindName) where an object is needed", at: raw.line)
        }
        if !hasObjects { fields = Self.uniqueNames(members) }
        hasObjects = true
        guard let shape = RecordShape(record) else {
            return report("none of the known formats\(Self.listed(members))", at: raw.line)
        }
        if shape.hasReference { references += 1 }
        if let first = format, bare?.fits(shape.format) != true {
            guard shape.fits(first.format) else {
                return report(
                    "looks like \(shape.format.name), but line \(first.line) like \(first.format.name)",
                    at: raw.line
                )
            }
        } else {
            format = (shape.format, format?.line ?? raw.line)
            bare = shape.isBarePrompt ? shape : nil
        }
        for problem in shape.problems { report(problem, at: raw.line) }
    }

    /// The kept problems as values for a template.
    var problemRecords: Value {
        .list(problems.map { ["line": .number($0.line), "problem": .text($0.text)] })
    }

    private mutating func report(_ text: String, at line: Int) {
        problemCount += 1
        if problems.count < Self.keptProblems { problems.append(Problem(line: line, text: PlainText.shown(text))) }
    }

    private static func uniqueNames(_ members: [JSON.Member]) -> [String] {
        members.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func listed(_ members: [JSON.Member]) -> String {
        members.isEmpty ? "" : " (fields: \(uniqueNames(members).prefix(8).joined(separator: ", ")))"
    }
}
