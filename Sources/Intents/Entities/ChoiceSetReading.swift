/// Reads a reply that chooses several options or changes what is chosen, from left to right.
///
/// Words set a mode (choose, add, remove); each option that follows is treated by the mode. The first word that does
/// something decides where the reading starts from: choosing starts from nothing, adding and removing from what is
/// chosen already, and "all but" from everything.
struct ChoiceSetReading {
    private enum Mode { case choose, add, remove }

    private let list: ChoiceList
    private let words: [ChoiceWords.Word]
    private let matches: [ChoiceNames.Match]
    private let current: Set<Int>

    private var mode = Mode.choose
    private var selection: Set<Int>?
    private var added: Set<Int> = []
    private var removed: Set<Int> = []
    private var isReplacing = false
    private var isSwap = false
    private var unknown: [Range<Int>] = []
    private var outOfRange: [Int] = []

    init(_ list: ChoiceList, _ words: ChoiceWords, current: [Int]) {
        self.list = list
        self.words = words.words
        matches = list.names.matches(in: words.words)
        self.current = Set(current.filter(list.options.indices.contains))
    }

    func outcome() -> ChoicesOutcome {
        var reading = self
        return reading.read()
    }

    private mutating func read() -> ChoicesOutcome {
        if words.contains(where: { $0.text == "too" }) || hasPhrase("as", "well") { mode = .add }
        var position = 0
        while position < words.count {
            if let match = matches.first(where: { $0.words.lowerBound == position }) {
                apply(match.options)
                position = match.words.upperBound
            } else {
                position = step(at: position)
            }
        }
        if isSwap, selection != nil { selection = current.union(added).subtracting(removed) }
        return ChoicesOutcome(
            selection: selection?.sorted(),
            unknown: unknownPhrases(),
            outOfRange: outOfRange
        )
    }

    /// Treats what begins with a word and gives the position after it.
    private mutating func step(at position: Int) -> Int {
        if let end = endOfSetPhrase(at: position) { return end }
        if let end = numbers(at: position) { return end }
        let word = words[position].text
        if ["instead", "rather"].contains(word), ["of", "than"].contains(text(at: position + 1)) {
            if mode == .choose, !current.isEmpty { isSwap = true }
            mode = .remove
            return position + 2
        }
        switch word {
        case "all", "everything", "every", "each", "both": return everything(at: position)
        case "none", "nothing", "neither":
            selection = []
            return position + 1
        case "only", "just", "keep":
            // A new start only if options follow; "just add 4" adds.
            if mode == .choose || nextIsChoice(after: position) {
                mode = .choose
                if selection != nil { selection = [] }
            }
        case "no" where words[position].endsClause: break
        case "but":
            // "all but the last"; elsewhere the word after it says what to do: "but not 3", "but add 4".
            if selection?.count == list.options.count { mode = .remove }
        case "too", "instead": break
        case _ where Self.addingWords.contains(word): mode = .add
        case _ where Self.removingWords.contains(word): mode = .remove
        case "replace", "swap", "switch", "change":
            mode = .remove
            isReplacing = true
        case "with" where isReplacing, "by" where isReplacing, "for" where isReplacing, "to" where isReplacing:
            mode = .add
            isReplacing = false
        default:
            if !ChoiceVocabulary.fillers.contains(word) { unknown.append(position..<(position + 1)) }
        }
        return position + 1
    }

    private static let addingWords: Set<String> = [
        "add", "adding", "also", "plus", "include", "including", "additionally", "append",
    ]

    private static let removingWords: Set<String> = [
        "remove", "removing", "drop", "dropping", "without", "except", "excluding", "exclude", "minus", "omit",
        "delete", "skip",
        "not", "dont", "no", "excepting", "lose",
    ]

    // MARK: Numbers

    /// Numbers, ranges and ordinals at a position: the position after them; `nil` if there are none.
    private mutating func numbers(at position: Int) -> Int? {
        let word = words[position]
        if word.joinsNext || position > 0 && words[position - 1].joinsNext {
            unknown.append(position..<(position + 1))
            return position + 1
        }
        if let place = ChoiceVocabulary.ordinal(word.text, count: list.options.count) {
            return ordinal(place, at: position)
        }
        guard let first = number(at: position) else { return nil }
        var end = position
        if word.beginsRange {
            end = position + 1
        } else if ["to", "through", "till", "until"].contains(text(at: position + 1)), number(at: position + 2) != nil {
            end = position + 2
        }
        guard end > position, !isReplacing, let last = number(at: end) else {
            apply(number: first)
            return position + 1
        }
        // A range that is the wrong way round or endless is reported by its ends.
        if first <= last, (1...max(1, list.options.count)).contains(first), last <= list.options.count {
            apply(Array((first - 1)..<last))
        } else {
            apply(number: first)
            apply(number: last)
        }
        return end + 1
    }

    /// "the last", "the 2nd one", "the first two".
    private mutating func ordinal(_ place: Int, at position: Int) -> Int {
        let word = words[position].text
        if word == "first" || word == "last", let count = number(at: position + 1), text(at: position + 1) != "one" {
            guard (1...max(1, list.options.count)).contains(count), !list.options.isEmpty else {
                outOfRange.append(count)
                return position + 2
            }
            let all = list.options.indices
            apply(word == "first" ? Array(all.prefix(count)) : Array(all.suffix(count)))
            return position + 2
        }
        apply(number: place)
        return text(at: position + 1) == "one" ? position + 2 : position + 1
    }

    /// A number in digits or letters.
    ///
    /// "one" counts only beside another number, after a marker, or alone.
    private func number(at position: Int) -> Int? {
        guard words.indices.contains(position), let value = ChoiceVocabulary.number(words[position].text) else {
            return nil
        }
        if words[position].text == "one", words.count > 1 {
            let before = text(at: position - 1)
            let isListed = [position - 2, position - 1, position + 1, position + 2].contains { place in
                let word = text(at: place)
                return word != "one" && ChoiceVocabulary.number(word) != nil
            }
            guard isListed || ChoiceVocabulary.markers.contains(before) else { return nil }
        }
        return words[position].isNegative ? -value : value
    }

    private mutating func apply(number: Int) {
        if list.options.indices.contains(number - 1) {
            apply([number - 1])
        } else {
            outOfRange.append(number)
        }
    }

    // MARK: Modes

    private mutating func apply(_ options: [Int]) {
        var chosen = selection ?? (mode == .choose ? [] : current)
        if mode == .remove {
            chosen.subtract(options)
            removed.formUnion(options)
        } else {
            chosen.formUnion(options)
            added.formUnion(options)
        }
        selection = chosen
    }

    /// "all", "everything but", "all safety metrics", "both", "remove all".
    private mutating func everything(at position: Int) -> Int {
        var next = position + 1
        while ["of", "the", "these", "those", "my"].contains(text(at: next)) { next += 1 }
        let names = !words[position].endsClause && matches.contains { $0.words.lowerBound == next }
        // "all safety metrics" and "both 1 and 2" name what follows.
        if names || !words[position].endsClause && number(at: next) != nil && text(at: next) != "one" { return next }
        let word = words[position].text
        let isWhole = word == "all" || word == "everything" || word == "both" && list.options.count == 2
        guard isWhole || ["one", "metric", "option"].contains(text(at: next)), word != "both" || isWhole else {
            unknown.append(position..<next)
            return next
        }
        if mode == .remove {
            // "not all" is no choice; "remove all" is.
            if ["not", "dont"].contains(text(at: position - 1)) {
                unknown.append(position..<next)
                return next
            }
            removed.formUnion(list.options.indices)
            selection = []
        } else {
            added.formUnion(list.options.indices)
            selection = Set(list.options.indices)
            mode = .choose
        }
        return next
    }

    /// Fixed phrases whose words would mislead: the position after one.
    private func endOfSetPhrase(at position: Int) -> Int? {
        for phrase in Self.setPhrases where phrase.indices.allSatisfy({ text(at: position + $0) == phrase[$0] }) {
            return position + phrase.count
        }
        return nil
    }

    private static let setPhrases = [
        ["thats", "all"], ["that", "is", "all"], ["nothing", "else"], ["nothing", "more"], ["no", "more"],
        ["all", "good"],
        ["all", "right"], ["all", "set"], ["at", "all"], ["as", "well"], ["no", "thanks"], ["no", "thank", "you"],
        ["no", "problem"],
        ["after", "all"], ["first", "of", "all"], ["no", "wait"],
    ]

    private func hasPhrase(_ first: String, _ second: String) -> Bool {
        words.indices.contains { text(at: $0) == first && text(at: $0 + 1) == second }
    }

    private func nextIsChoice(after position: Int) -> Bool {
        var next = position + 1
        while next < words.count {
            if matches.contains(where: { $0.words.lowerBound == next }) || number(at: next) != nil { return true }
            if ChoiceVocabulary.ordinal(text(at: next), count: list.options.count) != nil { return true }
            guard ChoiceVocabulary.fillers.contains(text(at: next)) else { return false }
            next += 1
        }
        return false
    }

    private func text(at position: Int) -> String { words.indices.contains(position) ? words[position].text : "" }

    // MARK: Unknown words

    /// Neighbouring unknown words as phrases, each with what it may have meant.
    private func unknownPhrases() -> [ChoicesOutcome.Unknown] {
        var phrases: [Range<Int>] = []
        for range in unknown {
            if let last = phrases.last, last.upperBound == range.lowerBound, !words[last.upperBound - 1].endsClause {
                phrases[phrases.count - 1] = last.lowerBound..<range.upperBound
            } else {
                phrases.append(range)
            }
        }
        return phrases.map { phrase in
            let texts = words[phrase].map(\.text)
            let range = words[phrase.lowerBound].range.lowerBound..<words[phrase.upperBound - 1].range.upperBound
            return ChoicesOutcome.Unknown(
                text: texts.joined(separator: " "),
                range: range,
                suggestions: list.names.nearest(to: texts)
            )
        }
    }
}
