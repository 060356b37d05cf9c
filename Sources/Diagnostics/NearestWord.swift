/// Finds the word an author probably meant.
public enum NearestWord {
    /// The candidate with the smallest edit distance to a word, if it is close enough to be worth offering.
    ///
    /// Close enough: at most a third of the longer word's characters differ, case aside. Of equally close candidates
    /// the one that sorts first is taken, so that the answer does not depend on the order of a dictionary.
    ///
    /// - Complexity: O(candidates × length²).
    public static func suggest(for word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased())
        var best: (distance: Int, word: String)?
        for candidate in candidates.sorted() {
            let other = Array(candidate.lowercased())
            let allowed = max(wanted.count, other.count) / 3
            guard allowed > 0 else { continue }
            let distance = editDistance(wanted, other)
            if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// The number of insertions, deletions, substitutions and swaps of neighbours that turn one text into the other.
    ///
    /// - Complexity: O(n·m).
    public static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
        if first.isEmpty { return second.count }
        if second.isEmpty { return first.count }
        var beforeLast = [Int](repeating: 0, count: second.count + 1)
        var last = Array(0...second.count)
        var row = last
        for i in 1...first.count {
            row[0] = i
            for j in 1...second.count {
                let cost = first[i - 1] == second[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[second.count]
    }
}
