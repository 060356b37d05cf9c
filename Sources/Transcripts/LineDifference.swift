/// The difference of two texts by lines.
enum LineDifference {
    /// What was taken away (`-`) and added (`+`), in order, with what stands before each change for orientation.
    static func between(_ old: [String], _ new: [String]) -> [String] {
        let changes = new.difference(from: old)
        guard !changes.isEmpty else { return [] }
        var removed: [Int: String] = [:]
        var inserted: [Int: String] = [:]
        for change in changes {
            switch change {
            case .remove(let offset, let line, _): removed[offset] = line
            case .insert(let offset, let line, _): inserted[offset] = line
            }
        }
        var result: [String] = []
        var i = 0
        var j = 0
        var context: String?
        while i < old.count || j < new.count {
            if let line = removed[i] {
                if let before = context { result.append("  " + before) }
                context = nil
                result.append("- " + line)
                i += 1
            } else if let line = inserted[j] {
                if let before = context { result.append("  " + before) }
                context = nil
                result.append("+ " + line)
                j += 1
            } else {
                context = i < old.count ? old[i] : nil
                i += 1
                j += 1
            }
        }
        return result
    }
}
