internal import Dialogue
internal import Intents

/// What a dataset is worth for an evaluation, by the records that were looked at.
struct DatasetVerdict: Sendable {
    /// The outcome of validation.
    let outcome: String
    /// The name of the format for flows.
    let label: String
    /// The name of the format for people.
    let name: String
    /// What the records are, without their fields.
    let description: String
    /// What is said of their layout after that, or nothing.
    private let layoutNote: String
    /// The whole judgement in a sentence or two.
    let summary: String

    /// Judges.
    init(_ report: DatasetReport, layout: RecordLayout, head: DatasetHead) {
        let format = report.format?.format
        let inner = format?.recordsName ?? "JSON records in no known evaluation format"
        switch layout {
        case .lines where format == nil && !report.hasObjects:
            (label, name) = head.looksLikeTable ? ("csv", "CSV") : ("unknown", "unknown")
            description = head.looksLikeTable ? "A table (CSV), not JSON Lines" : "Text that is not JSON Lines"
        case .lines:
            (label, name) = (format?.rawValue ?? "unknown", format?.name ?? "unknown")
            description = inner
        case .array:
            (label, name) = ("json_array", "JSON array")
            description = "A JSON array of \(inner)"
        case .spread:
            (label, name) = ("pretty_json", "JSON over several lines")
            description = inner
        }
        layoutNote = layout == .spread ? ", spread over several lines each" : ""
        outcome = Self.outcome(report, format, layout, head)
        summary = Self.summary(outcome, report, layout, head, description + layoutNote)
    }

    /// What the records are, with these fields, in one line.
    func described(with fields: [String]) -> String {
        guard !fields.isEmpty else { return description + layoutNote }
        let isAboutFields = label == DatasetFormat.renamedColumns.rawValue
        let clause = isAboutFields ? ": " : fields.count == 1 ? " with the field " : " with the fields "
        return description + clause + PlainText.joined(fields) + layoutNote
    }

    /// The result for a dataset without records that could be looked at.
    static func unreadable(_ head: DatasetHead) -> ActionResult {
        let (outcome, label, name, description) =
            switch head.kind {
            case .compressed(let program):
                ("compressed", program.lowercased(), program, "The dataset is compressed (\(program)); unpack it first")
            case .notText(let reason): ("not_text", "unknown", "unknown", "The dataset is \(reason), not UTF-8 text")
            case .empty, .text: ("empty", "unknown", "unknown", "The dataset has no records")
            }
        return ActionResult(
            outcome: outcome,
            values: [
                "format": .text(label), "format_name": .text(name), "description": .text(description),
                "detail": .text(description),
            ]
        )
    }

    private static func outcome(
        _ report: DatasetReport,
        _ format: DatasetFormat?,
        _ layout: RecordLayout,
        _ head: DatasetHead
    ) -> String {
        guard report.records > 0 else { return "empty" }
        guard let format else { return "unknown_format" }
        if format.use == .training { return "training_only" }
        if report.problemCount > 0 { return "invalid" }
        if format.use == .transformation || layout != .lines || head.hasByteOrderMark { return "transformable" }
        return report.references == report.records ? "valid" : "valid_without_reference"
    }

    private static func summary(
        _ outcome: String,
        _ report: DatasetReport,
        _ layout: RecordLayout,
        _ head: DatasetHead,
        _ description: String
    ) -> String {
        let count = PlainText.count(report.records, "record")
        let name = report.format?.format.name ?? "unknown"
        switch outcome {
        case "valid":
            return "\(count) in the format \(name), \(report.records == 1 ? "with" : "each with") a reference answer."
        case "valid_without_reference":
            let missing = report.records - report.references
            let which =
                report.records == 1
                ? "without" : report.references == 0 ? "none with" : "\(PlainText.count(missing, "record")) without"
            return "\(count) in the format \(name), \(which) a reference answer."
        case "training_only": return "\(count) in the format \(name), which is for training and not for evaluation."
        case "transformable":
            if layout == .lines, report.format?.format.use == .evaluation {
                return
                    "\(count) in the format \(name), but the file begins with a byte order mark, which JSON Lines forbid."
            }
            let reason = layout == .lines ? "" : "; evaluation needs one record on each line"
            return "\(count): \(description)\(reason)."
        case "invalid":
            return "\(PlainText.count(report.problemCount, "problem")) in \(count) in the format \(name)."
        case "unknown_format": return "\(description); \(count) read."
        default: return "The dataset has no records."
        }
    }
}
