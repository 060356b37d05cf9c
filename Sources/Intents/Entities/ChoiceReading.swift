/// Reads a reply that chooses one option.
struct ChoiceReading {
    private let list: ChoiceList
    private let words: [ChoiceWords.Word]
    private let isQuestion: Bool
    private let matches: [ChoiceNames.Match]

    init(_ list: ChoiceList, _ words: ChoiceWords) {
        self.list = list
        self.words = words.words
        isQuestion = words.isQuestion
        matches = list.names.matches(in: words.words)
    }

    /// A number or an ordinal that may name an option.
    private struct Number {
        var value: Int
        var word: Int
        /// Words that it takes.
        var length = 1
        /// It names an option wherever it stands: "option 2", "#2", "the second one".
        var isMarked: Bool
    }

    func outcome() -> ChoiceOutcome {
        guard !words.isEmpty else { return .none }
        let numbers = numbers()
        let leftover = leftover(besides: numbers)
        let isPlain = leftover.isEmpty
        let names = matches.filter { !isNegated($0.words.lowerBound) }
        let numbered = numbers.filter { ($0.isMarked || isPlain) && !isNegated($0.word) }
        let clear = names.filter { ($0.isDistinctive || isPlain) && !hasVersionBeside($0.words) }

        if names.isEmpty, let wrong = numbered.first(where: { !isPlace($0.value) }) {
            return .outOfRange(number: wrong.value)
        }
        let places = numbered.filter { isPlace($0.value) }
        let chosen = Set(clear.flatMap(\.options) + places.map { $0.value - 1 }).sorted()
        if chosen.count > 1 { return .ambiguous(chosen) }
        if let index = chosen.first {
            let isDoubtful = isQuestion || words.contains { ChoiceVocabulary.hedges.contains($0.text) } || saysNotSure
            if isDoubtful { return .suggestion([index]) }
            if let match = clear.first {
                let last = match.words.upperBound - 1
                let range = words[match.words.lowerBound].range.lowerBound..<words[last].range.upperBound
                return .exact(index: index, range: range)
            }
            if let place = places.first {
                let last = words[place.word + place.length - 1]
                return .exact(index: index, range: words[place.word].range.lowerBound..<last.range.upperBound)
            }
        }
        let named = Set(names.flatMap(\.options)).sorted()
        if !named.isEmpty { return named.count == 1 ? .suggestion(named) : .ambiguous(named) }
        return near(leftover + numbers.filter { !isNegated($0.word) }.map(\.word))
    }

    private func isPlace(_ number: Int) -> Bool { list.options.indices.contains(number - 1) }

    /// By parts of names and misspellings, without the options that were turned down.
    private func near(_ positions: [Int]) -> ChoiceOutcome {
        let turnedDown = Set(matches.flatMap(\.options))
        let significant = Set(positions).sorted().filter { !isNegated($0) }.map { words[$0].text }
        let nearest = list.names.nearest(to: significant, allowsNumbers: words.contains(where: \.joinsNext)).filter {
            !turnedDown.contains($0)
        }
        switch nearest.count {
        case 0: return .none
        case 1: return .suggestion(nearest)
        default: return .ambiguous(nearest)
        }
    }

    /// Numbers that are in no name and in no decimal number.
    private func numbers() -> [Number] {
        let named = matches.reduce(into: Set<Int>()) { $0.formUnion($1.words) }
        var numbers: [Number] = []
        var next = 0
        for (position, word) in words.enumerated() where !named.contains(position) {
            let before = position > 0 ? words[position - 1] : nil
            guard !word.joinsNext, before?.joinsNext != true else { continue }
            // The rest of "second to last" is in that place.
            guard position >= next else { continue }
            if let (value, end) = ChoiceVocabulary.place(at: position, in: words, count: list.options.count) {
                next = end
                let after = end < words.count && !words[end - 1].endsClause ? words[end].text : nil
                let isMarked = after == "one" || after.map(ChoiceVocabulary.markers.contains) ?? false
                numbers.append(Number(value: value, word: position, length: end - position, isMarked: isMarked))
            } else if let value = ChoiceVocabulary.number(word.text),
                !ChoiceVocabulary.isQuantity(at: position, in: words)
            {
                let isMarked = word.isMarked || before.map { ChoiceVocabulary.markers.contains($0.text) } ?? false
                // "one" is a number only where it stands alone or after a marker: "this one", "the one with …".
                if word.text == "one", !isMarked, words.count > 1 { continue }
                numbers.append(Number(value: word.isNegative ? -value : value, word: position, isMarked: isMarked))
            } else if let value = numberInside(word.text) {
                numbers.append(Number(value: value, word: position, isMarked: true))
            }
        }
        return withRanges(numbers)
    }

    /// `option2` is "option 2".
    private func numberInside(_ word: String) -> Int? {
        let letters = word.prefix { !($0.isASCII && $0.isNumber) }
        guard ChoiceVocabulary.markers.contains(String(letters)), letters.count < word.count else { return nil }
        return ChoiceVocabulary.number(String(word.dropFirst(letters.count)))
    }

    /// "1-3" names 2 as well, so it is no choice of one.
    private func withRanges(_ numbers: [Number]) -> [Number] {
        var numbers = numbers
        for (first, second) in zip(numbers, numbers.dropFirst()) where words[first.word].beginsRange {
            guard second.word == first.word + 1, first.value >= 1, first.value < second.value,
                second.value <= list.options.count
            else { continue }
            numbers += ((first.value + 1)..<second.value).map { Number(value: $0, word: first.word, isMarked: false) }
        }
        return numbers
    }

    /// The words that are neither names nor numbers nor mere courtesy.
    private func leftover(besides numbers: [Number]) -> [Int] {
        var used = matches.reduce(into: Set<Int>()) { $0.formUnion($1.words) }
        for number in numbers { used.formUnion(number.word..<(number.word + number.length)) }
        return words.indices.filter { position in
            let word = words[position].text
            let isLone = numbers.contains { $0.word == position && !$0.isMarked } && words[position].joinsNext
            return isLone
                || !used.contains(position) && !ChoiceVocabulary.fillers.contains(word)
                    && !ChoiceVocabulary.negators.contains(word) && !ChoiceVocabulary.hedges.contains(word)
                    && word != "but"
        }
    }

    /// Whether one of the three words before, in the same clause, turns a word down.
    private func isNegated(_ position: Int) -> Bool {
        var before = position - 1
        while before >= 0, position - before <= 4, !words[before].endsClause {
            let word = words[before].text
            if ChoiceVocabulary.negators.contains(word) { return true }
            guard ChoiceVocabulary.fillers.contains(word) else { return false }
            before -= 1
        }
        return false
    }

    private var saysNotSure: Bool {
        zip(words, words.dropFirst()).contains { $0.text == "not" && $1.text == "sure" }
    }

    /// Whether a version stands beside a name that the name does not have: "Nova Pro v2", "Claude 3 Haiku 3.5".
    private func hasVersionBeside(_ range: Range<Int>) -> Bool {
        guard range.upperBound < words.count, !words[range.upperBound - 1].endsClause else { return false }
        let next = words[range.upperBound]
        let isVersion = next.text.utf8.contains(where: ByteClass.isDigit) && next.text.utf8.first == UInt8(ascii: "v")
        return isVersion || next.joinsNext
    }
}
