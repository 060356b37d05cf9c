internal import Diagnostics

extension CoverageReport {
    /// The report as an lcov trace file, for editors, `genhtml` and code review services.
    ///
    /// A file of a flow is a source file; steps and rules are its functions, transitions and alternatives its branches, and
    /// a line counts as often as transcripts come past what stands in it. What only examples cover counts as once.
    ///
    /// - Parameter root: The folder of prompts, to put before the paths of files.
    /// - Returns: The trace file.
    /// - Note: Source: geninfo(1) "FILES".
    public func lcov(root: String = "") -> String {
        var lines: [String] = []
        var items: [String: [CoverageItem]] = [:]
        // The files of `common/` belong to several flows; the same item of each is one.
        for item in flows.flatMap(\.items) {
            if let same = items[item.location.file]?.firstIndex(where: { $0.axis == item.axis && $0.id == item.id }) {
                items[item.location.file]?[same].transcripts += item.transcripts
            } else {
                items[item.location.file, default: []].append(item)
            }
        }
        for (file, items) in items.sorted(by: { $0.key < $1.key }) {
            lines += ["TN:usher", "SF:" + Self.path(file, in: root).replacing("\n", with: " ")]
            lines += Self.records(of: items.sorted { $0.isBefore($1) })
            lines.append("end_of_record")
        }
        return lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")
    }

    private static func records(of items: [CoverageItem]) -> [String] {
        let functions = items.filter { $0.axis == .steps || $0.axis == .rules }
        let branches = items.filter { $0.axis == .transitions || $0.axis == .alternatives }
        var records: [String] = []
        for item in functions { records.append("FN:\(item.location.line),\(item.functionName)") }
        for item in functions { records.append("FNDA:\(item.count),\(item.functionName)") }
        records += ["FNF:\(functions.count)", "FNH:\(functions.count { $0.isCovered })"]
        var blocks: [String: Int] = [:]
        var next: [String: Int] = [:]
        for item in branches {
            let line = item.location.line
            // A block is what one step or rule has on a line.
            let key = "\(line) \(item.owner)"
            let block = blocks[key] ?? blocks.keys.count { $0.hasPrefix("\(line) ") }
            blocks[key] = block
            let branch = next[key, default: 0]
            next[key] = branch + 1
            records.append("BRDA:\(line),\(block),\(branch),\(item.isCovered ? String(item.count) : "-")")
        }
        records += ["BRF:\(branches.count)", "BRH:\(branches.count { $0.isCovered })"]
        let byLine = Dictionary(grouping: items, by: \.location.line).sorted { $0.key < $1.key }
        for (line, items) in byLine { records.append("DA:\(line),\(items.map(\.count).max() ?? 0)") }
        records += ["LF:\(byLine.count)", "LH:\(byLine.count { _, items in items.contains(where: \.isCovered) })"]
        return records
    }
}

extension CoverageItem {
    /// How often it counts: by transcripts, or once where only examples cover it.
    fileprivate var count: Int { transcripts.isEmpty ? min(examples, 1) : transcripts.count }

    fileprivate var functionName: String { (axis == .steps ? "step " : "rule ") + id }

    fileprivate func isBefore(_ other: CoverageItem) -> Bool {
        (location.line, location.column, axis.rawValue, id)
            < (other.location.line, other.location.column, other.axis.rawValue, other.id)
    }
}
