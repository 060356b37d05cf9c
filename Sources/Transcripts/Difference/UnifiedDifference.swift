/// The difference of two files as `diff -u` shows it.
public enum UnifiedDifference {
    private static let context = 3
    /// The lines that are compared one by one at most; of longer texts what is the same at both ends is left out.
    private static let lineLimit = 4_000

    /// The hunks, each with `@@ -old +new @@` before it; empty where nothing differs.
    public static func between(_ old: [String], _ new: [String]) -> [String] {
        var steps: [(mark: String, line: String, old: Int, new: Int)] = []
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        if old.count <= lineLimit, new.count <= lineLimit {
            for change in new.difference(from: old) {
                switch change {
                case .remove(let offset, _, _): removed.insert(offset)
                case .insert(let offset, _, _): inserted.insert(offset)
                }
            }
        } else {
            let start = zip(old, new).prefix { $0 == $1 }.count
            let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
            removed = Set(start..<old.count - end)
            inserted = Set(start..<new.count - end)
        }
        guard !removed.isEmpty || !inserted.isEmpty else { return [] }
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            if removed.contains(i) {
                steps.append(("-", old[i], i, j))
                i += 1
            } else if inserted.contains(j) {
                steps.append(("+", new[j], i, j))
                j += 1
            } else {
                steps.append((" ", old[i], i, j))
                i += 1
                j += 1
            }
        }
        var result: [String] = []
        var shownTo = 0
        for (index, step) in steps.enumerated() where step.mark != " " && index >= shownTo {
            let start = max(shownTo, index - context)
            var last = index
            var end = index + 1
            while end < steps.count, end - last <= 2 * context {
                if steps[end].mark != " " { last = end }
                end += 1
            }
            end = min(steps.count, last + context + 1)
            let hunk = steps[start..<end]
            let oldCount = hunk.count { $0.mark != "+" }
            let newCount = hunk.count { $0.mark != "-" }
            result.append("@@ -\(steps[start].old + 1),\(oldCount) +\(steps[start].new + 1),\(newCount) @@")
            result += hunk.map { $0.mark + $0.line }
            shownTo = end
        }
        return result
    }
}
