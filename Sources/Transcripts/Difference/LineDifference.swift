/// The difference of two texts by lines.
public enum LineDifference {
    /// The lines that are compared at most; longer texts differ as a whole.
    private static let lineLimit = 4_000

    /// What was taken away (`- `) and added (`+ `), in order, with the line before each change for orientation (`  `).
    public static func between(_ old: [String], _ new: [String]) -> [String] {
        guard old.count <= lineLimit, new.count <= lineLimit else {
            return old == new ? [] : old.map { "- " + $0 } + new.map { "+ " + $0 }
        }
        let changes = new.difference(from: old)
        guard !changes.isEmpty else { return [] }
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var result: [String] = []
        var i = 0
        var j = 0
        var context: String?
        while i < old.count || j < new.count {
            let mark: String
            if removed.contains(i) {
                mark = "- " + old[i]
                i += 1
            } else if inserted.contains(j) {
                mark = "+ " + new[j]
                j += 1
            } else {
                context = i < old.count ? old[i] : nil
                i += 1
                j += 1
                continue
            }
            if let before = context { result.append("  " + before) }
            context = nil
            result.append(mark)
        }
        return result
    }
}
