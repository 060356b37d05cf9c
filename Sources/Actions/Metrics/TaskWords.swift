/// A text as lower-case words, to find keywords in.
struct TaskWords: Sendable {
    private let words: [Substring]

    /// Takes a text apart: letters and digits make words, everything else stands between them.
    init(_ text: String) {
        words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    /// Whether a keyword occurs: a word, several words in a row, each whole or with `*` behind its beginning.
    func contain(_ keyword: String) -> Bool {
        let parts = keyword.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "*" }
        guard !parts.isEmpty, words.count >= parts.count else { return false }
        return (0...(words.count - parts.count)).contains { start in
            zip(words[start...], parts).allSatisfy { word, part in
                part.hasSuffix("*") ? word.hasPrefix(part.dropLast()) : word == part
            }
        }
    }
}

extension MetricsTable {
    /// The kind of a task, by the points that its keywords get.
    ///
    /// A keyword in the task gives 2, one only in the data's description 1. Of equal kinds the first in the table wins; without points it is the default.
    func kind(task: String, data: String) -> Kind? {
        let (task, data) = (TaskWords(task), TaskWords(data))
        var best: (kind: Kind, points: Int)?
        for kind in kinds {
            let points = kind.keywords.reduce(0) { sum, keyword in
                sum + (task.contain(keyword) ? 2 : data.contain(keyword) ? 1 : 0)
            }
            if points > best?.points ?? 0 { best = (kind, points) }
        }
        return best?.kind ?? kinds.first { $0.name == self.default }
    }
}
