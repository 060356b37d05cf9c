/// Finds the word that a misspelt word was probably meant to be.
///
/// The distance counts letters left out, added, replaced, or swapped with a neighbour, each as one. It is the
/// Damerau-Levenshtein distance in its restricted form (no letter is edited twice), on Unicode scalars in lower case.
public enum NearestWord {
    /// The distance between two words, if it is not above a bound.
    ///
    /// - Parameters:
    ///   - first: a word of any length; case does not count.
    ///   - second: the word to compare it with.
    ///   - bound: the largest distance of interest, from 0.
    /// - Returns: the number of edits, 0...`bound`, or `nil` if it is larger.
    /// - Complexity: O(`bound` · length) time and O(length) memory.
    public static func distance(from first: String, to second: String, atMost bound: Int) -> Int? {
        distance(Array(first.lowercased().unicodeScalars), Array(second.lowercased().unicodeScalars), bound)
    }

    /// The candidates that are nearest to a word.
    ///
    /// - Parameters:
    ///   - word: what the user wrote.
    ///   - candidates: the words that would be right.
    ///   - bound: the largest distance of interest; `nil` for ``tolerance(for:)``.
    /// - Returns: the positions in `candidates` of all that share the smallest distance, in their order; empty if none
    ///   is near enough.
    public static func nearest(to word: String, among candidates: [String], atMost bound: Int? = nil) -> [Int] {
        let scalars = Array(word.lowercased().unicodeScalars)
        var best = bound ?? tolerance(for: word)
        var found: [Int] = []
        for (position, candidate) in candidates.enumerated() {
            guard let distance = distance(scalars, Array(candidate.lowercased().unicodeScalars), best) else { continue }
            if distance < best { found = [] }
            best = distance
            found.append(position)
        }
        return found
    }

    /// How many edits a word of this length may be off: none below 4 scalars, 1 below 6, else 2.
    public static func tolerance(for word: String) -> Int {
        switch word.unicodeScalars.count {
        case ..<4: 0
        case ..<6: 1
        default: 2
        }
    }

    /// The candidate that the author of a file probably meant.
    ///
    /// At most a third of the longer word may differ. Of equally near candidates the one that sorts first is taken, so
    /// that the answer does not depend on the order of a dictionary.
    ///
    /// - Parameters:
    ///   - word: what stands in the file.
    ///   - candidates: the words that would be right, in any order.
    /// - Returns: the nearest candidate, or `nil` if none is near enough to be worth offering.
    /// - Complexity: O(candidates · length).
    public static func suggest(for word: String, among candidates: some Sequence<String>) -> String? {
        var best: (distance: Int, word: String)?
        for candidate in candidates.sorted() {
            let allowed = max(word.unicodeScalars.count, candidate.unicodeScalars.count) / 3
            let bound = min(allowed, (best?.distance ?? .max) - 1)
            if let distance = distance(from: word, to: candidate, atMost: bound) { best = (distance, candidate) }
        }
        return best?.word
    }

    /// The end of a message about a word that is none of the right ones: `; did you mean 'order'?`.
    ///
    /// - Parameters:
    ///   - word: what stands in the file.
    ///   - candidates: the words that would be right, in any order.
    ///   - otherwise: what to say instead where none of them is near, such as what there is.
    ///   - form: how such a word is written where it stands, as in `order:`.
    /// - Returns: a clause that begins with a semicolon, or nothing.
    public static func hint(
        for word: String,
        among candidates: some Sequence<String>,
        otherwise: String? = nil,
        as form: (String) -> String = { $0 }
    ) -> String {
        if let nearest = suggest(for: word, among: candidates) { return "; did you mean '\(form(nearest))'?" }
        return otherwise.map { "; " + $0 } ?? ""
    }

    private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], _ bound: Int) -> Int? {
        guard bound >= 0, abs(first.count - second.count) <= bound else { return nil }
        guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
        let tooFar = bound + 1
        var beforeLast = [Int](repeating: tooFar, count: second.count + 1)
        var last = (0...second.count).map { min($0, tooFar) }
        for row in 1...first.count {
            var current = [Int](repeating: tooFar, count: second.count + 1)
            current[0] = min(row, tooFar)
            // Cells further than `bound` from the diagonal are too far by their place alone.
            let columns = max(1, row - bound)...max(1, min(second.count, row + bound))
            var smallest = current[0]
            for column in columns {
                let isSame = first[row - 1] == second[column - 1]
                var cost = min(last[column - 1] + (isSame ? 0 : 1), last[column] + 1, current[column - 1] + 1)
                if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current[column] = min(cost, tooFar)
                smallest = min(smallest, current[column])
            }
            if smallest > bound, last.allSatisfy({ $0 > bound }) { return nil }
            (beforeLast, last) = (last, current)
        }
        return last[second.count] <= bound ? last[second.count] : nil
    }
}
