/// Which words of a text went and which came.
public struct WordDifference: Sendable, Hashable {
    /// A row of words.
    public struct Run: Sendable, Hashable {
        /// The words, with what stands between them.
        public let text: String
        /// Whether they stand in only one of the texts.
        public let isChanged: Bool
    }

    /// The text before.
    public let old: [Run]
    /// The text after.
    public let new: [Run]

    /// The words that are compared at most; longer texts differ as a whole.
    private static let wordLimit = 2_000

    /// Compares two texts.
    ///
    /// - Complexity: O(words × changed words).
    public init(_ old: String, _ new: String) {
        let before = Self.words(of: old)
        let after = Self.words(of: new)
        guard before.count <= Self.wordLimit, after.count <= Self.wordLimit else {
            self.old = [Run(text: old, isChanged: true)]
            self.new = [Run(text: new, isChanged: true)]
            return
        }
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        self.old = Self.runs(before, removed)
        self.new = Self.runs(after, inserted)
    }

    /// How much two texts have in common: from 0 for no word to 1 for the same words.
    ///
    /// Twice the words that both have, by all words of both (Dice's coefficient).
    static func likeness(_ first: String, _ second: String) -> Double {
        var counts: [Substring: Int] = [:]
        let words = Self.words(of: first).filter(\.isWord)
        let others = Self.words(of: second).filter(\.isWord)
        guard !words.isEmpty, !others.isEmpty else { return 0 }
        for word in words { counts[word, default: 0] += 1 }
        var common = 0
        for word in others {
            guard let count = counts[word], count > 0 else { continue }
            counts[word] = count - 1
            common += 1
        }
        return 2 * Double(common) / Double(words.count + others.count)
    }

    /// Words, and single characters between them.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var index = text.startIndex
        while index < text.endIndex {
            let start = index
            while index < text.endIndex, text[index].isPartOfWord { index = text.index(after: index) }
            if index == start { index = text.index(after: index) }
            words.append(text[start..<index])
        }
        return words
    }

    private static func runs(_ words: [Substring], _ changed: Set<Int>) -> [Run] {
        var runs: [Run] = []
        var text = ""
        var isChanged = false
        for (index, word) in words.enumerated() {
            if changed.contains(index) != isChanged {
                if !text.isEmpty { runs.append(Run(text: text, isChanged: isChanged)) }
                text = ""
                isChanged.toggle()
            }
            text += word
        }
        if !text.isEmpty { runs.append(Run(text: text, isChanged: isChanged)) }
        return runs
    }
}

extension Character {
    fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" || self == "'" }
}

extension Substring {
    fileprivate var isWord: Bool { first?.isPartOfWord ?? false }
}
