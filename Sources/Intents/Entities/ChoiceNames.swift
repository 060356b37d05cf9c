internal import Diagnostics

/// All names of the options of a list, by their words.
struct ChoiceNames: Sendable, Hashable {
    /// Words of a reply that are a name, and the options that have it.
    struct Match {
        /// Positions in the words of the reply.
        var words: Range<Int>
        var options: [Int]
        /// Whether the name cannot be a word of prose: it has several words, or a digit.
        var isDistinctive: Bool
    }

    /// The options that have a name.
    private struct Owners: Sendable, Hashable {
        var first: Int
        /// Further ones; most names have none, and an empty array costs nothing.
        var others: [Int] = []
        /// Whether the name has several words, or a digit.
        var isDistinctive: Bool

        var all: [Int] { [first] + others }
    }

    private let options: [ChoiceList.Option]
    /// The words of a name without what is between them, and the options that have it: "Claude-3 Haiku" and
    /// "claude3haiku" are one name.
    private let ownersByName: [String: Owners]
    private let longestName: Int

    init(_ options: [ChoiceList.Option]) {
        self.options = options
        var ownersByName: [String: Owners] = [:]
        ownersByName.reserveCapacity(4 * options.count)
        var longestName = 0
        for (index, option) in options.enumerated() {
            option.forEachName { name in
                var joined = ""
                var count = 0
                for word in ChoiceWords(name).words {
                    joined += word.text
                    count += 1
                }
                guard !joined.isEmpty else { return }
                longestName = max(longestName, joined.utf8.count)
                let isDistinctive =
                    count > 1
                    || joined.utf8.contains(where: ByteClass.isDigit) && !joined.allBytes(ByteClass.isDigit)
                guard var owners = ownersByName[joined] else {
                    ownersByName[joined] = Owners(first: index, isDistinctive: isDistinctive)
                    return
                }
                owners.isDistinctive = owners.isDistinctive || isDistinctive
                if owners.first != index, !owners.others.contains(index) { owners.others.append(index) }
                ownersByName[joined] = owners
            }
        }
        self.ownersByName = ownersByName
        self.longestName = longestName
    }

    /// The names in a reply from left to right, the longest where several begin; none overlaps another.
    func matches(in words: [ChoiceWords.Word]) -> [Match] {
        var matches: [Match] = []
        var start = 0
        while start < words.count {
            var joined = ""
            var best: Match?
            for end in start..<words.count {
                joined += words[end].text
                guard joined.utf8.count <= longestName else { break }
                guard let owners = ownersByName[joined] else { continue }
                // "claude 3" is not named by "claude 3.5".
                let isCut = words[end].joinsNext || start > 0 && words[start - 1].joinsNext
                if isCut { continue }
                best = Match(words: start..<(end + 1), options: owners.all, isDistinctive: owners.isDistinctive)
            }
            if let best { matches.append(best) }
            start = best?.words.upperBound ?? start + 1
        }
        return matches
    }

    /// The options that some words may have meant, by parts of names and by misspelt parts; the best ones only.
    ///
    /// A word that equals a word of a name counts 3; its beginning, from 3 letters on, and a misspelling count 2.
    /// At least half of the words must count, and one of those must have a letter.
    ///
    /// - Parameters:
    ///   - words: words in lower case.
    ///   - allowsNumbers: whether numbers alone will do, if all of them count: "3.7" may mean "Claude 3.7 Sonnet".
    /// - Returns: the positions of the best options, ascending.
    func nearest(to words: [String], allowsNumbers: Bool = false) -> [Int] {
        guard !words.isEmpty else { return [] }
        // A whole name that is misspelt is nearer than any part: "claude 3 hiaku" is not "Claude 3.5 Haiku".
        let misspelt = misspeltNames(words.joined())
        guard misspelt.isEmpty else { return misspelt }
        // Words that stand together in a name are nearer than the same words with others between them: "claude 3 haiku"
        // is a part of "Anthropic Claude 3 Haiku" and not of "Anthropic Claude 3.5 Haiku".
        let parts = options.indices.filter { words.count > 1 && options[$0].hasPart(words) }
        guard parts.isEmpty else { return parts }
        var best = 0
        var nearest: [Int] = []
        for (index, option) in options.enumerated() {
            let own = option.words
            var score = 0
            var matched = 0
            var hasLetter = false
            for word in words {
                let points = Self.points(for: word, among: own)
                guard points > 0 else { continue }
                score += points
                matched += 1
                if !word.allBytes(ByteClass.isDigit) { hasLetter = true }
            }
            let isEnough = hasLetter ? matched * 2 >= words.count : allowsNumbers && matched == words.count
            guard isEnough, score > 0, score >= best else { continue }
            if score > best { nearest = [] }
            best = score
            nearest.append(index)
        }
        return nearest
    }

    private static func points(for word: String, among own: Set<String>) -> Int {
        if own.contains(word) { return 3 }
        guard word.unicodeScalars.count >= 3 else { return 0 }
        if own.contains(where: { $0.hasPrefix(word) }) { return 2 }
        let isNear = own.contains { candidate in
            candidate.utf8.count >= 4
                && NearestWord.distance(from: word, to: candidate, atMost: NearestWord.tolerance(for: word)) != nil
        }
        return isNear ? 2 : 0
    }

    /// The options one of whose whole names is misspelt, spaces left out: "followinginstrucions".
    private func misspeltNames(_ joined: String) -> [Int] {
        let names = ownersByName.keys.sorted()
        let options = NearestWord.nearest(to: joined, among: names).flatMap { ownersByName[names[$0]]?.all ?? [] }
        return Set(options).sorted()
    }
}

extension ChoiceList.Option {
    /// Each of its names, the id first.
    fileprivate func forEachName(_ body: (String) -> Void) {
        body(id)
        body(name)
        for alias in aliases { body(alias) }
    }

    /// Whether words follow one another in one of its names, with no number cut in two.
    fileprivate func hasPart(_ part: [String]) -> Bool {
        var hasPart = false
        forEachName { name in
            let words = ChoiceWords(name).words
            guard !hasPart, words.count >= part.count else { return }
            hasPart = (0...(words.count - part.count)).contains { start in
                let end = start + part.count
                return !words[end - 1].joinsNext && (start == 0 || !words[start - 1].joinsNext)
                    && zip(words[start..<end], part).allSatisfy { $0.text == $1 }
            }
        }
        return hasPart
    }

    /// The words of all of its names.
    fileprivate var words: Set<String> {
        var words: Set<String> = []
        forEachName { for word in ChoiceWords($0).words { words.insert(word.text) } }
        return words
    }
}
