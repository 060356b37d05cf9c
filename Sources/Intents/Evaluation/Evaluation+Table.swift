extension Evaluation {
    /// The scores and the confusion matrix as text for people, without a final newline.
    ///
    /// A row of the matrix is what was meant and a column what was found. Intents that were neither meant nor found are
    /// left out.
    public var table: String {
        let found = Set(confusion.values.flatMap(\.keys))
        let rest = found.union(confusion.keys).subtracting(Self.measuredIntents + [LabelledReply.other]).sorted()
        let intents = Self.measuredIntents + rest
        var scores = [["intent", "precision", "recall", "F1", "support"]]
        for intent in intents {
            let score = score(of: intent)
            scores.append(
                [
                    intent, Self.shown(score.precision), Self.shown(score.recall), Self.shown(score.f1),
                    "\(score.support)",
                ]
            )
        }
        scores.append(["macro", "", "", Self.shown(macroF1), ""])

        let labels = intents + [LabelledReply.other]
        let golds = labels.filter { confusion[$0] != nil }
        let columns = labels.filter(found.contains)
        var matrix = [["meant \\ found"] + columns]
        for gold in golds {
            matrix.append([gold] + columns.map { column in (confusion[gold]?[column]).map(String.init) ?? "." })
        }
        return Self.aligned(scores) + "\n\n" + Self.aligned(matrix)
    }

    /// A number from 0 to 1 with three decimals.
    private static func shown(_ part: Double) -> String {
        let thousandths = Int((part * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// Columns of one width each, the first to the left and the others to the right.
    private static func aligned(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? cell + padding : "  " + padding + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
