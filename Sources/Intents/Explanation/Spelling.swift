internal import Diagnostics

/// Nearness of words in a wider sense than what is taken for meant: good enough to mention, too far to act on.
enum Spelling {
    /// The candidates that a text comes close to, as a whole or by some neighbouring words of it.
    ///
    /// - Parameters:
    ///   - text: A normalised reply.
    ///   - candidates: The names of each candidate.
    ///   - isWhole: Whether the whole text must come close.
    /// - Returns: Positions in `candidates`, the nearest first, at most three.
    /// - Complexity: O(words of the text × letters of all names).
    static func nearest(to text: String, among candidates: [[String]], isWhole: Bool = false) -> [Int] {
        let words = words(of: text)
        guard !words.isEmpty, words.count <= 12 else { return [] }
        var found: [(distance: Double, position: Int)] = []
        for (position, names) in candidates.enumerated() {
            let distances = names.compactMap { name -> Double? in
                let own = self.words(of: name)
                let length = own.joined(separator: " ").unicodeScalars.count
                // Short words are near to everything.
                guard length >= 3 else { return nil }
                let bound = max(1, length / 3)
                let windows = isWhole ? [words[...]] : words.windows(upTo: own.count + 1)
                let best = windows.compactMap {
                    let window = $0.joined(separator: " ")
                    return NearestWord.distance(from: window, to: own.joined(separator: " "), atMost: bound)
                }.min()
                return best.map { Double($0) / Double(length) }
            }
            if let distance = distances.min() { found.append((distance, position)) }
        }
        return found.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }.prefix(3).map(\.position)
    }

    /// The words of a text in lower case: runs of letters, digits and hyphens.
    static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    }
}

extension [String] {
    /// All runs of at most so many neighbours.
    fileprivate func windows(upTo count: Int) -> [ArraySlice<String>] {
        indices.flatMap { start in
            (start + 1...Swift.min(endIndex, start + Swift.max(1, count))).map { self[start..<$0] }
        }
    }
}
